import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Sha256 } from '../../shared/domain/ids.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
import { snapshot as snapshotSchema } from '../../shared/domain/snapshot.ts';

/** Characters of parsed snapshots kept in memory, at two bytes each: the sources of one chat stay, a library does not. */
const cachedCharLimit = 24_000_000;

/** A stored snapshot is not what its hash says; its document has to be read again. */
export class SnapshotDamagedError extends Error {
  override readonly name = 'SnapshotDamagedError';
  readonly code = 'snapshot_damaged';
  constructor(hash: string, detail: string) {
    super(`The stored text ${hash} is damaged (${detail}). Add its document again.`);
  }
}

/** Reads snapshots from their files and keeps the last used ones. Synchronous: made for the reader thread. */
export function createSnapshotFiles(pathOf: (hash: Sha256) => string): (hash: Sha256) => Snapshot {
  const cache = new Map<Sha256, Snapshot>();
  let cachedChars = 0;

  function keep(hash: Sha256, snapshot: Snapshot): void {
    cache.set(hash, snapshot);
    cachedChars += snapshot.text.length;
    for (const [oldest, old] of cache) {
      if (cachedChars <= cachedCharLimit || oldest === hash) return;
      cache.delete(oldest);
      cachedChars -= old.text.length;
    }
  }

  return hash => {
    const known = cache.get(hash);
    if (known !== undefined) {
      // A map keeps the order of insertion: putting it back makes it the newest.
      cache.delete(hash);
      cache.set(hash, known);
      return known;
    }
    const snapshot = readSnapshot(pathOf(hash), hash);
    keep(hash, snapshot);
    return snapshot;
  };
}

/** Reads and verifies one snapshot file: its shape, that its text has the hash it is named by, and that its parts lie in the text. */
export function readSnapshot(path: string, hash: Sha256): Snapshot {
  const parsed = snapshotSchema.safeParse(parseJson(readText(path, hash), hash));
  if (!parsed.success) throw new SnapshotDamagedError(hash, 'it does not have the shape of a snapshot');
  const found = createHash('sha256').update(parsed.data.text).digest('hex');
  if (found !== hash || parsed.data.hash !== hash) throw new SnapshotDamagedError(hash, `its text has the hash ${found}`);
  const { text, segments, pages } = parsed.data;
  if ([...segments, ...pages].some(({ start, end }) => start > end || end > text.length))
    throw new SnapshotDamagedError(hash, 'its segments reach beyond its text');
  return parsed.data;
}

function readText(path: string, hash: Sha256): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new SnapshotDamagedError(hash, 'its file is gone');
    throw error;
  }
}

function parseJson(text: string, hash: Sha256): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SnapshotDamagedError(hash, 'it is no JSON');
  }
}
