import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { DamagedSnapshots } from '../damaged-snapshots.ts';
import type { KeptOriginals } from '../files/kept-originals.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** Reading happens in the reader thread: a book's snapshot takes longer to parse than main may stand still. */
export function sourceCalls(
  { reader }: Pick<CallContext, 'reader'>,
  damaged: Pick<DamagedSnapshots, 'take'>,
  originals: Pick<KeptOriginals, 'look'>,
): HandlersOf<'sources'> {
  async function read<T>(hash: Sha256, reading: Promise<T | null>): Promise<T> {
    const found = await reading.catch((error: unknown) => {
      damaged.take(hash, error);
      throw error;
    });
    return expectFound(found, 'stored text', hash);
  }

  return {
    'sources.read': ({ snapshotHash, from, limit }) => read(snapshotHash, reader.readSegments({ snapshotHash, from, limit })),
    'sources.original': input => expectFound(originals.look(input), 'document', input.documentId),
    'sources.locate': ({ snapshotHash, offset }) => read(snapshotHash, reader.locateSegment({ snapshotHash, offset })),
  };
}
