import type { KnipConfig } from 'knip';
import { MAIN_ENTRIES, PRELOAD_ENTRY, RENDERER_PAGE } from './tools/build/entries.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(MAIN_ENTRIES),
    PRELOAD_ENTRY,
    RENDERER_PAGE,
    // The page names it in a script tag.
    'src/renderer/main.tsx',
    // Run by hand or by another tool, never imported.
    'bin/konspekt.mjs',
    'tools/bootstrap/launch.mjs',
    'tools/gates/{run,lock-completeness}.ts',
    'tools/lint/{konspekt-plugin,layer-table}.ts',
    '{src,test,tools}/**/*.test.{ts,tsx}',
    'test/e2e/**/*.spec.ts',
    'test/bench/**/*.ts',
    // Behind `npm run chaos`, `npm run mutants` and `npm run package`.
    'test/reliability/chaos.ts',
    'test/reliability/mutants/run.ts',
    'tools/package/run.ts',
    // Started as processes, or loaded into a page, by path.
    'test/support/**/*.mjs',
    'test/support/{workers,program}/*.ts',
    'test/support/chaos/{engine-host,chaos-worker}.ts',
    'test/support/ledger/ledger-process.ts',
    'test/support/scripted-models/serve.ts',
    'test/support/renderer-harness/*.{ts,tsx}',
    'test/support/electron-stand-in/{boot,chromium/watchdog,page/*,utility/*}.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx,mjs}', 'tools/**/*.{ts,mjs}', 'bin/*.mjs'],
  ignore: ['tools/gates/fixtures/**', 'test/fixtures/**'],
  ignoreDependencies: [
    // Run by path from tools/gates/gates.ts, or by the linter itself.
    'oxfmt',
    'oxlint',
    'oxlint-tsgolint',
    // Named in style sheets and by path, where only the bundler and Node look.
    /^@fontsource-variable\//,
    'dejavu-fonts-ttf',
  ],
  // Of the operating system.
  ignoreBinaries: ['mkfifo', 'mount', 'script', 'umount'],
  // An export only its own file and its tests use is a matter of taste; one that nobody uses is dead.
  ignoreExportsUsedInFile: true,
};

export default config;
