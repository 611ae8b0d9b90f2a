import { rendererFeatures, rows, sharedPackages } from './import-table.js';

const escape = (path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (paths) =>
  `^(${paths.map((path) => (path.endsWith('.ts') ? escape(path) : `${escape(path)}/`)).join('|')})`;

const upward = rows.slice(1).map((row, index) => ({
  name: `${row.name}-imports-upward`,
  comment: `${row.name} must not import from a row above it`,
  severity: 'error',
  from: { path: anyOf(row.paths), pathNot: '\\.test\\.ts$' },
  to: { path: anyOf(rows.slice(0, index + 1).flatMap((above) => above.paths)) },
}));

const sideways = rows
  .filter((row) => ['hosts', 'features', 'services'].includes(row.name))
  .flatMap((row) =>
    row.paths.map((path) => ({
      name: `${path}-imports-neighbour`,
      comment: 'Neighbours of one row do not import each other; app.ts introduces them',
      severity: 'error',
      from: { path: anyOf([path]), pathNot: '\\.test\\.ts$' },
      // Terminal and desktop share the platform of their row.
      to: { path: anyOf(row.paths.filter((other) => other !== path && other !== 'src/main/node-platform.ts')) },
    })),
  );

const rendererSideways = rendererFeatures.map((feature) => ({
  name: `renderer-${feature}-imports-neighbour`,
  severity: 'error',
  from: { path: `^src/renderer/${feature}/` },
  to: { path: `^src/renderer/(${rendererFeatures.filter((other) => other !== feature).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    ...upward,
    ...sideways,
    ...rendererSideways,
    {
      name: 'shared-knows-no-host',
      comment: 'src/shared imports only itself and the packages named in import-table.js',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: `^src/shared/|^node_modules/(${sharedPackages.map(escape).join('|')})/` },
    },
    {
      name: 'only-electron-folder-knows-electron',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/electron/|preload/|main/index\\.ts)' },
      to: { path: '^(electron|node_modules/electron|node_modules/electron-store)(/|$)' },
    },
    {
      name: 'only-database-knows-sqlite',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/database/' },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'renderer-and-main-are-apart',
      severity: 'error',
      from: { path: '^src/(renderer|preload)/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'main-does-not-draw',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/(renderer|preload)/' },
    },
    {
      name: 'only-stores-talk-to-the-backend',
      comment: 'A component draws, a store acts',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: '^src/renderer/(backend/|main\\.tsx)|-store(\\.test)?\\.ts$' },
      to: { path: '^src/renderer/backend/', pathNot: '^src/renderer/backend/picture-urls\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
