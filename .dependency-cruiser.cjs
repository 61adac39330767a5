/** Which room may import which: docs/ARCHITECTURE.md draws it. Tests may reach further. */

const tests = '(\\.test\\.tsx?$|/testing[a-z-]*\\.ts$|/temporary\\.ts$)';
const builtIn = { dependencyTypesNot: ['core'] };

/** What lies in `room` may import only what `to` matches, itself, and Node. */
function only(room, to) {
  const own = `^server/${room}/`;
  return {
    name: `${room}-imports`,
    comment: `server/${room} may import only: ${to.join(', ') || 'itself'}.`,
    severity: 'error',
    from: { path: own, pathNot: tests },
    to: { ...builtIn, pathNot: [own, ...to] },
  };
}

const server = (...rooms) => rooms.map((room) => `^server/${room}`);
const packages = (...names) => names.map((name) => `^node_modules/(@types/)?${name}/`);

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: tests },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('protocol', packages('zod')),
    only('pbx', server('protocol/')),
    only('ami', []),
    only('feed', server('ami/(types|errors)\\.ts$', 'pbx/', 'protocol/')),
    only('features', [...server('ami/(types|errors)\\.ts$', 'pbx/', 'protocol/'), ...packages('zod')]),
    only(
      'commands',
      server('ami/(types|errors|dialplan-search|(call-|phone-)?actions)\\.ts$', 'features/', 'pbx/', 'protocol/'),
    ),
    only('live', [
      ...server('commands/', 'pbx/', 'protocol/'),
      ...packages('socket\\.io', 'socket\\.io-parser', 'engine\\.io', 'zod'),
    ]),
    only('connection', server('ami/', 'feed/feed\\.ts$', 'link\\.ts$', 'pbx/', 'protocol/')),
    only('setup', [...server('ami/types\\.ts$', 'pbx/', 'protocol/', 'store/')]),
    only('buttons', [...server('pbx/events\\.ts$', 'protocol/', 'store/'), ...packages('zod', 'csv-parse')]),
    only('health', [
      ...server('(ami/types|config|live/gateway|pbx/(events|model))\\.ts$', 'protocol/', 'store/'),
      ...packages('fflate'),
    ]),
    only('demo', server('pbx/', 'protocol/')),
    only('fop2-import', [...server('protocol/', 'store/'), ...packages('fflate', 'zod')]),
    only('store', [
      ...server('protocol/'),
      ...packages(
        'zod',
        '@node-rs/argon2',
        'better-sqlite3',
        '@prisma/client',
        '@prisma/adapter-better-sqlite3',
        '@prisma/client-runtime-utils',
      ),
    ]),
    only('auth', [
      ...server('store/', 'protocol/', 'commands/actor\\.ts$'),
      ...packages('zod', '@node-rs/argon2', 'openid-client', 'ldapts', 'otplib', '@zxcvbn-ts/language-common'),
    ]),
    only('http', [...server('auth/', 'store/', 'protocol/', 'commands/actor\\.ts$', 'config\\.ts$'), '^node_modules/']),
    {
      name: 'pure-model',
      comment: 'The model does no input or output and has no clock.',
      severity: 'error',
      from: { path: '^server/pbx/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: {},
      to: { path: '^server/(main|cli)\\.ts$' },
    },
    {
      name: 'browser-sees-the-protocol-alone',
      comment: 'What is imported here is sent to every browser.',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: tests },
      to: { path: '^server/', pathNot: '^server/protocol/' },
    },
    {
      name: 'no-node-in-the-browser',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-door-to-the-wire',
      comment: 'components/live alone talks to the server over Socket.IO.',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: '^components/live/' },
      to: { path: '^node_modules/socket\\.io' },
    },
    {
      name: 'plain-primitives',
      comment: 'components/ui knows no telephone words.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^components/', pathNot: '^components/ui/' },
    },
    {
      name: 'declared-packages',
      severity: 'error',
      from: {},
      to: {
        dependencyTypes: ['npm-no-pkg', 'unknown', 'undetermined', 'npm-unknown'],
        pathNot: '^server/store/generated',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^server/store/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
