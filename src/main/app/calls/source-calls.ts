import type { HandlersOf } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** Reading happens in the reader thread: a book's snapshot takes longer to parse than main may stand still. */
export function sourceCalls({ reader }: Pick<CallContext, 'reader'>): HandlersOf<'sources'> {
  return {
    'sources.read': async ({ snapshotHash, from, limit }) =>
      expectFound(await reader.readSegments({ snapshotHash, from, limit }), 'stored text', snapshotHash),
    'sources.locate': async ({ snapshotHash, offset }) =>
      expectFound(await reader.locateSegment({ snapshotHash, offset }), 'stored text', snapshotHash),
  };
}
