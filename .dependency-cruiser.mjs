/**
 * Who may import whom: docs/ARCHITECTURE.md has the same table in words. `npm run check` enforces it, type-only imports
 * and Node's own modules included, and first proves on a planted tree that every rule here can still fire.
 */

/** Tests, and what only tests use. They may reach into rooms that the product may not. */
const TESTS = [
  '\\.test\\.tsx?$',
  '^lib/testing/',
  '^server/testing/',
  '-contract\\.ts$',
  '^lib/ot/random-op\\.ts$',
  '^lib/client/test-screen\\.ts$',
];

/** Modules that are nobody's room: a package, or one of Node's own. */
const PACKAGES = 'node_modules/';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** `room` may import itself and `allowed`; nothing else, packages and Node's modules included. */
const only = (room, reason, allowed) =>
  rule(
    `${room.replace('/', '-')}-imports`,
    reason,
    { path: `^${room}/`, pathNot: TESTS },
    { path: '.', pathNot: [`^${room}/`, ...allowed] },
  );

export default {
  forbidden: [
    rule('no-circular', 'A cycle is a module that nobody drew.', {}, { circular: true }),
    rule('no-unresolvable', 'What cannot be found cannot be judged.', {}, { couldNotResolve: true }),
    only('lib/ot', 'The algebra is pure: nothing at all.', []),
    only('lib/protocol', 'The words of the wire rest on the algebra alone.', ['^lib/ot/index\\.ts$']),
    only('lib/client', 'Everything a screen needs, without a screen: the outside comes in as parameters.', [
      '^lib/(ot|protocol)/index\\.ts$',
    ]),
    only('lib/yjs', 'A bridge between two libraries, without a server.', [
      '^lib/ot/index\\.ts$',
      'node_modules/(yjs|y-protocols|lib0)/',
    ]),
    rule(
      'testing-is-small',
      'Fakes and seeds know the libraries only, or the product would be tested against itself.',
      { path: '^lib/testing/' },
      { path: '^(server|app|components|e2e|bench|deploy)/' },
    ),
    rule(
      'server-has-no-browser',
      'The server never needs a screen.',
      { path: '^server/', pathNot: TESTS },
      { path: ['^(app|components|e2e|bench|deploy|lib/client)/', 'node_modules/(react|react-dom|@codemirror)/'] },
    ),
    rule(
      'only-main-meets-next',
      'Pages and rooms stay separable.',
      { path: '^server/', pathNot: ['^server/main\\.ts$'] },
      { path: 'node_modules/next/' },
    ),
    rule(
      'components-through-client',
      'What the user sees knows the rooms through lib/client alone.',
      { path: '^components/', pathNot: TESTS },
      { path: ['^(server|app|e2e|bench|deploy)/', '^lib/(?!client/index\\.ts$)'] },
    ),
    rule(
      'app-is-thin',
      'A route is a list of components.',
      { path: '^app/', pathNot: TESTS },
      { path: ['^(server|e2e|bench|deploy)/', '^lib/(?!client/index\\.ts$)'] },
    ),
    rule(
      'front-doors',
      'Other rooms use a library through its index.ts.',
      { path: '^(app|components|server|bench|e2e|lib/testing)/' },
      { path: '^lib/(ot|protocol|client|yjs)/(?!index\\.ts$)', pathNot: '^lib/ot/random-op\\.ts$' },
    ),
    rule(
      'browser-tests-are-outside',
      'They see what a user sees.',
      { path: '^e2e/browser/' },
      { path: '^(app|components|server|lib|bench)/', pathNot: '^lib/testing/' },
    ),
    rule(
      'whole-system-tests-use-the-libraries',
      'They drive the running product; only simulations, faults and what needs an engine’s own server take it apart.',
      {
        path: '^e2e/',
        pathNot: [
          '^e2e/(simulation|faults)/',
          '^e2e/integration/([a-z-]+-contract\\.test\\.ts$|postgres-|migrate-store)',
        ],
      },
      { path: '^(app|components|server)/' },
    ),
    rule(
      'commands-know-no-product',
      'They have to run before anything is installed or built.',
      { path: '^deploy/' },
      { path: '^(app|components|server|lib|e2e|bench)/' },
    ),
    rule(
      'no-test-code-in-product',
      'What only tests use is not shipped.',
      { path: '^(app|components|lib|server)/', pathNot: TESTS },
      { path: TESTS },
    ),
    rule(
      'no-development-packages-in-product',
      'A package that the product imports is a dependency of the product.',
      { path: '^(app|components|lib|server)/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], path: PACKAGES, pathNot: 'node_modules/@types/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: '^(\\.next|dist)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'] },
  },
};
