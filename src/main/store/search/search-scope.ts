import type { SessionId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';

/** Numbers of passages from the first to the last, both in it. */
export interface PassageRange {
  readonly first: number;
  readonly last: number;
}

/** Where the passages lie that are searched. */
export interface SearchScope {
  /** Apart from each other, ascending; passages of other texts may lie within them. */
  readonly ranges: readonly PassageRange[];
  /** About how many passages there are. */
  readonly size: number;
}

/**
 * Passages between two texts of a chat that are rather looked through than told apart by a question of their own: so many
 * rows of an index are read in the time of one question.
 */
const joinedGap = 500;
/** Questions of one word; beyond it one range holds them all. */
const rangeLimit = 24;

export const scopeStatements = {
  sources: `
    SELECT snapshot_hash AS hash FROM document
    WHERE session_id = @sessionId AND removed_at_ms IS NULL AND state = 'ready' AND snapshot_hash IS NOT NULL
    UNION
    SELECT chat_snapshot_hash FROM session WHERE id = @sessionId AND chat_snapshot_hash IS NOT NULL`,
  first: 'SELECT n FROM passage WHERE snapshot_hash = ? ORDER BY seq LIMIT 1',
  last: 'SELECT n FROM passage WHERE snapshot_hash = ? ORDER BY seq DESC LIMIT 1',
  all: 'SELECT (SELECT min(n) FROM passage) AS first, (SELECT max(n) FROM passage) AS last',
} as const;

export interface SearchScopes {
  /** Ready documents of a chat and its newest snapshot; of every chat for null. */
  of(session: SessionId | null): SearchScope;
}

export function createSearchScopes(db: Database): SearchScopes {
  const sources = db.prepare<{ sessionId: string }, { hash: string }>(scopeStatements.sources);
  const first = db.prepare<[string], { n: number }>(scopeStatements.first);
  const last = db.prepare<[string], { n: number }>(scopeStatements.last);
  const all = db.prepare<[], { first: number | null; last: number | null }>(scopeStatements.all);
  return {
    of(session) {
      if (session === null) {
        const found = all.get();
        if (found?.first == null || found.last === null) return { ranges: [], size: 0 };
        return { ranges: [{ first: found.first, last: found.last }], size: found.last - found.first + 1 };
      }
      // A text's passages are numbered in its order, since each slice is put in after the one before it.
      const own = sources.all({ sessionId: session }).flatMap(({ hash }) => {
        const [from, to] = [first.get(hash), last.get(hash)];
        return from === undefined || to === undefined ? [] : [{ first: from.n, last: to.n }];
      });
      return { ranges: joined(own), size: own.reduce((sum, range) => sum + range.last - range.first + 1, 0) };
    },
  };
}

function joined(ranges: readonly PassageRange[]): PassageRange[] {
  const made: { first: number; last: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = made.at(-1);
    if (before !== undefined && range.first - before.last <= joinedGap) before.last = Math.max(before.last, range.last);
    else made.push({ ...range });
  }
  const [from, to] = [made[0], made.at(-1)];
  return made.length <= rangeLimit || from === undefined || to === undefined ? made : [{ first: from.first, last: to.last }];
}
