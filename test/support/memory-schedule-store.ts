import type { ScheduleId } from '../../src/shared/domain/ids.ts';
import type { ScheduleRow, ScheduleRun, ScheduleStore, StoredSchedule } from '../../src/main/engine/schedule-store.ts';
import { scheduleRunsKept } from '../../src/shared/domain/schedule.ts';

interface Entry {
  readonly row: ScheduleRow;
  readonly lastJobId: StoredSchedule['lastJobId'];
  /** Newest planned time first. */
  readonly runs: readonly ScheduleRun[];
}

/** The schedules' port in memory: entries are values, a transaction keeps the map of before and puts it back. */
export function createMemoryScheduleStore(keepRuns = scheduleRunsKept): ScheduleStore {
  let entries = new Map<ScheduleId, Entry>();
  const read = ({ row, lastJobId, runs }: Entry): StoredSchedule => ({ ...row, lastJobId, lastRun: runs[0] ?? null });
  const waiting = (): StoredSchedule[] =>
    [...entries.values()]
      .map(read)
      .filter(schedule => schedule.enabled && schedule.nextAtMs !== null)
      .sort((a, b) => (a.nextAtMs ?? 0) - (b.nextAtMs ?? 0) || (a.id < b.id ? -1 : 1));
  return {
    transaction(work) {
      const before = new Map(entries);
      try {
        return work();
      } catch (error) {
        entries = before;
        throw error;
      }
    },
    list: () => [...entries.values()].map(read).sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)),
    find(id) {
      const entry = entries.get(id);
      return entry === undefined ? null : read(entry);
    },
    count: () => entries.size,
    put(row) {
      const before = entries.get(row.id);
      entries.set(row.id, {
        row: { ...row, createdAtMs: before?.row.createdAtMs ?? row.createdAtMs },
        lastJobId: before?.lastJobId ?? null,
        runs: before?.runs ?? [],
      });
    },
    remove: id => entries.delete(id),
    setNext(id, next) {
      const entry = entries.get(id);
      if (entry === undefined) return false;
      entries.set(id, { ...entry, row: { ...entry.row, ...next } });
      return true;
    },
    earliestNextAtMs: () => waiting()[0]?.nextAtMs ?? null,
    due: (nowMs, limit) =>
      waiting()
        .filter(schedule => (schedule.nextAtMs ?? 0) <= nowMs)
        .slice(0, limit),
    hasRun: (id, plannedAtMs) => entries.get(id)?.runs.some(run => run.plannedAtMs === plannedAtMs) ?? false,
    recordRun(id, run) {
      const entry = entries.get(id);
      if (entry === undefined) throw new Error(`There is no schedule ${id}.`);
      if (entry.runs.some(other => other.plannedAtMs === run.plannedAtMs)) return false;
      const runs = [...entry.runs, run].sort((a, b) => b.plannedAtMs - a.plannedAtMs).slice(0, keepRuns);
      entries.set(id, { ...entry, lastJobId: run.jobId ?? entry.lastJobId, runs });
      return true;
    },
    runs: (id, limit) => (entries.get(id)?.runs ?? []).slice(0, limit),
  };
}
