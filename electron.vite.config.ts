import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Everything that runs as a process or a thread of its own; each becomes `out/main/<name>.js`. */
const MAIN_ENTRIES = {
  index: at('src/main/index.ts'),
  cli: at('src/main/headless/cli.ts'),
  reader: at('src/main/store/reader-thread.ts'),
  'worker-documents': at('src/workers/documents/entry.ts'),
  'worker-synopsis': at('src/workers/synopsis/entry.ts'),
  'worker-agent': at('src/workers/agent/entry.ts'),
};

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Packages in `dependencies` are shipped beside the bundle and stay imports.
      externalizeDeps: true,
      rolldownOptions: {
        input: MAIN_ENTRIES,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot load modules: it must be one CommonJS file with everything inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
