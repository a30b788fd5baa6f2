import type { Snapshot } from '../../shared/domain/snapshot.ts';

/** Where one passage is in the snapshot's text, as UTF-16 offsets. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
}

export type ChunkedSnapshot = Pick<Snapshot, 'text' | 'segments'>;

export function passagesOf(_snapshot: ChunkedSnapshot): Passage[] {
  return [];
}
