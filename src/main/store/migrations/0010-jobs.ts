import type { Migration } from '../migrate.ts';

/**
 * The job engine's tables. The states, final states, wait reasons and legal moves are written out here, since a released
 * migration never changes; `0010-jobs.test.ts` compares them with `shared/domain/job-state.ts`.
 *
 * The hot row is `job`. What is large or read only by the inspector lives beside it: payloads over 4 kB in `job_payload`,
 * recorded outputs in `job_step`, the trail in `job_event`. Kinds are not listed in a CHECK: a new kind is no migration.
 */
export const migration: Migration = {
  version: 10,
  name: 'jobs',
  up(db) {
    db.exec(jobTable);
    db.exec(besideTheJob);
    db.exec(seams);
  },
};

const jobTable = `
  CREATE TABLE job (
    id                     TEXT    NOT NULL PRIMARY KEY,
    kind                   TEXT    NOT NULL,
    session_id             TEXT,
    parent_id              TEXT    REFERENCES job (id) ON DELETE SET NULL,
    title                  TEXT    NOT NULL,
    -- The title folded to lower case by the program: SQLite folds ASCII only.
    search_text            TEXT    NOT NULL,
    idempotency_key        TEXT    NOT NULL,
    trace_id               TEXT    NOT NULL,
    provider               TEXT,
    priority               INTEGER NOT NULL,
    -- NULL when the payload is in job_payload.
    payload                TEXT    CHECK (payload IS NULL OR json_valid(payload)),
    state                  TEXT    NOT NULL CHECK (state IN ('scheduled', 'queued', 'running', 'waiting', 'done', 'failed', 'cancelled')),
    outcome                TEXT    CHECK (outcome IS NULL OR outcome IN ('ok', 'issues')),
    issues                 TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(issues)),
    due_at_ms              INTEGER NOT NULL CHECK (due_at_ms >= 0),
    -- Attempts that count; one given back unharmed does not.
    attempt                INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    max_attempts           INTEGER NOT NULL CHECK (max_attempts BETWEEN 1 AND 100),
    -- Times the machinery lost the job since it last recorded a step, and times its worker died under it.
    losses                 INTEGER NOT NULL DEFAULT 0 CHECK (losses >= 0),
    worker_deaths          INTEGER NOT NULL DEFAULT 0 CHECK (worker_deaths >= 0),
    lease_token            TEXT,
    cancel_requested_at_ms INTEGER,
    wait_reason            TEXT    CHECK (wait_reason IS NULL OR wait_reason IN ('approval', 'answer', 'network', 'budget', 'children', 'provider', 'disk')),
    wait_detail            TEXT    CHECK (wait_detail IS NULL OR json_valid(wait_detail)),
    wait_expires_at_ms     INTEGER,
    error_code             TEXT,
    error_message          TEXT,
    progress               TEXT    CHECK (progress IS NULL OR json_valid(progress)),
    steps_done             INTEGER NOT NULL DEFAULT 0 CHECK (steps_done >= 0),
    created_at_ms          INTEGER NOT NULL,
    started_at_ms          INTEGER,
    finished_at_ms         INTEGER,
    last_news_at_ms        INTEGER,
    panel_group            TEXT    NOT NULL GENERATED ALWAYS AS (
      CASE
        WHEN state = 'waiting' AND wait_reason IN ('approval', 'answer', 'budget') THEN 'needsYou'
        WHEN state IN ('waiting', 'queued', 'scheduled') THEN 'queued'
        -- Cancelled is neutral: it is listed with what has ended and is never counted as a failure.
        WHEN state IN ('done', 'cancelled') THEN 'done'
        ELSE state
      END) VIRTUAL,
    panel_at_ms            INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(finished_at_ms, created_at_ms)) VIRTUAL,
    CHECK ((lease_token IS NOT NULL) = (state = 'running')),
    CHECK ((wait_reason IS NOT NULL) = (state = 'waiting')),
    CHECK ((finished_at_ms IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))),
    CHECK ((outcome IS NOT NULL) = (state = 'done')),
    CHECK ((error_code IS NULL) = (error_message IS NULL)),
    CHECK (state <> 'failed' OR error_code IS NOT NULL),
    CHECK (attempt <= max_attempts)
  ) STRICT;

  CREATE UNIQUE INDEX job_active_key ON job (idempotency_key) WHERE state IN ('scheduled', 'queued', 'running', 'waiting');
  CREATE INDEX job_queued    ON job (kind, priority DESC, due_at_ms, id) WHERE state = 'queued';
  CREATE INDEX job_scheduled ON job (due_at_ms, id)                      WHERE state = 'scheduled';
  CREATE UNIQUE INDEX job_running ON job (lease_token)                   WHERE state = 'running';
  CREATE INDEX job_waiting   ON job (wait_expires_at_ms, id)             WHERE state = 'waiting';
  CREATE INDEX job_panel     ON job (panel_group, panel_at_ms DESC, id DESC);
  CREATE INDEX job_session   ON job (session_id, id DESC)                WHERE session_id IS NOT NULL;
  CREATE INDEX job_parent    ON job (parent_id)                          WHERE parent_id IS NOT NULL;

  CREATE TRIGGER job_legal_move BEFORE UPDATE OF state ON job WHEN OLD.state <> NEW.state AND NOT (
       OLD.state = 'scheduled' AND NEW.state IN ('queued', 'waiting', 'failed', 'cancelled')
    OR OLD.state = 'queued'    AND NEW.state IN ('running', 'waiting', 'failed', 'cancelled')
    OR OLD.state = 'running'   AND NEW.state IN ('done', 'failed', 'scheduled', 'queued', 'waiting', 'cancelled')
    OR OLD.state = 'waiting'   AND NEW.state IN ('queued', 'failed', 'cancelled')
    OR OLD.state IN ('failed', 'cancelled') AND NEW.state = 'queued'
  ) BEGIN SELECT RAISE(ABORT, 'illegal move of a job'); END;

  -- How many jobs there are in each state and group, so a count never walks the history.
  CREATE TABLE job_count (
    state       TEXT    NOT NULL,
    panel_group TEXT    NOT NULL,
    n           INTEGER NOT NULL,
    PRIMARY KEY (state, panel_group)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO job_count (state, panel_group, n) VALUES
    ('scheduled', 'queued', 0), ('queued', 'queued', 0), ('running', 'running', 0), ('waiting', 'needsYou', 0),
    ('waiting', 'queued', 0), ('done', 'done', 0), ('failed', 'failed', 0), ('cancelled', 'done', 0);
  CREATE TRIGGER job_count_insert AFTER INSERT ON job BEGIN
    UPDATE job_count SET n = n + 1 WHERE state = NEW.state AND panel_group = NEW.panel_group;
  END;
  CREATE TRIGGER job_count_delete AFTER DELETE ON job BEGIN
    UPDATE job_count SET n = n - 1 WHERE state = OLD.state AND panel_group = OLD.panel_group;
  END;
  CREATE TRIGGER job_count_move AFTER UPDATE OF state, wait_reason ON job
  WHEN OLD.state <> NEW.state OR OLD.panel_group <> NEW.panel_group BEGIN
    UPDATE job_count SET n = n - 1 WHERE state = OLD.state AND panel_group = OLD.panel_group;
    UPDATE job_count SET n = n + 1 WHERE state = NEW.state AND panel_group = NEW.panel_group;
  END;
`;

