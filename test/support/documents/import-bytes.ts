import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentId } from '../../../src/shared/domain/ids.ts';
import type { Progress } from '../../../src/shared/domain/progress.ts';
import { snapshot as snapshotSchema, type Snapshot } from '../../../src/shared/domain/snapshot.ts';
import { importDocument, type ImportOutcome } from '../../../src/workers/documents/import-document.ts';
import type { Look } from '../../../src/workers/documents/look-at-picture.ts';
import type { ReadContext } from '../../../src/workers/documents/read-original.ts';
import { tempDir } from './temp-dir.ts';

export interface Imported {
  readonly output: ImportOutcome;
  /** Null when refused. */
  readonly snapshot: Snapshot | null;
  readonly progress: readonly Progress[];
}

export const anyDocumentId = documentId.parse('01890a5d-ac96-774b-bcce-b302099a8057');

/** Reads bytes as the worker would read a file of that name. */
export async function importBytes(bytes: Uint8Array | string, name: string, look?: Look, keep?: ReadContext['keep']): Promise<Imported> {
  await using dir = await tempDir();
  const path = join(dir.path, 'given');
  await writeFile(path, bytes);
  const progress: Progress[] = [];
  const output = await importDocument(
    { from: { kind: 'file', path, name }, stagingDir: dir.path },
    {
      signal: new AbortController().signal,
      report: line => {
        progress.push(line);
      },
      ...(look === undefined ? {} : { look }),
      ...(keep === undefined ? {} : { keep }),
    },
  );
  const snapshot =
    output.result === 'read' ? snapshotSchema.parse(JSON.parse(await readFile(join(dir.path, output.snapshot.name), 'utf8'))) : null;
  return { output, snapshot, progress };
}

/** The snapshot of bytes that must be readable. */
export async function readSnapshot(bytes: Uint8Array | string, name: string): Promise<Snapshot> {
  const { output, snapshot } = await importBytes(bytes, name);
  if (snapshot === null) throw new Error(`${name} was refused: ${JSON.stringify(output)}`);
  return snapshot;
}

/** Segments as `[kind, text]`, headings with their level: `h2`. */
export function outline(snapshot: Snapshot): [kind: string, text: string][] {
  return snapshot.segments.map(({ kind, level, start, end }) => [kind === 'heading' ? `h${level}` : kind, snapshot.text.slice(start, end)]);
}
