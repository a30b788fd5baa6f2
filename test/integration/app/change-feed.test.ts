import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { v7 } from 'uuid';
import { jobId } from '../../../src/shared/domain/ids.ts';
import { createEventHub } from '../../../src/main/ipc/event-hub.ts';
import { openConnection } from '../../../src/main/store/connection.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import { migrate } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { createStore } from '../../../src/main/store/store.ts';
import { createChangeFeed } from '../../../src/main/app/change-feed.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { newJob } from '../../support/new-job.ts';

function material() {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const db = openConnection(join(folder.path, 'test.sqlite'));
  onTestFinished(() => {
    db.close();
  });
  migrate(db, migrations, () => undefined);
  const store = createStore(db, { artifacts: '/nowhere', staging: '/nowhere', setAside: '/nowhere', backups: '/nowhere' });
  const events = createEventHub();
  const told: string[] = [];
  events.subscribe(({ route }) => told.push(route));
  const later: (() => void)[] = [];
  const reported: unknown[] = [];
  const status = () => ({ running: 0, queued: 0, waiting: 0, paused: false, workers: [], storage: 'ok' as const });
  const feed = createChangeFeed({
    store,
    jobViews: createJobViews(db),
    events,
    asShown: message => message,
    status,
    now: () => 0,
    later: work => later.push(work),
    report: error => reported.push(error),
  });
  return {
    db,
    feed,
    told,
    reported,
    runLater: () => {
      for (const work of later.splice(0)) work();
    },
  };
}

describe('the change feed', () => {
  test('goes on after a row that cannot be shown, and does not try it again', () => {
    const { db, feed, told, reported, runLater } = material();
    const id = jobId.parse(v7());
    createJobRepository(db).insert([newJob(id, { title: 'x'.repeat(501), dueAtMs: 0, nowMs: 0 })]);
    feed.job({ type: 'progress', jobId: id });
    feed.status();
    runLater();
    expect(told).toEqual(['status.changed']);
    expect(reported).toHaveLength(1);
    feed.status();
    runLater();
    expect(told).toEqual(['status.changed', 'status.changed']);
    expect(reported).toHaveLength(1);
  });

  test('closed, it does not touch the store any more', () => {
    const { db, feed, told, reported, runLater } = material();
    feed.status();
    feed.close();
    expect(told).toEqual(['status.changed']);
    feed.job({ type: 'progress', jobId: jobId.parse(v7()) });
    db.close();
    runLater();
    expect(told).toEqual(['status.changed']);
    expect(reported).toEqual([]);
  });
});
