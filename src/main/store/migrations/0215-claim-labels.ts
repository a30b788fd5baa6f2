import type { Migration } from '../migrate.ts';

/** What was found of a claim belongs to its words and quotes, whichever versions of the synopsis it stands in. */
export const migration: Migration = {
  version: 215,
  name: 'claim-labels',
  up(db) {
    // Labels by version cannot be told by content here; the next look at a synopsis makes them anew.
    db.exec(`
      DROP TABLE synopsis_audit;
      CREATE TABLE synopsis_claim_label (
        synopsis_id TEXT    NOT NULL REFERENCES synopsis (id) ON DELETE CASCADE,
        claim       TEXT    NOT NULL CHECK (length(claim) = 64),
        verdict     TEXT    CHECK (verdict IN ('supported', 'partly', 'not')),
        figures     TEXT    NOT NULL CHECK (json_valid(figures)),
        judge       TEXT    NOT NULL CHECK (json_valid(judge)),
        job_id      TEXT    NOT NULL,
        at_ms       INTEGER NOT NULL,
        PRIMARY KEY (synopsis_id, claim)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
