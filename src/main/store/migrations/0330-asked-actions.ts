import type { Migration } from '../migrate.ts';

/** What an approval is for, as data: it is worded in the language of whoever reads it. Those from before keep the words they were asked in. */
export const migration: Migration = {
  version: 330,
  name: 'asked-actions',
  up(db) {
    db.exec('ALTER TABLE approval ADD COLUMN action TEXT CHECK (action IS NULL OR json_valid(action));');
  },
};