const besideTheJob = `
  CREATE TABLE job_payload (
    job_id  TEXT NOT NULL PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
    payload TEXT NOT NULL CHECK (json_valid(payload))
  ) STRICT;

  CREATE TABLE job_step (
    job_id           TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    name             TEXT    NOT NULL,
    -- 1-based over all attempts of the job, in the order the steps were recorded.
    seq              INTEGER NOT NULL CHECK (seq >= 1),
    attempt          INTEGER NOT NULL CHECK (attempt >= 1),
    output           TEXT    CHECK (output IS NULL OR json_valid(output)),
    started_at_ms    INTEGER NOT NULL,
    finished_at_ms   INTEGER,
    -- The journal of an outside effect: written before it is sent and again with what came of it.
    effect_class     TEXT    NOT NULL DEFAULT 'none' CHECK (effect_class IN ('none', 'read', 'idempotent', 'once')),
    effect_key       TEXT,
    dispatched_at_ms INTEGER,
    effect_outcome   TEXT    CHECK (effect_outcome IS NULL OR effect_outcome IN ('succeeded', 'failed', 'indeterminate')),
    -- The finished step that this one undoes.
    compensates      TEXT,
    PRIMARY KEY (job_id, seq),
    UNIQUE (job_id, name),
    FOREIGN KEY (job_id, compensates) REFERENCES job_step (job_id, name),
    CHECK ((output IS NULL) = (finished_at_ms IS NULL)),
    CHECK (output IS NOT NULL OR dispatched_at_ms IS NOT NULL),
    CHECK ((effect_class IN ('none', 'read')) = (dispatched_at_ms IS NULL))
  ) STRICT;
  CREATE INDEX job_step_undone_by ON job_step (job_id, compensates) WHERE compensates IS NOT NULL;
  CREATE INDEX job_step_in_flight ON job_step (job_id) WHERE dispatched_at_ms IS NOT NULL AND effect_outcome IS NULL;

  CREATE TABLE job_event (
    job_id TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    seq    INTEGER NOT NULL CHECK (seq >= 1),
    type   TEXT    NOT NULL,
    at_ms  INTEGER NOT NULL,
    detail TEXT,
    PRIMARY KEY (job_id, seq)
  ) STRICT, WITHOUT ROWID;
`;

