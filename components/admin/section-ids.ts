/** The sections of the administration, in the order of its navigation; each is a page `/admin/<id>/`. */
export const sectionIds = ['pbx', 'availability', 'users', 'history', 'audit'] as const;
export type SectionId = (typeof sectionIds)[number];

export const sectionTitles: Readonly<Record<SectionId, string>> = {
  pbx: 'PBX',
  availability: 'Availability',
  users: 'Users',
  history: 'History',
  audit: 'Audit log',
};
