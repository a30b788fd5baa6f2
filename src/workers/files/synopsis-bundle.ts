import { readFile } from 'node:fs/promises';
import { strToU8, zipSync, type Zippable } from 'fflate';
import type { TaskInput } from '../../shared/contract/worker/tasks.ts';
import { bundleParts } from '../../shared/domain/bundle.ts';
import type { SynopsisContent } from '../../shared/export/synopsis-content.ts';
import { markdownOf } from '../../shared/export/synopsis-markdown.ts';
import { zipTime } from './zip-time.ts';

/** A bundle as `bundleManifest` describes it: another installation shows it with every quote in its place. */
export async function bundleOf(content: SynopsisContent, bundle: TaskInput<'synopsis.file'>['bundle']): Promise<Uint8Array> {
  if (bundle === null) throw new Error('A bundle is written from its manifest and its snapshots.');
  const files: Zippable = {
    [bundleParts.manifest]: json(bundle.manifest),
    [bundleParts.synopsis]: json(content.version),
    [bundleParts.markdown]: strToU8(markdownOf(content)),
  };
  if (bundle.trace !== null) files[bundleParts.trace] = await readFile(bundle.trace);
  for (const { hash, path } of bundle.snapshots) files[bundleParts.snapshot(hash)] = await readFile(path);
  return zipSync(files, { mtime: zipTime(new Date(bundle.manifest.savedAt)) });
}

function json(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 1)}\n`);
}
