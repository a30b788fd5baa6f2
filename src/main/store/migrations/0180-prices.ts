import type { Migration } from '../migrate.ts';

/** What a person pays for a model, and how many tokens were used up whose price nobody knew. */
export const migration: Migration = {
  version: 180,
  name: 'prices',
  up(db) {
    db.exec(`
      CREATE TABLE model_price (
        provider_id   TEXT    NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
        model_id      TEXT    NOT NULL,
        -- JSON of the price's schema.
        price         TEXT    NOT NULL CHECK (json_valid(price)),
        updated_at_ms INTEGER NOT NULL,
        PRIMARY KEY (provider_id, model_id)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE budget_spent ADD COLUMN unpriced_tokens INTEGER NOT NULL DEFAULT 0 CHECK (unpriced_tokens >= 0);
    `);
  },
};
