import { z } from 'zod';
import { extensionNumber } from './extension-number';
import { nameLine } from './name-line';
import { numberClass, numberRules } from './number-rules';
import {
  backendId,
  featureKey,
  featureSource,
  presenceChoice,
  presenceColour,
  presenceIcon,
  presenceState,
} from './records';

/** Settings of do-not-disturb, forwarding and presence, and the history of their changes. */

export const dfksFeature = z.enum([
  'DoNotDisturb',
  'CallForwardingAlways',
  'CallForwardingBusy',
  'CallForwardingNoAnswer',
]);
export type DfksFeature = z.infer<typeof dfksFeature>;

const oneLine = /^[^\p{Cc}]*$/u;

const choice = presenceChoice.extend({
  name: nameLine(40),
  colour: presenceColour,
  icon: presenceIcon,
  state: presenceState,
  subtype: z.string().trim().max(40).regex(oneLine, 'must be one line'),
});

/** How do-not-disturb and the presence `dnd` follow each other. */
export const presenceRule = z.enum(['both', 'dndToPresence', 'presenceToDnd', 'none']);
export type PresenceRule = z.infer<typeof presenceRule>;

export const dfksSettings = z.strictObject({
  enabled: z.boolean(),
  /** OpenSIPS' MI over HTTP, e.g. `http://10.0.0.5:8888/mi`; empty: phones tell the panel, the panel tells no phone. */
  url: z
    .string()
    .trim()
    .max(300)
    .refine((text) => text === '' || isHttpUrl(text), 'enter an address such as http://10.0.0.5:8888/mi'),
  /** Of `sip:101@DOMAIN`. */
  domain: z
    .string()
    .trim()
    .max(253)
    .regex(/^[A-Za-z0-9.:[\]_-]*$/, 'enter a host name or address'),
  /** Features that phones may set. */
  assigned: z.array(dfksFeature).max(4),
});
export type DfksSettings = z.infer<typeof dfksSettings>;

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

export const availabilitySettings = z
  .strictObject({
    /** Who wins when they disagree at the first meeting, best first; every backend once. */
    order: z.array(backendId).length(backendId.options.length),
    enabled: z.strictObject({ astdb: z.boolean(), fop2: z.boolean(), presence: z.boolean() }),
    dfks: dfksSettings,
    presenceRule,
    states: z.array(choice).min(1, 'keep at least one state').max(30),
    /** Do-not-disturb pauses the person's queue memberships, and takes back only what it paused. */
    queuePause: z.strictObject({
      enabled: z.boolean(),
      reason: z.string().trim().max(60).regex(oneLine, 'must be one line'),
    }),
    numbers: numberRules,
  })
  .refine(({ order }) => new Set(order).size === order.length, { message: 'name every source once', path: ['order'] })
  .superRefine(({ states }, { addIssue }) => {
    for (const [at, { name, state, subtype }] of states.entries()) {
      const before = states.slice(0, at);
      if (before.some((other) => other.name.toLowerCase() === name.toLowerCase()))
        addIssue({ code: 'custom', path: ['states', at, 'name'], message: 'another state has this name' });
      if (before.some((other) => other.state === state && other.subtype === subtype))
        addIssue({
          code: 'custom',
          path: ['states', at, 'subtype'],
          message: 'the same on the phone as another state: add a kind',
        });
    }
  })
  .refine(({ dfks }) => !dfks.enabled || dfks.url === '' || dfks.domain !== '', {
    message: 'enter the SIP domain of the phones',
    path: ['dfks', 'domain'],
  });
export type AvailabilitySettings = z.infer<typeof availabilitySettings>;

/** GET and PUT /api/v1/admin/availability; `version` is the one that was read, 0: never saved. */
export const savedAvailability = z.strictObject({
  version: z.number().int().nonnegative(),
  settings: availabilitySettings,
});
export type SavedAvailability = z.infer<typeof savedAvailability>;

/** POST /api/v1/admin/availability/test-dfks: asks OpenSIPS at `url` for its version; nothing is saved. */
export const dfksTestBody = z.strictObject({
  url: dfksSettings.shape.url.refine((text) => text !== '', 'enter the address to test'),
  domain: dfksSettings.shape.domain,
});
export type DfksTestBody = z.infer<typeof dfksTestBody>;
/** `message`: one or two sentences. */
export const dfksTestResult = z.object({ ok: z.boolean(), message: z.string() });
export type DfksTestResult = z.infer<typeof dfksTestResult>;

/** POST /api/v1/admin/availability/classify: what rules that need not be saved yet make of a number. */
export const classifyBody = z.strictObject({ number: extensionNumber, numbers: numberRules });
/** `message`: why calls may not be forwarded there; null: they may. */
export const classifyResult = z.object({
  class: numberClass,
  forwardAllowed: z.boolean(),
  message: z.string().nullable(),
});
export type ClassifyResult = z.infer<typeof classifyResult>;

/** One change of one feature, for the history. `from` and `to` are words: `on`, `102`, `away · Lunch · back at two`. */
export const featureChange = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  number: z.string(),
  feature: featureKey,
  from: z.string(),
  to: z.string(),
  source: featureSource,
  by: z.string().nullable(),
  note: z.string().nullable(),
  until: z.iso.datetime().nullable(),
});
export type FeatureChange = z.infer<typeof featureChange>;

/** GET /api/v1/history (newest first) and /api/v1/history.csv. `before`: the id of the last row of the page before. */
export const historyQuery = z.strictObject({
  extension: z.string().max(40).optional(),
  feature: featureKey.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

/** `next`: give it as `before` to read on; null: that was the oldest. */
export const historyPage = z.object({ rows: z.array(featureChange), next: z.number().int().nullable() });
export type HistoryPage = z.infer<typeof historyPage>;
