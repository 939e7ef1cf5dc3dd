/** The arrows of ARCHITECTURE.md, as rules whose messages teach. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two modules that import each other are one idea in two files, or two ideas tied in a knot. Move the shared part below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'app-reaches-server-through-the-gate',
      comment:
        'Pages import server code as types only, and only inside app/_gate: the running services arrive through globalThis, so that the process holds one copy of each.',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/_gate/' },
      to: { path: '^(server|drizzle)/' },
    },
    {
      name: 'gate-imports-types-only',
      comment:
        'app/_gate may name the server’s types. A runtime import would load a second copy of the database and the rooms inside the Next bundle.',
      severity: 'error',
      from: { path: '^app/_gate/' },
      to: { path: '^(server|drizzle)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-is-pure',
      comment:
        'lib/domain knows no I/O, clock, framework or CRDT: it must give the same answer in a browser, a worker and a test. Dates are Temporal’s, whose polyfill is pure; so is jsdiff.',
      severity: 'error',
      from: { path: '^lib/domain/' },
      to: { pathNot: ['^lib/domain/', '^node_modules/(zod|temporal-polyfill|diff)/'] },
    },
    {
      name: 'lib-runs-anywhere',
      comment: 'lib is loaded by the browser: no node: modules, no Next, React, ws or Drizzle below it.',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        path: '^(app|server|drizzle|test|bench)/|node_modules/(next|react|react-dom|ws|drizzle-orm|pg)/',
      },
    },
    {
      name: 'lib-reaches-no-node-module',
      comment: 'lib is loaded by the browser: no node: modules below it.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-knows-no-page',
      comment: 'The process starts Next; it never imports a page.',
      severity: 'error',
      from: { path: '^(server|drizzle)/' },
      to: { path: '^app/' },
    },
    {
      name: 'stores-are-private',
      comment:
        'A feature asks another feature through its use-cases.ts. Its store.ts (and feed-store.ts, mail-store.ts …) is its own: only there are its rows read and written.',
      severity: 'error',
      from: { path: '^server/([^/]+)/' },
      to: { path: '^server/[^/]+/(store|[a-z]+-store)\\.ts$', pathNot: '^server/$1/' },
    },
    {
      name: 'product-imports-no-tests',
      comment: 'Code that ships never reaches into tests or benches.',
      severity: 'error',
      from: { path: '^(app|lib|server|drizzle)/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    // TypeScript 7 has no parser for other tools yet; swc keeps type-only imports apart.
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
