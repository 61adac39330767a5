/** The sections of the administration, in the order of its navigation; each is a page `/admin/<id>/`. */
export const sectionIds = [
  'pbx',
  'buttons',
  'layouts',
  'boards',
  'users',
  'access',
  'sign-in',
  'calls',
  'availability',
  'integrations',
  'appearance',
  'import',
  'health',
  'data',
  'history',
  'audit',
] as const;
export type SectionId = (typeof sectionIds)[number];

export const sectionTitles: Readonly<Record<SectionId, string>> = {
  pbx: 'PBX',
  buttons: 'Buttons',
  layouts: 'Layouts',
  boards: 'Wallboards',
  users: 'Users',
  access: 'Roles',
  'sign-in': 'Sign-in',
  calls: 'Calls',
  availability: 'Availability',
  integrations: 'Integrations',
  appearance: 'Appearance',
  import: 'Import from FOP2',
  health: 'Health',
  data: 'Backup and data',
  history: 'History',
  audit: 'Audit log',
};

/** How the navigation groups them. */
export const sectionGroups: readonly { readonly title: string; readonly ids: readonly SectionId[] }[] = [
  { title: 'Telephones', ids: ['pbx', 'buttons', 'layouts', 'boards'] },
  { title: 'People', ids: ['users', 'access', 'sign-in'] },
  { title: 'Calls', ids: ['calls', 'availability'] },
  { title: 'Panel', ids: ['integrations', 'appearance', 'import'] },
  { title: 'Records', ids: ['health', 'data', 'history', 'audit'] },
];
