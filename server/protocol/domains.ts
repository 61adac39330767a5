/** The lists of a snapshot and the field that identifies a row of each. Free of zod, so that the browser's mirror is too. */
export const domainKeys = {
  pbx: 'id',
  extensions: 'number',
  channels: 'uniqueid',
  calls: 'id',
  queues: 'name',
  parking: 'lot',
  conferences: 'name',
  trunks: 'name',
  transfers: 'id',
} as const;

export type Domain = keyof typeof domainKeys;
export const domains = Object.keys(domainKeys) as readonly Domain[];
