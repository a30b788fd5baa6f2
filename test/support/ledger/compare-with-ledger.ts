import type { Database } from '../../../src/main/store/connection.ts';
import type { Violation } from '../invariants/violations.ts';
import { rowsOf } from '../invariants/invariant.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/**
 * Compares a database with what was acknowledged: nothing lost, no end changed, no recorded step run again, no job left
 * over. A step whose output was not acknowledged may have run once more for each death; its effect has one key, and a
 * provider that knows the key lets it happen once. An effect that happens with each sending is sent once, and once more for
 * each time that somebody who looked, or a person, has said so. A step that was set aside may run again.
 */
export function violationsOfLedger(db: Database, entries: readonly LedgerEntry[]): readonly Violation[] {
  const found: Violation[] = [];
  const breach = (invariant: string, what: string): void => {
    found.push({ invariant: `ledger-${invariant}`, what });
  };
  const states = new Map(rowsOf(db, 'SELECT id, state FROM job').map(row => [String(row['id']), String(row['state'])]));
  const retried = new Set(
    rowsOf(db, "SELECT DISTINCT job_id AS id FROM job_event WHERE type = 'retried_by_hand'").map(row => String(row['id'])),
  );
  const keyed = (sql: string): ReadonlyMap<string, number> => new Map(rowsOf(db, sql).map(row => [String(row['key']), Number(row['n'])]));
  const kept = keyed(`
    SELECT job_id || '/' || name AS key, count(*) AS n
    FROM (SELECT job_id, name, output FROM job_step UNION ALL SELECT job_id, name, output FROM job_step_superseded)
    WHERE output IS NOT NULL GROUP BY 1`);
  const setAside = keyed("SELECT job_id || '/' || name AS key, count(*) AS n FROM job_step_superseded WHERE output IS NOT NULL GROUP BY 1");
  /** Steps that nobody ran: what a fork has from its parent, and what a person said. */
  const given = keyed(`
    SELECT job_id || '/' || name AS key, 1 AS n FROM job_step JOIN job ON job.id = job_id
    WHERE decision = 'done' OR decision = 'drop' OR forked_from IS NOT NULL AND (
      (forked_from, name) IN (SELECT job_id, name FROM job_step) OR (forked_from, name) IN (SELECT job_id, name FROM job_step_superseded))`);
  const sendings = keyed(`
    SELECT step.job_id || '/' || step.name AS key, count(*) + (
      SELECT count(*) FROM job_event WHERE job_event.job_id = step.job_id AND type = 'not_done' AND detail = step.name) AS n
    FROM (SELECT job_id, name, effect_class FROM job_step UNION ALL SELECT job_id, name, effect_class FROM job_step_superseded) AS step
    WHERE effect_class = 'once' GROUP BY step.job_id, step.name`);
  const announced = keyed(`
    SELECT DISTINCT job_id || '/' || detail AS key, 1 AS n FROM job_event WHERE type = 'dispatched'`);
  const keys = new Map<string, string>();
  const ended = new Map<string, string>();
  /** How often it was acknowledged as recorded. */
  const recorded = new Map<string, number>();
  const sent = new Map<string, number>();
  const happened = new Set<string>();

  for (const entry of entries) {
    if (entry.what === 'enqueued') {
      const before = keys.get(entry.key);
      if (before !== undefined && before !== entry.jobId)
        breach('one-job-a-key', `${entry.key} was acknowledged as ${before} and as ${entry.jobId}`);
      keys.set(entry.key, entry.jobId);
      if (!states.has(entry.jobId)) breach('lost', `${entry.key}: job ${entry.jobId} was acknowledged and is not there`);
    } else if (entry.what === 'ended') {
      if (ended.has(entry.jobId) && !retried.has(entry.jobId)) breach('ended-twice', `job ${entry.jobId}: ${entry.state}`);
      ended.set(entry.jobId, entry.state);
    } else if (entry.what === 'effect') {
      const key = `${entry.jobId}/${entry.step}`;
      if ((recorded.get(key) ?? 0) > (setAside.get(key) ?? 0)) breach('run-again', `${key} was recorded, and run again`);
      sent.set(key, (sent.get(key) ?? 0) + 1);
      if (entry.first === happened.has(key)) breach('effect-once', `${key} took effect ${entry.first ? 'twice' : 'never'}`);
      happened.add(key);
    } else if (entry.what === 'restored') {
      sent.clear();
    } else if (entry.what === 'recorded') {
      const key = `${entry.jobId}/${entry.step}`;
      recorded.set(key, (recorded.get(key) ?? 0) + 1);
      if (!kept.has(key)) breach('step-lost', `${key} was acknowledged and is not there`);
    }
  }
  // A retried job has ended anew, and a kill may have come before anybody was told.
  for (const [id, state] of ended)
    if (states.get(id) !== state && !retried.has(id)) breach('end-changed', `job ${id} ended ${state} and is ${states.get(id) ?? 'gone'}`);
  for (const [key, allowed] of sendings)
    if ((sent.get(key) ?? 0) > allowed) breach('sent-again', `${key} was sent ${sent.get(key) ?? 0} times, and ${allowed} were called for`);
  for (const key of sent.keys())
    if (isEffect(key) && !announced.has(key)) breach('sent-unannounced', `${key} was sent, and the journal has not heard of it`);
  for (const key of kept.keys())
    if (!happened.has(key) && !given.has(key)) breach('step-from-nowhere', `${key} is recorded and was never run`);
  for (const [id, state] of states) if (!['done', 'failed', 'cancelled'].includes(state)) breach('not-ended', `job ${id} is ${state}`);
  return found;
}

/** By the kinds of the scenarios and the chaos: what these steps do outside is declared. */
function isEffect(key: string): boolean {
  return /\/(?:send|put):/u.test(key);
}
