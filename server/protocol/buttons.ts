import { z } from 'zod';
import { extensionNumber } from './extension-number';
import { parseQueueChannel } from './queue-channel';
import { buttonColour, buttonPrivacy, isoTime } from './records';

/** Everything that stands on the panel has a row of the administrator: what the PBX says, and what is set instead. */

export const buttonKind = z.enum(['extension', 'queue', 'ringgroup', 'conference', 'park', 'trunk']);
export type ButtonKind = z.infer<typeof buttonKind>;

const line = (most: number, pattern: RegExp = /^[^\p{Cc}\p{Cs}]*$/u) =>
  z.string().trim().min(1, 'must not be empty').max(most).regex(pattern, 'must be one line of text');

const tag = line(40, /^[^\p{Cc}\p{Cs},;]*$/u);
/** What Asterisk rings without a list, a Local channel or an argument in it. */
const device = z
  .string()
  .trim()
  .regex(/^(?!Local\/)[A-Za-z0-9]+\/[A-Za-z0-9@.:_+-]{1,80}$/i, 'must be a device such as PJSIP/101');

/** Only headers by which phones are told to answer: none that routes the call. */
const autoAnswer = z
  .string()
  .trim()
  .max(160)
  .regex(
    /^(?:Call-Info|Alert-Info|Answer-Mode|Priv-Answer-Mode|P-[A-Za-z][A-Za-z-]*|X-[A-Za-z0-9-]+): ?[A-Za-z0-9 <>:;=/._@?&%+*-]+$/i,
    'must be a header such as Call-Info: answer-after=0',
  );

const queueChannel = z
  .string()
  .trim()
  .max(300)
  .superRefine((text, context) => {
    const read = parseQueueChannel(text);
    if (typeof read === 'string') context.addIssue({ code: 'custom', message: read });
  });

const members = z
  .array(extensionNumber)
  .max(200)
  .refine((list) => new Set(list).size === list.length, 'names an extension twice');

