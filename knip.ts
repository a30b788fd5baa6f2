import type { KnipConfig } from 'knip';
import { MAIN_ENTRIES, PRELOAD_ENTRY, RENDERER_PAGE } from './tools/build/entries.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(MAIN_ENTRIES),
    PRELOAD_ENTRY,
    RENDERER_PAGE,
    'src/renderer/main.tsx',
    'bin/konspekt.mjs',
    'tools/bootstrap/launch.mjs',
    // Imported by name at run time, from the table in launch.mjs.
    'tools/bootstrap/{start,konspekt,build,dependencies}.mjs',
    'tools/gates/{run,lock-completeness}.ts',
    'tools/test/run.ts',
    'tools/lint/{konspekt-plugin,layer-table}.ts',
    'test/**/*.test.{ts,tsx}',
    'test/e2e/**/*.spec.ts',
    'src/**/*.test.{ts,tsx}',
    'tools/**/*.test.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx,mjs}', 'tools/**/*.{ts,mjs}', 'bin/*.mjs'],
  ignore: ['tools/gates/fixtures/**', 'test/fixtures/**'],
  ignoreDependencies: [
    // Run by path from tools/gates/gates.ts, or by the linter itself.
    'oxfmt',
    'oxlint',
    'oxlint-tsgolint',
  ],
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
