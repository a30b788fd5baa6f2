import type { Migration } from '../migrate.ts';

/** What jobs ask a person. The table of before was made for it and never written to. */
export const migration: Migration = {
  version: 140,
  name: 'approvals',
  up(db) {
    db.exec(`
      DROP TABLE approval;
      CREATE TABLE approval (
        id              TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
        job_id          TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        -- Names the question within its job: asked again after a restart it is the same question.
        key             TEXT    NOT NULL,
        type            TEXT    NOT NULL CHECK (type IN ('approval', 'question')),
        tool            TEXT    NOT NULL,
        title           TEXT    NOT NULL,
        requested_at_ms INTEGER NOT NULL,
        expires_at_ms   INTEGER,
        when_expired    TEXT    NOT NULL CHECK (when_expired IN ('allow', 'deny')),
        decision        TEXT    CHECK (decision IN ('allow', 'deny')),
        answer          TEXT,
        scope           TEXT    CHECK (scope IN ('once', 'job')),
        decided_by      TEXT    CHECK (decided_by IN ('person', 'expiry', 'policy')),
        decided_at_ms   INTEGER,
        -- Its job has ended, or asks something else in its place: it speaks for nothing any more.
        closed_at_ms    INTEGER,
        -- Last: they may be long, and what comes before them is read without them.
        destination     TEXT,
        choices         TEXT    NOT NULL CHECK (json_valid(choices)),
        payload         TEXT,
        CHECK ((decision IS NULL) = (decided_at_ms IS NULL)),
        CHECK ((decision IS NULL) = (decided_by IS NULL)),
        CHECK ((decision IS NULL) = (scope IS NULL)),
        CHECK (answer IS NULL OR decision IS NOT NULL),
        -- A yes that reaches further says where to.
        CHECK (scope IS NOT 'job' OR (type = 'approval' AND decision = 'allow' AND destination IS NOT NULL))
      ) STRICT;
      CREATE UNIQUE INDEX approval_key ON approval (job_id, key) WHERE closed_at_ms IS NULL;
      CREATE INDEX approval_job  ON approval (job_id, id);
      CREATE INDEX approval_open ON approval (id) WHERE decision IS NULL AND closed_at_ms IS NULL;

      -- An answer stands: neither a second window nor the clock changes it.
      CREATE TRIGGER approval_answered_once BEFORE UPDATE OF decision, answer, scope, decided_by, decided_at_ms ON approval
      WHEN OLD.decision IS NOT NULL OR OLD.closed_at_ms IS NOT NULL
      BEGIN SELECT RAISE (ABORT, 'an answered or closed question does not change'); END;

      -- However a job ends, in the same transaction: what it asks is asked no more, and what was allowed it is over.
      CREATE TRIGGER approval_of_ended_job AFTER UPDATE OF state ON job
      WHEN NEW.state IN ('done', 'failed', 'cancelled') AND OLD.state <> NEW.state BEGIN
        UPDATE approval SET closed_at_ms = coalesce(NEW.finished_at_ms, requested_at_ms) WHERE job_id = NEW.id AND closed_at_ms IS NULL;
      END;
    `);
  },
};
