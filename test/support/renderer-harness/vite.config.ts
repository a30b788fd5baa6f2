import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fileURLToPath } from 'node:url';
import { pdfjsData } from '../../../tools/build/pdfjs-data.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Builds the window over the backend in memory, for pictures and browser checks. Never part of the program. */
export default defineConfig({
  root: here,
  plugins: [react(), pdfjsData()],
  logLevel: 'warn',
  build: { outDir: fileURLToPath(new URL('../../../.cache/renderer-harness/', import.meta.url)), emptyOutDir: true, assetsInlineLimit: 0 },
  preview: { host: '127.0.0.1', port: 4178, strictPort: true },
});
