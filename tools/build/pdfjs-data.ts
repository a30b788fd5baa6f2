import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * What pdf.js asks for by name while it shows a page: character maps, the standard fonts that are not in the file, and decoders of
 * images in plain JavaScript, because the window's policy lets no WebAssembly be compiled.
 */
const wanted: Readonly<Record<string, RegExp>> = {
  cmaps: /\.bcmap$/u,
  standard_fonts: /\.(?:pfb|ttf)$/u,
  wasm: /_nowasm_fallback\.js$/u,
};

/** Puts these files under `pdfjs/` beside the window's page, so that a PDF looks the same without a network. */
export function pdfjsData(): Plugin {
  return {
    name: 'pdfjs-data',
    apply: 'build',
    generateBundle() {
      const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const [folder, pattern] of Object.entries(wanted)) {
        for (const name of readdirSync(join(root, folder)).filter(each => pattern.test(each)))
          this.emitFile({ type: 'asset', fileName: `pdfjs/${folder}/${name}`, source: readFileSync(join(root, folder, name)) });
      }
    },
  };
}
