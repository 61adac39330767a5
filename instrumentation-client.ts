/**
 * Runs before any page. zod tries `eval` where it is not told otherwise, which the CSP refuses and reports. Told by the
 * global it shares between its copies, because its own `config()` would bring zod into the panel's page.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