/** Tables that waits, budgets and schedules write to; the engine of today leaves them empty. */
const seams = `
  CREATE TABLE approval (
    id               TEXT    NOT NULL PRIMARY KEY,
    job_id           TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    step_name        TEXT    NOT NULL,
    type             TEXT    NOT NULL CHECK (type IN ('approval', 'question')),
    scope            TEXT    NOT NULL CHECK (json_valid(scope)),
    requested_at_ms  INTEGER NOT NULL,
    expires_at_ms    INTEGER,
    default_decision TEXT    NOT NULL CHECK (default_decision IN ('allow', 'deny')),
    decision         TEXT    CHECK (decision IS NULL OR decision IN ('allow', 'deny')),
    answer           TEXT    CHECK (answer IS NULL OR json_valid(answer)),
    decided_by       TEXT    CHECK (decided_by IS NULL OR decided_by IN ('person', 'expiry', 'policy')),
    decided_at_ms    INTEGER,
    CHECK ((decision IS NULL) = (decided_at_ms IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL))
  ) STRICT;
  CREATE INDEX approval_job  ON approval (job_id);
  CREATE INDEX approval_open ON approval (expires_at_ms, id) WHERE decision IS NULL;

  CREATE TABLE job_budget (
    job_id  TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    unit    TEXT    NOT NULL CHECK (unit IN ('steps', 'tokens', 'microUsd', 'minutes')),
    granted INTEGER NOT NULL CHECK (granted >= 0),
    spent   INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
    PRIMARY KEY (job_id, unit)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE schedule (
    id               TEXT    NOT NULL PRIMARY KEY,
    kind             TEXT    NOT NULL,
    session_id       TEXT,
    title            TEXT    NOT NULL,
    payload          TEXT    NOT NULL CHECK (json_valid(payload)),
    -- A recurrence as JSON with its time zone; the program computes next_due_at_ms from it.
    rule             TEXT    NOT NULL CHECK (json_valid(rule)),
    enabled          INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    next_due_at_ms   INTEGER,
    last_due_at_ms   INTEGER,
    last_job_id      TEXT    REFERENCES job (id) ON DELETE SET NULL,
    created_at_ms    INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX schedule_next ON schedule (next_due_at_ms, id) WHERE enabled = 1 AND next_due_at_ms IS NOT NULL;
  CREATE INDEX schedule_last_job ON schedule (last_job_id) WHERE last_job_id IS NOT NULL;

  -- One row the engine rewrites to learn whether the disk takes writes again.
  CREATE TABLE storage_probe (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    padding BLOB NOT NULL
  ) STRICT;
`;
