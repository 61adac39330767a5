/** The sections of the administration, in the order of its navigation; each is a page `/admin/<id>/`. */
export const sectionIds = ['pbx', 'users', 'audit'] as const;
export type SectionId = (typeof sectionIds)[number];

export const sectionTitles: Readonly<Record<SectionId, string>> = {
  pbx: 'PBX',
  users: 'Users',
  audit: 'Audit log',
};
