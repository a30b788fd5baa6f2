import { z } from 'zod';

const target = z.union([z.strictObject({ atLeast: z.number() }), z.strictObject({ atMost: z.number() })]);
export type Target = z.output<typeof target>;

const measured = z.strictObject({
  kind: z.literal('measured'),
  /** What was measured, as a person reads it in the table. */
  what: z.string().min(1),
  value: z.number(),
  unit: z.string().min(1),
  target: target.nullable(),
  /** What the figure was made from, or what stands beside it. */
  note: z.string(),
});

const skipped = z.strictObject({ kind: z.literal('skipped'), what: z.string().min(1), why: z.string().min(1) });

/** One figure of one bench, or the reason why this machine cannot give it. */
export const benchRow = z.discriminatedUnion('kind', [measured, skipped]);
export type BenchRow = z.output<typeof benchRow>;
