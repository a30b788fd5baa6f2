/** The five fields of a cron expression in their order, with the numbers they take (crontab(5); Sunday is 0 and 7). */
export const cronFields = ['minute', 'hour', 'monthDay', 'month', 'weekday'] as const;
export type CronField = (typeof cronFields)[number];

const bounds: Readonly<Record<CronField, { readonly from: number; readonly to: number }>> = {
  minute: { from: 0, to: 59 },
  hour: { from: 0, to: 23 },
  monthDay: { from: 1, to: 31 },
  month: { from: 1, to: 12 },
  weekday: { from: 0, to: 7 },
};

/** What is wrong with a cron expression, as far as a person can be led to the place. */
export type CronFault =
  | { readonly kind: 'field_count'; readonly count: number }
  | { readonly kind: 'out_of_range'; readonly field: CronField; readonly value: string; readonly from: number; readonly to: number }
  /** A range whose end comes before its beginning. */
  | { readonly kind: 'backwards'; readonly field: CronField; readonly value: string }
  | { readonly kind: 'zero_step'; readonly field: CronField; readonly value: string };

/** The first fault that can be named; null for an expression without one, and for one whose fault has no better name than "no cron expression". */
export function cronFault(expression: string): CronFault | null {
  const text = expression.trim();
  if (text === '' || text.startsWith('@')) return null;
  const fields = text.split(/\s+/u);
  if (fields.length !== cronFields.length) return { kind: 'field_count', count: fields.length };
  for (const [at, field] of cronFields.entries())
    for (const value of (fields[at] ?? '').split(',')) {
      const fault = faultOf(value, field);
      if (fault !== null) return fault;
    }
  return null;
}

/** One entry of a field's list: `*`, `5`, `1-5`, any of them with a step `/2`. Names of months and days are left to the reader. */
function faultOf(value: string, field: CronField): CronFault | null {
  const parts = /^(?:\*|(?<first>\d+)(?:-(?<last>\d+))?)(?:\/(?<step>\d+))?$/u.exec(value)?.groups;
  if (parts === undefined) return null;
  const { from, to } = bounds[field];
  const numbers = [parts['first'], parts['last']].filter(each => each !== undefined).map(Number);
  if (numbers.some(number => number < from || number > to)) return { kind: 'out_of_range', field, value, from, to };
  const [first, last] = numbers;
  if (first !== undefined && last !== undefined && last < first) return { kind: 'backwards', field, value };
  return parts['step'] !== undefined && Number(parts['step']) === 0 ? { kind: 'zero_step', field, value } : null;
}
