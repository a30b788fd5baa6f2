import type { Database } from '../../../src/main/store/connection.ts';
import type { Violation } from '../invariants/violations.ts';
import { rowsOf } from '../invariants/invariant.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/**
 * Compares a database with what was acknowledged: nothing lost, no end changed, no recorded step run again, no job left
 * over. A step whose output was not acknowledged may have run once more for each death; its effect has one key, and a
 * provider that knows the key lets it happen once.
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
  const steps = new Set(
    rowsOf(db, 'SELECT job_id, name FROM job_step WHERE output IS NOT NULL').map(row => `${String(row['job_id'])}/${String(row['name'])}`),
  );
  const keys = new Map<string, string>();
  const ended = new Map<string, string>();
  const recorded = new Set<string>();
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
      if (recorded.has(key)) breach('run-again', `${key} was recorded, and run again`);
      if (entry.first === happened.has(key)) breach('effect-once', `${key} took effect ${entry.first ? 'twice' : 'never'}`);
      happened.add(key);
    } else if (entry.what === 'recorded') {
      const key = `${entry.jobId}/${entry.step}`;
      recorded.add(key);
      if (!steps.has(key)) breach('step-lost', `${key} was acknowledged and is not there`);
    }
  }
  // A retried job has ended anew, and a kill may have come before anybody was told.
  for (const [id, state] of ended)
    if (states.get(id) !== state && !retried.has(id)) breach('end-changed', `job ${id} ended ${state} and is ${states.get(id) ?? 'gone'}`);
  for (const key of steps) if (!happened.has(key)) breach('step-from-nowhere', `${key} is recorded and was never run`);
  for (const [id, state] of states) if (!['done', 'failed', 'cancelled'].includes(state)) breach('not-ended', `job ${id} is ${state}`);
  return found;
}
