import { bullmq } from './bullmq.ts';
import type { ForeignEngine, ForeignName } from './engine-under-test.ts';
import { graphileWorker } from './graphile-worker.ts';
import { liteque } from './liteque.ts';
import { pgBoss } from './pg-boss.ts';
import { plainjob } from './plainjob.ts';

export const foreignEngines: Readonly<Record<ForeignName, ForeignEngine>> = {
  plainjob,
  liteque,
  bullmq,
  'pg-boss': pgBoss,
  'graphile-worker': graphileWorker,
};
