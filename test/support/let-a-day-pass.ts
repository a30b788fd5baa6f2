import { openConnection } from '../../src/main/store/connection.ts';
import { dataFolder } from '../../src/main/store/data-folder.ts';

const dayMs = 86_400_000;

/** As if the program had been closed since before the planned times of its schedules. */
export function letADayPass(dataDir: string): void {
  const db = openConnection(dataFolder(dataDir).database, { mustExist: true });
  db.prepare('UPDATE schedule SET next_at_ms = next_at_ms - ?').run(dayMs);
  db.prepare('UPDATE schedule_run SET planned_at_ms = planned_at_ms - ?').run(dayMs);
  db.close();
}
