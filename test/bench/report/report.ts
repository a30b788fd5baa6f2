import { rowLine } from './table.ts';
import type { BenchRow, Target } from './row.ts';

/** Says one figure: as a line for whoever runs the bench alone, as a row to the run that started it. */
export function report(what: string, value: number, unit: string, more: { readonly target?: Target; readonly note?: string } = {}): void {
  send({ kind: 'measured', what, value, unit, target: more.target ?? null, note: more.note ?? '' });
}

/** Says in one sentence why a figure cannot be taken here. */
export function skip(what: string, why: string): void {
  send({ kind: 'skipped', what, why });
}

function send(row: BenchRow): void {
  console.log(`  ${rowLine(row)}`);
  process.send?.(row);
}
