import type { Migration } from '../migrate.ts';

/**
 * What a version came of and who made it; sections that it has from an earlier one; a person's notes; and proposals, which are
 * versions beside the row of the others until a person takes sections out of them.
 *
 * A version without a job (a person made it) has an empty `job_id`: the column was made NOT NULL, and its table is not made anew
 * for that. Proposals are numbered from a million, so that the others count from 1 without a hole.
 */
export const migration: Migration = {
  version: 200,
  name: 'versions',
  up(db) {
    db.exec(`
      ALTER TABLE synopsis_version ADD COLUMN cause TEXT NOT NULL DEFAULT 'request'
        CHECK (cause IN ('request','refresh','regenerate','restore','note','import'));
      ALTER TABLE synopsis_version ADD COLUMN based_on TEXT REFERENCES synopsis_version (id);
      /* The sections it makes itself, a list of kinds; null for all. */
      ALTER TABLE synopsis_version ADD COLUMN only_kinds TEXT CHECK (only_kinds IS NULL OR json_valid(only_kinds));
      /* What made those, each once; known at the end. */
      ALTER TABLE synopsis_version ADD COLUMN made_by TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(made_by));
      ALTER TABLE synopsis_version ADD COLUMN instruction TEXT CHECK (length(instruction) <= 2000);
      ALTER TABLE synopsis_version ADD COLUMN is_proposal INTEGER NOT NULL DEFAULT 0 CHECK (is_proposal IN (0, 1));
      CREATE INDEX synopsis_version_proposal ON synopsis_version (synopsis_id, number) WHERE is_proposal = 1;
      CREATE INDEX synopsis_version_based ON synopsis_version (based_on) WHERE based_on IS NOT NULL;

      /* The version that made the section and holds its body, where that is an earlier one; the body here is 'null' then. */
      ALTER TABLE synopsis_section ADD COLUMN made_in TEXT REFERENCES synopsis_version (id);
      CREATE INDEX synopsis_section_made_in ON synopsis_section (made_in) WHERE made_in IS NOT NULL;

      /* What finished versions were made by is in their sections. */
      DROP TRIGGER synopsis_version_immutable;
      UPDATE synopsis_version SET made_by = coalesce((
        SELECT json_group_array(json(provenance)) FROM (
          SELECT DISTINCT json_extract(body, '$.provenance') AS provenance FROM synopsis_section WHERE version_id = synopsis_version.id
        ) WHERE provenance IS NOT NULL), '[]')
      WHERE state = 'ready';
      CREATE TRIGGER synopsis_version_immutable BEFORE UPDATE ON synopsis_version
      WHEN OLD.state = 'ready' OR (OLD.state IN ('failed','cancelled') AND NEW.state <> 'making')
      BEGIN SELECT RAISE (ABORT, 'a finished version is immutable'); END;

      /* As they are now; a finished version has its own copy. */
      CREATE TABLE synopsis_note (
        id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
        synopsis_id   TEXT    NOT NULL REFERENCES synopsis (id),
        after_kind    TEXT    CHECK (after_kind IN ('summary','theses','terms','timeline','decisions','tasks','figures','contradictions','questions','selfCheck')),
        text          TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX synopsis_note_of ON synopsis_note (synopsis_id);

      CREATE TABLE synopsis_version_notes (
        version_id TEXT NOT NULL PRIMARY KEY REFERENCES synopsis_version (id),
        notes      TEXT NOT NULL CHECK (json_valid(notes))
      ) STRICT, WITHOUT ROWID;
${(['INSERT', 'UPDATE', 'DELETE'] as const)
  .map(
    change => `
      CREATE TRIGGER synopsis_version_notes_frozen_${change.toLowerCase()} BEFORE ${change} ON synopsis_version_notes
      WHEN (SELECT state FROM synopsis_version WHERE id = ${change === 'INSERT' ? 'NEW' : 'OLD'}.version_id) <> 'making'
      BEGIN SELECT RAISE (ABORT, 'a finished version is immutable'); END;`,
  )
  .join('')}

      /* What became of a proposed section. One that came out as it was is 'same' and nobody is asked about it. */
      CREATE TABLE synopsis_decision (
        version_id TEXT    NOT NULL REFERENCES synopsis_version (id),
        kind       TEXT    NOT NULL,
        decision   TEXT    NOT NULL CHECK (decision IN ('accepted','rejected','same')),
        /* The version that had made the section it was held against; null where there was none. */
        against    TEXT    REFERENCES synopsis_version (id),
        at_ms      INTEGER NOT NULL CHECK (at_ms >= 0),
        PRIMARY KEY (version_id, kind)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX synopsis_decision_against ON synopsis_decision (against, kind) WHERE against IS NOT NULL;
    `);
  },
};
