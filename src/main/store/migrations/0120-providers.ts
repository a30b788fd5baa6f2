import type { Migration } from '../migrate.ts';

/** Providers of models and which model does what. SECURITY: keys are in secret storage, never here. */
export const migration: Migration = {
  version: 120,
  name: 'providers',
  up(db) {
    db.exec(`
      CREATE TABLE provider (
        id                TEXT    NOT NULL PRIMARY KEY,
        kind              TEXT    NOT NULL CHECK (kind IN ('openai_compatible', 'openai', 'anthropic', 'google')),
        name              TEXT    NOT NULL CHECK (name <> ''),
        base_url          TEXT    NOT NULL,
        -- As the endpoint listed them last.
        models            TEXT    NOT NULL CHECK (json_valid(models)),
        models_seen_at_ms INTEGER,
        created_at_ms     INTEGER NOT NULL,
        updated_at_ms     INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE model_choice (
        role           TEXT    NOT NULL PRIMARY KEY CHECK (role IN ('chat', 'synopsis', 'vision', 'embeddings')),
        provider_id    TEXT    NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
        model_id       TEXT    NOT NULL,
        context_tokens INTEGER NOT NULL CHECK (context_tokens > 0),
        updated_at_ms  INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX model_choice_provider ON model_choice (provider_id);
    `);
  },
};
