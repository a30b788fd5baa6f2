import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundledPackages } from './tools/build/bundled-packages.ts';
import { pdfjsData } from './tools/build/pdfjs-data.ts';
import { MAIN_ENTRIES, PRELOAD_ENTRY, RENDERER_PAGE } from './tools/build/entries.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [bundledPackages()],
    build: {
      outDir: 'out/main',
      // Packages in `dependencies` are shipped beside the bundle and stay imports.
      externalizeDeps: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(MAIN_ENTRIES).map(([name, path]) => [name, at(path)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [bundledPackages()],
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot load modules: it must be one CommonJS file with everything inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at(PRELOAD_ENTRY) },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react(), pdfjsData(), bundledPackages()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      rolldownOptions: { input: { index: at(RENDERER_PAGE) } },
    },
  },
});