const fields = {
  label: line(80),
  /** Department. */
  group: line(60),
  tags: z
    .array(tag)
    .max(20)
    .refine((list) => new Set(list).size === list.length, 'has a tag twice'),
  colour: buttonColour,
  /** On the panel for nobody. */
  hidden: z.boolean(),
  mailbox: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9*#_.-]{1,40}(?:@[A-Za-z0-9_.-]{1,40})?$/, 'must be a mailbox such as 101@default'),
  /** The mobile phone: a number outside. */
  external: z
    .string()
    .trim()
    .transform((text) => text.replace(/[ ()/.-]/g, ''))
    .pipe(z.string().regex(/^\+?[0-9*#]{1,40}$/, 'must be a telephone number')),
  email: z.string().trim().max(254).pipe(z.email('must be an e-mail address')),
  /** The header by which one's own phone answers at once, instead of its model's. */
  autoAnswer,
  privacy: buttonPrivacy,
  /** How it is added to a queue (queue-channel.ts). */
  queueChannel,
  device,
  context: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_.-]{1,79}$/, 'must be a context of the dialplan'),
  /** Who rings when a ring group is called. */
  members,
} as const;

export type ButtonField = keyof typeof fields;
export const buttonFieldNames = Object.keys(fields) as readonly ButtonField[];

const common: readonly ButtonField[] = ['label', 'group', 'tags', 'colour', 'hidden'];

/** The fields that rows of a kind have. */
export const fieldsOfKind: Readonly<Record<ButtonKind, readonly ButtonField[]>> = {
  extension: buttonFieldNames.filter((name) => name !== 'members'),
  queue: common,
  ringgroup: [...common, 'members'],
  conference: common,
  park: common,
  trunk: common,
};

/** What an administrator set; null: as the PBX says. */
export const buttonFields = z.strictObject({
  label: fields.label.nullable(),
  group: fields.group.nullable(),
  tags: fields.tags.nullable(),
  colour: fields.colour.nullable(),
  hidden: fields.hidden.nullable(),
  mailbox: fields.mailbox.nullable(),
  external: fields.external.nullable(),
  email: fields.email.nullable(),
  autoAnswer: fields.autoAnswer.nullable(),
  privacy: fields.privacy.nullable(),
  queueChannel: fields.queueChannel.nullable(),
  device: fields.device.nullable(),
  context: fields.context.nullable(),
  members: fields.members.nullable(),
});
export type ButtonFields = z.infer<typeof buttonFields>;

/** What is to be set; a field that is left out stays, null gives it back to the PBX. */
export const buttonPatch = buttonFields.partial();
export type ButtonPatch = z.infer<typeof buttonPatch>;

export const nothingSet: ButtonFields = {
  label: null,
  group: null,
  tags: null,
  colour: null,
  hidden: null,
  mailbox: null,
  external: null,
  email: null,
  autoAnswer: null,
  privacy: null,
  queueChannel: null,
  device: null,
  context: null,
  members: null,
};

/** What the PBX says; null: nothing, or not of this kind. */
export const foundFields = z.object({
  label: z.string().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
  mailbox: z.string().nullable(),
  device: z.string().nullable(),
  context: z.string().nullable(),
  members: z.array(z.string()).nullable(),
});
export type FoundFields = z.infer<typeof foundFields>;

export const nothingFound: FoundFields = {
  label: null,
  group: null,
  tags: null,
  mailbox: null,
  device: null,
  context: null,
  members: null,
};

const name = z.string().regex(/^[A-Za-z0-9_.*#+-]{1,80}$/, 'must be a name of letters, digits and . _ * # + -');

/** What identifies a row that is added by hand; what the PBX has may be called otherwise. */
export const addedKey: Readonly<Record<ButtonKind, z.ZodType<string>>> = {
  extension: extensionNumber,
  ringgroup: extensionNumber,
  queue: name,
  conference: name,
  park: name,
  trunk: device,
};

const key = z.string().min(1).max(160);
const version = z.number().int().nonnegative();

export const buttonId = z.strictObject({ kind: buttonKind, key });
export type ButtonId = z.infer<typeof buttonId>;

export const buttonRecord = z.object({
  kind: buttonKind,
  /** Number of an extension or ring group, name of a queue, conference or lot, device of a trunk. */
  key: z.string(),
  found: foundFields,
  /** As it is kept: what is sent is not put into shape once more. */
  own: buttonFields.extend({ external: z.string().nullable() }),
  /** By hand: it does not vanish. */
  added: z.boolean(),
  /** The PBX does not have it any more since then. */
  vanishedAt: isoTime.nullable(),
  /** Counts what administrators changed; 0: nothing yet. */
  version,
  /** Who changed it last. */
  by: z.string().nullable(),
});
export type ButtonRecord = z.infer<typeof buttonRecord>;

/** GET /api/v1/admin/buttons. `digest` changes with every row. */
export const buttonList = z.object({ digest: z.string(), rows: z.array(buttonRecord) });

/** At most this many rows in one request. */
export const mostButtons = 20_000;

/** `version`: the one that was edited; left out: whatever it is now. */
export const buttonEdit = z.strictObject({ kind: buttonKind, key, version: version.optional(), set: buttonPatch });
export type ButtonEdit = z.infer<typeof buttonEdit>;

/** PATCH /api/v1/admin/buttons. */
export const buttonsPatchBody = z.strictObject({ edits: z.array(buttonEdit).min(1).max(mostButtons) });

/** A row that was not changed: somebody else changed it since, or the PBX has no such thing. */
export const buttonConflict = z.object({
  kind: buttonKind,
  key: z.string(),
  message: z.string(),
  /** As it is now; null: there is none. */
  now: buttonRecord.nullable(),
});
export type ButtonConflict = z.infer<typeof buttonConflict>;

export const buttonsChanged = z.object({
  digest: z.string(),
  changed: z.array(buttonRecord),
  conflicts: z.array(buttonConflict),
});
export type ButtonsChanged = z.infer<typeof buttonsChanged>;

/** POST /api/v1/admin/buttons: a row by hand. */
export const buttonAddBody = z
  .strictObject({ kind: buttonKind, key: z.string().trim().min(1).max(160), set: buttonPatch })
  .superRefine(({ kind, key: named, set }, context) => {
    const read = addedKey[kind].safeParse(named);
    for (const { message } of read.error?.issues ?? []) context.addIssue({ code: 'custom', path: ['key'], message });
    const foreign = foreignField(kind, set);
    if (foreign !== null)
      context.addIssue({ code: 'custom', path: ['set', foreign], message: notOfKind(kind, foreign) });
  });
export type ButtonAdd = z.infer<typeof buttonAddBody>;

/** DELETE /api/v1/admin/buttons: rows that vanished or were added by hand. */
export const buttonsForgetBody = z.strictObject({ ids: z.array(buttonId).min(1).max(mostButtons) });

/** Characters of a file that is imported. */
export const longestImport = 8_000_000;

/** POST /api/v1/admin/buttons/import. Without `digest` it is tried only; with the one that the trial gave it is done. */
export const buttonsImportBody = z.strictObject({
  format: z.enum(['csv', 'json']),
  text: z.string().min(1, 'the file is empty').max(longestImport, 'a file may have 8 million characters at most'),
  /** `replace`: rows that the file does not have are given back to the PBX. */
  mode: z.enum(['merge', 'replace']),
  digest: z.string().max(200).optional(),
});
export type ButtonsImportBody = z.infer<typeof buttonsImportBody>;

/** One field of one row that the import changes; values as they stand in a CSV file, '' for: as the PBX says. */
export const importedChange = z.object({
  /** Of the file, the header is 1; of JSON the number of the row, from 1. Null: a row that the file does not have. */
  line: z.number().int().nullable(),
  kind: buttonKind,
  key: z.string(),
  field: z.string(),
  before: z.string(),
  after: z.string(),
});
export type ImportedChange = z.infer<typeof importedChange>;

/** A row with an error is left out as a whole. */
export const importError = z.object({ line: z.number().int(), field: z.string(), message: z.string() });
export type ImportError = z.infer<typeof importError>;

export const buttonsImported = z.object({
  applied: z.boolean(),
  /** Give it with the same body to do what is told here. */
  digest: z.string(),
  /** The first 2,000; `changedFields` counts all. */
  changes: z.array(importedChange),
  changedFields: z.number().int(),
  changedRows: z.number().int(),
  /** The first 500; `wrongRows` counts the rows. */
  errors: z.array(importError),
  wrongRows: z.number().int(),
  unchanged: z.number().int(),
});
export type ButtonsImported = z.infer<typeof buttonsImported>;

export const kindWords: Readonly<Record<ButtonKind, string>> = {
  extension: 'extension',
  queue: 'queue',
  ringgroup: 'ring group',
  conference: 'conference',
  park: 'parking lot',
  trunk: 'trunk',
};

/** The first field that is set and that rows of this kind do not have. */
export function foreignField(kind: ButtonKind, set: ButtonPatch): ButtonField | null {
  const allowed = fieldsOfKind[kind];
  const names = Object.keys(set) as ButtonField[];
  return names.find((one) => set[one] !== null && set[one] !== undefined && !allowed.includes(one)) ?? null;
}

export function notOfKind(kind: ButtonKind, field: ButtonField): string {
  return `a ${kindWords[kind]} has no ${field}`;
}

/** What stands on the panel: what was set, else what the PBX says. */
export function shownLabel({ own, found, key: named }: Pick<ButtonRecord, 'own' | 'found' | 'key'>): string {
  return own.label ?? found.label ?? named;
}
