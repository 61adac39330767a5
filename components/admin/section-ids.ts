/** The sections of the administration, in the order of its navigation; each is a page `/admin/<id>/`. */
export const sectionIds = ['pbx', 'calls', 'availability', 'users', 'access', 'history', 'audit'] as const;
export type SectionId = (typeof sectionIds)[number];

export const sectionTitles: Readonly<Record<SectionId, string>> = {
  pbx: 'PBX',
  calls: 'Calls',
  availability: 'Availability',
  users: 'Users',
  access: 'Access',
  history: 'History',
  audit: 'Audit log',
};
