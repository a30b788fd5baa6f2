import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exportLimit } from '../../../shared/contract/worker/task-values.ts';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { sha256Hex, versionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import { language } from '../../../shared/domain/language.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import { readCitationPlaces } from '../export/citation-places.ts';
import { synopsisMarkdown } from '../../../shared/export/synopsis-markdown.ts';

export const synopsesExportPayload = z.strictObject({
  folder: z.string().min(1).max(4_000),
  /** Of the headings; null takes each synopsis's own. */
  language: language.nullable(),
  /** Ready versions, which never change, so every attempt writes the same. */
  versionIds: z.array(versionId).max(exportLimit),
});
type Payload = z.output<typeof synopsesExportPayload>;

const minuteMs = 60_000;

/** Writes synopses into a folder of the person's. A version whose chat has been deleted since is left out. */
export function synopsesExport({
  store,
  reader,
}: {
  readonly store: Store;
  readonly reader: Pick<Reader, 'readSegments'>;
}): JobKind<Payload, TaskInput<'synopses.export'>, TaskOutput<'synopses.export'>> {
  const spec = taskSpecs['synopses.export'];
  return {
    name: 'synopses.export',
    worker: workerOfKind['synopses.export'],
    payload: synopsesExportPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    effects: spec.effects,
    compensations: spec.compensations,
    // Two at once would choose the same names.
    concurrency: 1,
    // Before the synopses that wait for the same seat; the one being made is let finish. A person waits for the files.
    priority: 30,
    // Five thousand small files on a slow stick take a few minutes.
    timeLimitMs: 30 * minuteMs,
    retry: { delaysMs: [2_000, 10_000], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      const staging = store.staging.folderOf(job.id);
      const files: TaskInput<'synopses.export'>['files'] = [];
      for (const id of job.payload.versionIds) {
        const progress = store.synopses.progress(id);
        const version = progress === null ? null : store.synopses.open(progress.sessionId, id);
        if (version?.state !== 'ready') continue;
        const { fileName, markdown } = synopsisMarkdown(
          version,
          job.payload.language ?? version.language,
          await readCitationPlaces(version, reader),
        );
        const staged = join(staging, `${id}.md`);
        await writeFile(staged, markdown);
        files.push({ versionId: id, staged, fileName, sha256: sha256Hex.parse(createHash('sha256').update(markdown).digest('hex')) });
      }
      return { folder: job.payload.folder, files };
    },

    fork: job => ({ payload: job.payload }),
  };
}
