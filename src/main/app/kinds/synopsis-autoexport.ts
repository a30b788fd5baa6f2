import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { autoExported, taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { exportLimit } from '../../../shared/contract/worker/task-values.ts';
import { documentId, folderId, sha256Hex } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import { vaultNote } from '../../../shared/export/vault-note.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import { readCitationPlaces } from '../export/citation-places.ts';

export const synopsisAutoexportPayload = z.strictObject({
  folderId,
  /** As it is when the job is asked for: told in the panel also when the folder is forgotten. */
  folder: z.string().min(1).max(4_096),
  /** Looks also at files of versions that were written before. */
  isAgain: z.boolean(),
  /** Brings back what the person has deleted. */
  restore: z.boolean(),
});
type Payload = z.output<typeof synopsisAutoexportPayload>;

const minuteMs = 60_000;

/** Brings a folder of the person's up to date with what is finished. A folder that was forgotten meanwhile gets nothing. */
export function synopsisAutoexport({
  store,
  reader,
  now,
}: {
  readonly store: Store;
  readonly reader: Pick<Reader, 'readSegments'>;
  readonly now: () => number;
}): JobKind<Payload, TaskInput<'synopsis.autoexport'>, TaskOutput<'synopsis.autoexport'>> {
  const spec = taskSpecs['synopsis.autoexport'];

  /** Where a source is on the web; null for a file of the person's. */
  function addressOf(id: string): string | null {
    const origin = store.documents.get(documentId.parse(id))?.origin;
    if (origin?.kind !== 'url') return null;
    const url = new URL(origin.url);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  }

  return {
    name: 'synopsis.autoexport',
    worker: workerOfKind['synopsis.autoexport'],
    payload: synopsisAutoexportPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    effects: spec.effects,
    // Two at once would choose the same names.
    concurrency: 1,
    // Nobody waits for it.
    priority: 0,
    timeLimitMs: 30 * minuteMs,
    // A disk that was taken out comes back within the day; after that the next finished synopsis tries again.
    retry: { delaysMs: [10_000, minuteMs, 10 * minuteMs, 60 * minuteMs, 6 * 60 * minuteMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      const folder = store.autoExports.get(job.payload.folderId);
      const staging = store.staging.folderOf(job.id);
      const files: TaskInput<'synopsis.autoexport'>['files'] = [];
      const { isAgain, restore } = job.payload;
      for (const { sessionId, versionId } of folder === null ? [] : store.autoExports.due(folder.id, { isAgain, limit: exportLimit })) {
        const version = store.synopses.open(sessionId, versionId);
        if (folder === null || version?.state !== 'ready') continue;
        const isMirror = folder.mode === 'mirror';
        const known = store.autoExports.fileOf(folder.id, isMirror ? { sessionId } : { versionId });
        const { fileName, markdown, mark, besideWord } = vaultNote(version, {
          id: isMirror ? version.synopsisId : version.id,
          tags: store.library.tagsOf(version.synopsisId),
          placeOf: await readCitationPlaces(version, reader),
          addressOf,
        });
        const staged = join(staging, `${versionId}.md`);
        await writeFile(staged, markdown);
        files.push({
          versionId,
          sessionId,
          staged,
          sha256: sha256Hex.parse(createHash('sha256').update(markdown).digest('hex')),
          fileName,
          besideWord,
          mark,
          known: known === null ? null : { name: known.name, sha256: known.sha256, isSameVersion: known.versionId === versionId },
        });
      }
      return { folder: job.payload.folder, mode: folder?.mode ?? 'append', restore, files };
    },

    /** With the step, so that no file of ours is ever taken for the person's. */
    onStep(job, step) {
      const { versionId, sessionId, name, sha256, state, before } = autoExported.parse(step.output);
      const id = job.payload.folderId;
      if (before !== null) {
        store.autoExports.rename(id, before.name, before.now);
        if (before.isEdited) store.autoExports.setState(id, before.now, 'edited');
      }
      store.autoExports.putFile(id, { name, sessionId, versionId, sha256: sha256Hex.parse(sha256), state });
    },

    onEnd(job, end) {
      if (end.state === 'cancelled') return;
      store.autoExports.setLast(job.payload.folderId, {
        atMs: now(),
        errorCode: end.state === 'done' ? null : (end.error?.code ?? 'internal'),
      });
    },
  };
}
