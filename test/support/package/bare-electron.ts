import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Before the wire of fuses in every Electron binary; from Electron's documentation of its fuses. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron 45 comes: version 1 of the wire, eight fuses, these states. */
const wire = [1, 8, ...Buffer.from('10110010')];

/** What the packager needs of an unpacked Electron for Linux: no program is in it, but the wire that the fuses are set in. */
export function writeBareElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from(`no program ${sentinel}`), Buffer.from(wire), Buffer.from(' end')]), {
    mode: 0o755,
  });
  for (const [name, text] of Object.entries({ version, LICENSE: '', 'LICENSES.chromium.html': '', 'chrome-sandbox': '' }))
    writeFileSync(join(folder, name), text);
  for (const language of ['en-US', 'ru']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
}
