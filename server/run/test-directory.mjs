import { skip, vitest } from './test-steps.mjs';

/** Needs Debian's packages the first time: OpenLDAP is unpacked into .cache/openldap, and nothing is installed. */
export async function directoryTests() {
  const { ensureOpenLdap } = await import('../../e2e/directory/install.mjs');
  const software = await ensureOpenLdap();
  return 'skipped' in software ? skip(`OpenLDAP: ${software.skipped}`) : vitest('e2e/directory/vitest.config.ts');
}
