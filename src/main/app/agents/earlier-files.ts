import { readFile } from 'node:fs/promises';
import type { HostCallInput, HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../store/store.ts';

/** What the file held is anything: only its bytes are ever asked for. */
const mediaType = 'application/octet-stream';

export interface EarlierFiles {
  /** Stores what a file holds before the job replaces it. */
  keep(job: JobId, file: HostCallInput<'file.keep'>): Promise<HostCallOutput<'file.keep'>>;
  /** SECURITY: of what was kept for an undo alone; not of every artifact whose hash a worker can name. */
  read(asked: HostCallInput<'file.kept'>): Promise<HostCallOutput<'file.kept'>>;
}

export function createEarlierFiles({
  store,
  now,
}: {
  readonly store: Pick<Store, 'artifacts' | 'keptFiles' | 'inTransaction'>;
  readonly now: () => number;
}): EarlierFiles {
  return {
    async keep(job, { base64 }) {
      const { sha256, byteCount } = await store.artifacts.files.put(Buffer.from(base64, 'base64'));
      store.inTransaction(() => {
        store.artifacts.insert({ sha256, mediaType, byteCount, atMs: now() });
        store.keptFiles.keep(job, sha256);
      });
      return { sha256 };
    },
    async read({ sha256 }) {
      if (!store.keptFiles.isKept(sha256)) throw new Error(`No job keeps a file ${sha256}.`);
      return { base64: (await readFile(store.artifacts.files.path(sha256))).toString('base64') };
    },
  };
}
