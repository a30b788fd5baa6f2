import type { Migration } from '../migrate.ts';

/**
 * One synopsis a session, with versions that are only ever added. The triggers keep the promise that a finished version
 * does not change: a ready one never again, a failed or cancelled one only by being taken up again as a whole.
 */
export const migration: Migration = {
  version: 50,
  name: 'synopses',
  up(db) {
    db.exec(`
      CREATE TABLE synopsis (
        n                INTEGER PRIMARY KEY,
        id               TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        session_id       TEXT    NOT NULL UNIQUE REFERENCES session (id),
        /* The newest finished version, for the list of all synopses; both null until there is one. */
        ready_version_id TEXT    REFERENCES synopsis_version (id),
        ready_at_ms      INTEGER CHECK (ready_at_ms >= 0),
        created_at_ms    INTEGER NOT NULL CHECK (created_at_ms >= 0),
        CHECK ((ready_version_id IS NULL) = (ready_at_ms IS NULL))
      ) STRICT;
      CREATE INDEX synopsis_ready ON synopsis (ready_at_ms DESC, id DESC) WHERE ready_at_ms IS NOT NULL;
      CREATE INDEX synopsis_ready_version ON synopsis (ready_version_id) WHERE ready_version_id IS NOT NULL;

      CREATE TABLE synopsis_version (
        id               TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
        synopsis_id      TEXT    NOT NULL REFERENCES synopsis (id),
        number           INTEGER NOT NULL CHECK (number >= 1),
        state            TEXT    NOT NULL CHECK (state IN ('making','ready','failed','cancelled')),
        job_id           TEXT    NOT NULL,
        detail           TEXT    NOT NULL CHECK (detail IN ('short','standard','full')),
        language         TEXT    NOT NULL CHECK (language IN ('ru','en')),
        template         TEXT    NOT NULL CHECK (template IN ('lecture','meeting','article','research','brief')),
        title            TEXT    NOT NULL CHECK (length(title) <= 500),
        planned_sections TEXT    NOT NULL CHECK (json_valid(planned_sections)),
        issues           TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(issues)),
        request_key      TEXT    UNIQUE,
        created_at_ms    INTEGER NOT NULL CHECK (created_at_ms >= 0),
        finished_at_ms   INTEGER CHECK (finished_at_ms >= 0),
        UNIQUE (synopsis_id, number),
        CHECK ((state = 'making') = (finished_at_ms IS NULL))
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX synopsis_version_making ON synopsis_version (synopsis_id) WHERE state = 'making';
      CREATE INDEX synopsis_version_job ON synopsis_version (job_id);
      CREATE TRIGGER synopsis_version_immutable BEFORE UPDATE ON synopsis_version
      WHEN OLD.state = 'ready' OR (OLD.state IN ('failed','cancelled') AND NEW.state <> 'making')
      BEGIN SELECT RAISE (ABORT, 'a finished version is immutable'); END;
      CREATE TRIGGER synopsis_version_kept BEFORE DELETE ON synopsis_version WHEN OLD.state = 'ready'
      BEGIN SELECT RAISE (ABORT, 'a finished version is never deleted'); END;

      /* Up to hundreds of kilobytes, so apart from the heads that lists read. */
      CREATE TABLE synopsis_coverage (
        version_id TEXT NOT NULL PRIMARY KEY REFERENCES synopsis_version (id),
        coverage   TEXT NOT NULL CHECK (json_valid(coverage)),
        used_count INTEGER NOT NULL CHECK (used_count >= 0)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE synopsis_section (
        n          INTEGER PRIMARY KEY,
        version_id TEXT    NOT NULL REFERENCES synopsis_version (id),
        position   INTEGER NOT NULL CHECK (position >= 0),
        kind       TEXT    NOT NULL CHECK (kind IN ('summary','theses','terms','timeline','decisions','tasks','figures','contradictions','questions','selfCheck')),
        body       TEXT    NOT NULL CHECK (json_valid(body)),
        UNIQUE (version_id, position),
        UNIQUE (version_id, kind)
      ) STRICT;
${['synopsis_section', 'synopsis_coverage'].map(frozenWithVersion).join('\n')}

      CREATE VIRTUAL TABLE synopsis_fts USING fts5 (body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
    `);
  },
};

function frozenWithVersion(table: string): string {
  const changes = [
    ['INSERT', 'NEW'],
    ['UPDATE', 'OLD'],
    ['DELETE', 'OLD'],
  ] as const;
  return changes
    .map(
      ([change, row]) => `
      CREATE TRIGGER ${table}_frozen_${change.toLowerCase()} BEFORE ${change} ON ${table}
      WHEN (SELECT state FROM synopsis_version WHERE id = ${row}.version_id) <> 'making'
      BEGIN SELECT RAISE (ABORT, 'a finished version is immutable'); END;`,
    )
    .join('');
}
