import type { Target } from '../report/row.ts';
import { percentile } from '../report/percentile.ts';
import type { Contestant, Drained, NotMeasured, Session } from './contestant.ts';

/** One figure of every contestant that has it, by the contestant's name. */
export type Figures = ReadonlyMap<string, number>;

export interface Figure {
  readonly what: string;
  readonly unit: string;
  /** What ours is to reach, from the others' figures of the same run; null when what it is compared with was not measured. */
  readonly target: (others: Figures) => Target | null;
}

/** Figures taken together in one fresh session. */
export interface Row {
  readonly figures: readonly Figure[];
  measure(session: Session, contestant: Contestant): Promise<readonly (number | null)[] | NotMeasured>;
}

const atLeast =
  (name: string, factor: number) =>
  (others: Figures): Target | null => {
    const figure = others.get(name);
    return figure === undefined ? null : { atLeast: figure * factor };
  };
const below =
  (name: string) =>
  (others: Figures): Target | null => {
    const figure = others.get(name);
    return figure === undefined ? null : { atMost: figure };
  };
const perSecond = (count: number, ms: number): number => (count / ms) * 1_000;
const drained = ({ jobs, ms, cpuMicros }: Drained): readonly [number, number | null] => [
  perSecond(jobs, ms),
  cpuMicros === null ? null : cpuMicros / jobs,
];
const nothingAtAll = { why: 'It has no such call.' };
const single = (figure: number | NotMeasured): readonly number[] | NotMeasured => (typeof figure === 'number' ? [figure] : figure);

/** The rows in the order of the table. `share` is the part of each contestant's jobs to measure with, 0 to 1. */
export function benchRows(share: number, idlePickups: number): readonly Row[] {
  const some = (jobs: number): number => Math.ceil(jobs * share);
  return [
    {
      figures: [{ what: 'enqueue one by one', unit: 'jobs/s', target: atLeast('raw statements', 0.85) }],
      measure: async (session, { jobs }) => [perSecond(some(jobs.enqueue), await session.enqueueOneByOne(some(jobs.enqueue)))],
    },
    {
      figures: [{ what: 'enqueue in bulk', unit: 'jobs/s', target: atLeast('plainjob', 1.1) }],
      measure: async (session, { jobs }) =>
        jobs.bulk === 0 ? nothingAtAll : [perSecond(some(jobs.bulk), await session.enqueueBulk(some(jobs.bulk)))],
    },
    {
      figures: [{ what: 'no-op job, one at a time', unit: 'jobs/s', target: atLeast('plainjob', 1.1) }],
      async measure(session, { jobs }) {
        await session.enqueueBulk(some(jobs.one));
        return drained(await session.drain('one', some(jobs.one))).slice(0, 1);
      },
    },
    {
      figures: [
        { what: 'no-op job, best concurrency', unit: 'jobs/s', target: atLeast('graphile-worker', 1.1) },
        { what: 'processor time per job, best concurrency', unit: 'µs', target: below('graphile-worker') },
      ],
      async measure(session, { jobs }) {
        await session.enqueueBulk(some(jobs.best));
        return drained(await session.drain('best', some(jobs.best)));
      },
    },
    {
      figures: [
        { what: 'idle pickup, p50', unit: 'ms', target: below('bullmq') },
        { what: 'idle pickup, p99', unit: 'ms', target: below('bullmq') },
      ],
      async measure(session) {
        const pickups = await session.pickups(idlePickups);
        return pickups.length === 0 ? nothingAtAll : [percentile(pickups, 0.5), percentile(pickups, 0.99)];
      },
    },
    {
      figures: [{ what: 'killed worker to its job running again', unit: 'ms', target: () => ({ atMost: 100 }) }],
      measure: async session => single(await session.rerunAfterKill()),
    },
    {
      figures: [{ what: 'cancel reaches a running job in another process', unit: 'ms', target: () => ({ atMost: 50 }) }],
      measure: async session => single(await session.cancelReach()),
    },
  ];
}
