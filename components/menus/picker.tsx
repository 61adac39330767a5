'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { CircleParking, ListOrdered, type LucideIcon, PhoneOutgoing, UserRound, Users, Voicemail } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ActionContext } from '../actions/action';
import { type Member, toggleMember } from '../actions/queue-actions';
import { inviteTo } from '../actions/room-actions';
import { useActionContext } from '../actions/use-action-context';
import { callInHand } from '../drag/call-in-hand';
import { settled } from '../drag/call-source';
import { wordsOf } from '../drag/drag-label';
import { type DropTarget, dropKey } from '../drag/drop-target';
import { otherKind, planOf } from '../drag/plan';
import { drop } from '../drag/run-plan';
import { fold, matches, queryWords } from '../extensions/search';
import { useKeys } from '../live/hooks';
import { type Choice, choiceOf } from './choices';
import { menus, type Picker as Picked } from './menu-state';

const mostPeople = 12;
/** Who is meant is among the first, or more is typed. */
const mostMailboxes = 3;

/** Where a call goes, or who is asked in: found by typing, each line telling what would happen. Lazily loaded. */
export default function Picker({ picker }: { readonly picker: Picked }) {
  const context = useActionContext();
  const [query, setQuery] = useState('');
  const words = useMemo(() => queryWords(query), [query]);
  const [begun] = useState(() => begin(picker, context));
  // What can be done changes with every call of the house.
  useKeys('extensions', changes, 'any');
  const choices = choicesOf(picker, query.trim(), words, context, begun);
  const close = () => menus.set({ picker: null });
  const choose = (choice: Choice) => {
    close();
    setTimeout(choice.run, 0);
  };
  const title = titleOf(picker, context, begun);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed left-1/2 top-[10vh] z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-overlay outline-none">
          <Dialog.Title className="truncate px-4 pt-3 text-[0.8125rem] font-semibold">{title}</Dialog.Title>
          <Command shouldFilter={false} loop label={title}>
            <Command.Input
              autoFocus
              value={query}
              onValueChange={setQuery}
              placeholder={picker.kind === 'move' ? 'A person, a queue, a lot, a conference or a number' : 'A person'}
              className="h-11 w-full border-b border-line bg-transparent px-4 text-[0.9375rem] outline-none placeholder:text-ink-2"
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-sm text-ink-2">
                {query ? `Nobody and nothing matches “${query}”` : 'Type a name or a number'}
              </Command.Empty>
              {choices.map((choice) => (
                <Line key={choice.id} choice={choice} onChoose={choose} />
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function begin(picker: Picked, { mirror }: ActionContext): Begun {
  return picker.kind === 'move' ? callInHand(settled(picker.source, mirror), mirror) : null;
}

const changes = () => performance.now();

function Line({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: (choice: Choice) => void }) {
  const { id, icon: Icon, label, reason } = choice;
  return (
    <Command.Item
      value={id}
      disabled={reason !== null}
      onSelect={() => onChoose(choice)}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1 text-sm data-[disabled=true]:cursor-not-allowed data-[selected=true]:bg-hover data-[disabled=true]:text-ink-2"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{label}</span>
        {reason ? <span className="block text-xs">{reason}</span> : null}
      </span>
    </Command.Item>
  );
}

function titleOf(picker: Picked, context: ActionContext, begun: Begun): string {
  if (picker.kind === 'member') return `Add to ${context.mirror.get('queues', picker.queue)?.label ?? picker.queue}`;
  if (picker.kind === 'invite') return `Invite into conference ${picker.conference}`;
  const call = begun && callInHand(begun.source, context.mirror);
  return call ? `Move ${call.who} to…` : 'This call is over.';
}

type Begun = ReturnType<typeof callInHand>;

function choicesOf(
  picker: Picked,
  typed: string,
  words: readonly string[],
  context: ActionContext,
  begun: Begun,
): readonly Choice[] {
  if (picker.kind === 'move') return begun ? moves(begun, typed, words, context) : [];
  const numbers = peopleFor(words, context);
  if (picker.kind === 'member') {
    const inside = (target: Member) =>
      context.mirror.get('queues', target.queue)?.members.some(({ extension }) => extension === target.extension);
    return numbers
      .map((extension) => ({ queue: picker.queue, extension }))
      .filter((target) => !inside(target))
      .map((target) => ({ ...choiceOf(toggleMember, context, target), id: target.extension }));
  }
  const { conference } = picker;
  const outside = isNumber(typed) && !context.mirror.get('extensions', typed) ? [typed] : [];
  return [...numbers, ...outside].map((to) => ({ ...choiceOf(inviteTo, context, { conference, to }), id: to }));
}

function isNumber(text: string): boolean {
  return /^\+?[0-9*#]{1,40}$/.test(text);
}

function peopleFor(words: readonly string[], { mirror }: ActionContext): readonly string[] {
  const found: string[] = [];
  for (const record of mirror.records.map('extensions').values()) {
    if (!matches(record, words)) continue;
    found.push(record.number);
    if (found.length === mostPeople) break;
  }
  return found;
}

const icons: Readonly<Record<DropTarget['kind'], LucideIcon>> = {
  person: UserRound,
  voicemail: Voicemail,
  lot: CircleParking,
  queue: ListOrdered,
  conference: Users,
  number: PhoneOutgoing,
  hangup: PhoneOutgoing,
};

function moves(
  call: NonNullable<Begun>,
  typed: string,
  words: readonly string[],
  context: ActionContext,
): readonly Choice[] {
  const { mirror, me, layout } = context;
  const usual = layout.console.transfer;
  const now = callInHand(call.source, mirror);
  if (!now) return [];
  const fits = (text: string) => words.every((word) => fold(text).includes(word));
  const named = [
    ...[...mirror.records.map('queues').values()]
      .filter(({ name, label }) => fits(`${name} ${label} queue`))
      .map(({ name }) => ({ kind: 'queue', name }) as const),
    ...[...mirror.records.map('parking').values()]
      .filter(({ lot }) => fits(`${lot} parking park lot`))
      .map(({ lot }) => ({ kind: 'lot', lot }) as const),
    ...[...mirror.records.map('conferences').values()]
      .filter(({ name }) => fits(`${name} conference`))
      .map(({ name }) => ({ kind: 'conference', name }) as const),
  ];
  const found = words.length > 0 || !me?.extension ? peopleFor(words, context) : [me.extension];
  const people = found.flatMap((number, at): DropTarget[] => {
    const mailbox = words.length > 0 && at < mostMailboxes && mirror.get('extensions', number)?.mailbox;
    return [{ kind: 'person', number }, ...(mailbox ? [{ kind: 'voicemail', number } as const] : [])];
  });
  const number =
    isNumber(typed) && !mirror.get('extensions', typed) ? [{ kind: 'number', number: typed } as const] : [];
  return [...number, ...people, ...named].flatMap((target) => {
    const first = planOf(now, target, context, usual);
    const second = planOf(now, target, context, otherKind(usual));
    const kinds = wordsOf(first) === wordsOf(second) ? [usual] : [usual, otherKind(usual)];
    return kinds.map((kind): Choice => {
      const plan = kind === usual ? first : second;
      const reason = 'reason' in plan ? plan.reason : null;
      return {
        id: `${dropKey(target)} ${kind}`,
        icon: icons[target.kind],
        label: reason === null ? wordsOf(plan) : nameOf(target, context),
        reason,
        keys: null,
        run: () => drop(call, target, context, kind),
      };
    });
  });
}

function nameOf(target: DropTarget, { mirror }: ActionContext): string {
  switch (target.kind) {
    case 'person':
      return mirror.get('extensions', target.number)?.name || target.number;
    case 'voicemail':
      return `Voicemail of ${mirror.get('extensions', target.number)?.name || target.number}`;
    case 'number':
      return target.number;
    case 'lot':
      return `Parking ${target.lot}`;
    case 'queue':
      return `Queue ${mirror.get('queues', target.name)?.label ?? target.name}`;
    case 'conference':
      return `Conference ${target.name}`;
    case 'hangup':
      return 'Hang up';
  }
}
