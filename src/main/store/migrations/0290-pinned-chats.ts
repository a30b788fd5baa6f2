import type { Migration } from '../migrate.ts';

/** Chats that the person keeps at the head of the list. Few have it, so the index has a row for those alone. */
export const migration: Migration = {
  version: 290,
  name: 'pinned-chats',
  up(db) {
    db.exec(`
      ALTER TABLE session ADD COLUMN pinned_at_ms INTEGER;
      CREATE INDEX session_pinned ON session (pinned_at_ms) WHERE pinned_at_ms IS NOT NULL;
    `);
  },
};
