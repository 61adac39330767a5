import {
  type ButtonField,
  type ButtonKind,
  type ButtonPatch,
  buttonFields,
  fieldsOfKind,
  kindWords,
} from '../protocol/buttons';
import { buttonColour } from '../protocol/records';
import { entry } from './table';

/** FOP2's keys of a button, and what each is here. docs/fop2-import.md is this table for people. */

/** Null: it says nothing. */
type Read =
  | { readonly field: ButtonField; readonly value: unknown; readonly note?: string }
  | { readonly why: string }
  | null;

const plain =
  (field: ButtonField) =>
  (text: string): Read =>
    text === '' ? null : { field, value: text };

const list = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

const readers: Readonly<Record<string, (text: string) => Read>> = {
  label: plain('label'),
  mailbox: plain('mailbox'),
  email: plain('email'),
  queuechannel: plain('queueChannel'),
  autoanswerheader: plain('autoAnswer'),
  context: plain('context'),
  external: (text) => plain('external')(text.split('@')[0]?.trim() ?? ''),
  group(text) {
    const [first, ...others] = list(text);
    if (first === undefined) return null;
    const note = others.length === 0 ? {} : { note: `A button stands in one department: ${first}.` };
    return { field: 'group', value: first, ...note };
  },
  tags(text) {
    const tags = list(text);
    return tags.length === 0 ? null : { field: 'tags', value: tags };
  },
  privacy(text) {
    const value = text.toLowerCase();
    return value === '' || value === 'none' ? null : { field: 'privacy', value };
  },
  cssclass(text) {
    const colour = buttonColour.safeParse(text.toLowerCase());
    if (colour.success) return { field: 'colour', value: colour.data };
    return { why: 'There are no style sheets of one’s own: choose a colour in Buttons.' };
  },
};

const reasons: Readonly<Record<string, string>> = {
  extenvoicemail: 'The panel finds the way to voicemail by the mailbox.',
  queuecontext: 'The panel adds to queues without the dialplan; the queue channel is taken.',
  originatechannel: 'The panel calls the extension’s own phones.',
  originatevariables: 'Variables of calls are the dialplan’s.',
  customastdb: 'The panel reads DND and CF of the AstDB by itself.',
  spyoptions: 'The panel chooses these options itself.',
  accountcode: 'The account code is the PBX’s.',
  server: 'The panel follows one PBX.',
  channel: 'The panel finds the channels of a trunk by itself.',
};

export type ReadValue =
  | { readonly field: ButtonField; readonly value: ButtonPatch[ButtonField]; readonly note: string | null }
  | { readonly why: string };

/** What a key of a button sets; `why` is a sentence that says why it sets nothing. */
export function readValue(kind: ButtonKind, key: string, text: string): ReadValue {
  const read = entry(readers, key);
  if (read === undefined) return { why: entry(reasons, key) ?? 'There is nothing like it here.' };
  const said = read(text);
  if (said === null) return { why: 'It is empty.' };
  if ('why' in said) return said;
  const { field, note = null } = said;
  if (!fieldsOfKind[kind].includes(field)) return { why: `A ${kindWords[kind]} has nothing like it.` };
  const checked = buttonFields.shape[field].safeParse(said.value);
  if (!checked.success) return { why: `Not taken: it ${checked.error.issues[0]?.message ?? 'is not valid'}.` };
  return { field, value: checked.data, note };
}
