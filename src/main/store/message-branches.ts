import type { MessageId, SessionId } from '../../shared/domain/ids.ts';
import type { Database } from './connection.ts';

/** Part of a branch; everything else is the program's own word, which is always shown. */
const inBranch = "(role = 'person' OR follows IS NOT NULL)";

export const branchStatements = {
  /** A message follows one that was committed before it, so the newest shown one is the end of the branch. */
  end: `SELECT id FROM message WHERE session_id = ? AND is_shown = 1 AND ${inBranch} ORDER BY n DESC LIMIT 1`,
  /** From the message up to the first question. */
  above: `
    WITH RECURSIVE above (id, follows) AS (
      SELECT id, follows FROM message WHERE id = @id
      UNION ALL
      SELECT message.id, message.follows FROM above JOIN message ON message.id = above.follows)
    SELECT id FROM above`,
} as const;

/**
 * Which messages of a chat are shown. They are a tree: those of one role that follow the same message are branches of it, of
 * which one is chosen. `is_shown` is what follows from that, kept so that a page of a long chat is a walk of one index.
 * In the caller's transaction.
 */
export function createMessageBranches(db: Database) {
  const end = db.prepare<[string], { id: MessageId }>(branchStatements.end);
  const above = db.prepare<{ id: string }, { id: MessageId }>(branchStatements.above);
  const place = db.prepare<[string], { follows: MessageId | null; sessionId: SessionId; isInBranch: 0 | 1; isShown: 0 | 1 }>(
    `SELECT follows, session_id AS sessionId, ${inBranch} AS isInBranch, is_shown AS isShown FROM message WHERE id = ?`,
  );
  /** Its siblings first: at no time are two chosen, and what is no longer chosen is no longer shown. */
  const unchooseOthers = db.prepare<{ id: string }>(`
    UPDATE message SET is_chosen = 0, is_shown = 0
    WHERE is_chosen = 1 AND id <> @id AND id IN (
      SELECT other.id FROM message AS m JOIN message AS other ON other.follows = m.follows AND other.role = m.role WHERE m.id = @id
      UNION ALL
      SELECT other.id FROM message AS m JOIN message AS other ON other.session_id = m.session_id AND other.follows IS NULL AND other.role = 'person'
      WHERE m.id = @id AND m.follows IS NULL AND m.role = 'person')`);
  const choose = db.prepare<{ id: string }>('UPDATE message SET is_chosen = 1 WHERE id = @id AND is_chosen = 0');
  const showChosen = db.prepare<{ sessionId: string }>(`
    WITH RECURSIVE shown (id) AS (
      SELECT id FROM message WHERE session_id = @sessionId AND follows IS NULL AND role = 'person' AND is_chosen = 1
      UNION ALL
      SELECT message.id FROM shown JOIN message ON message.follows = shown.id WHERE message.is_chosen = 1)
    UPDATE message SET is_shown = (id IN (SELECT id FROM shown))
    WHERE session_id = @sessionId AND ${inBranch} AND is_shown <> (id IN (SELECT id FROM shown))`);

  return {
    /** The last message of the branch that is shown; null in a chat without one. */
    end: (session: SessionId): MessageId | null => end.get(session)?.id ?? null,
    /** What a question follows that takes the place of this one. */
    placeOf: (id: MessageId): MessageId | null => place.get(id)?.follows ?? null,
    /** Shows the branch that the message is in, and below it what was chosen last. False for one that is in none. */
    show(id: MessageId): boolean {
      const found = place.get(id);
      if (found?.isInBranch !== 1) return false;
      if (found.isShown === 1) return true;
      for (const each of above.all({ id })) {
        unchooseOthers.run({ id: each.id });
        choose.run({ id: each.id });
      }
      showChosen.run({ sessionId: found.sessionId });
      return true;
    },
  };
}
