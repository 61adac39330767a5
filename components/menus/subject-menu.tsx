'use client';

import { useState } from 'react';
import type { ActionContext } from '../actions/action';
import { useActionContext } from '../actions/use-action-context';
import { callInHand } from '../drag/call-in-hand';
import { settled } from '../drag/call-source';
import { partyText } from '../extensions/status';
import { useRecord } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { MenuAt, MenuHeading } from '../ui/menu';
import { useStore } from '../ui/store';
import { callChoices } from './call-choices';
import { ChoiceGroups } from './choice-groups';
import type { Choice } from './choices';
import { menus, type OpenMenu, type Subject } from './menu-state';
import { conferenceChoices, memberChoices, queueChoices, trunkChoices } from './other-choices';

interface Content {
  readonly title: string;
  readonly groups: readonly (readonly Choice[])[];
}

/** Null: it is over. */
function contentOf(subject: Subject, context: ActionContext): Content | null {
  const { mirror } = context;
  switch (subject.kind) {
    case 'call': {
      const call = callInHand(subject.source, mirror);
      return call && { title: call.who, groups: callChoices(call, context) };
    }
    case 'queue': {
      const queue = mirror.get('queues', subject.name);
      return queue ? { title: queue.label, groups: queueChoices(queue.name, context) } : null;
    }
    case 'member': {
      const member = mirror.get('queues', subject.queue)?.members.find((one) => one.extension === subject.extension);
      return member ? { title: member.name || subject.extension, groups: memberChoices(subject, context) } : null;
    }
    case 'conference': {
      const room = mirror.get('conferences', subject.name);
      return room ? { title: `Conference ${room.label}`, groups: conferenceChoices(room.name, context) } : null;
    }
    case 'trunk': {
      const channel = mirror.get('trunks', subject.trunk)?.channels.find((one) => one.uniqueid === subject.uniqueid);
      return channel ? { title: partyText(channel.party), groups: trunkChoices(subject, context) } : null;
    }
  }
}

function settledSubject(subject: Subject, mirror: Mirror): Subject {
  return subject.kind === 'call' ? { kind: 'call', source: settled(subject.source, mirror) } : subject;
}

/** The record that the menu stands on, so that it changes with it. */
function topicOf(subject: Subject): Parameters<typeof useRecord> {
  if (subject.kind === 'queue') return ['queues', subject.name];
  if (subject.kind === 'member') return ['queues', subject.queue];
  if (subject.kind === 'conference') return ['conferences', subject.name];
  if (subject.kind === 'trunk') return ['trunks', subject.trunk];
  const { source } = subject;
  switch (source.kind) {
    case 'line':
      return ['extensions', source.extension];
    case 'call':
      return ['calls', source.id];
    case 'waiting':
      return ['queues', source.queue];
    case 'parked':
      return ['parking', source.lot];
    case 'participant':
      return ['conferences', source.conference];
    case 'transfer':
      return ['transfers', source.id];
  }
}

/** Everything that can be done to what was pressed. What cannot be done says why. Lazily loaded. */
export default function SubjectMenu({ open }: { readonly open: OpenMenu }) {
  const { x, y, element } = open;
  const context = useActionContext();
  const [subject] = useState(() => settledSubject(open.subject, context.mirror));
  useRecord(...topicOf(subject));
  const content = contentOf(subject, context);
  const close = () => menus.set({ open: null });
  const choosing = useStore(menus, (v) => v.picker !== null);
  const groups = content?.groups ?? [];
  return (
    <MenuAt
      x={x}
      y={y}
      label={content?.title ?? 'Over'}
      onClose={close}
      // What opens next takes the focus itself.
      finalFocus={() => (choosing || menus.get().picker ? null : giveBack(element))}
    >
      <MenuHeading className="max-w-80 truncate text-[0.8125rem] font-semibold">
        {content?.title ?? 'This is over.'}
      </MenuHeading>
      <ChoiceGroups groups={groups} />
    </MenuAt>
  );
}

/** The menu would give it to the first button of a card instead of the card. */
function giveBack(element: HTMLElement): HTMLElement | null {
  const target = focusable(element);
  if (target && target.tabIndex < 0) requestAnimationFrame(() => target.focus({ preventScroll: true }));
  return target;
}

/** The row itself, or the first in it that takes the focus. */
function focusable(element: HTMLElement): HTMLElement | null {
  if (element.matches('[tabindex], button, a')) return element;
  return element.querySelector<HTMLElement>('button, a, [tabindex="0"]');
}
