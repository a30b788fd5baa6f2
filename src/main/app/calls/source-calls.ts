import type { HandlersOf } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** Reading happens in the reader thread: a book's snapshot takes longer to parse than main may stand still. */
export function sourceCalls({ store, reader }: Pick<CallContext, 'store' | 'reader'>): HandlersOf<'sources'> {
  return {
    'sources.read': async ({ snapshotHash, from, limit }) => {
      const { artifact } = expectFound(store.snapshots.get(snapshotHash), 'stored text', snapshotHash);
      return reader.readSegments({ path: store.artifacts.files.path(artifact), from, limit });
    },
    'sources.locate': async ({ snapshotHash, offset }) => {
      const { artifact } = expectFound(store.snapshots.get(snapshotHash), 'stored text', snapshotHash);
      return { index: await reader.locateSegment({ path: store.artifacts.files.path(artifact), offset }) };
    },
  };
}
