import { openStore } from '../../../src/main/store/open-store.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';

/** A newer build for the tests whose migration kills its own process, before or after the change that it makes. */
const [root = '', place = 'after'] = process.argv.slice(2);
const deadly = {
  version: (migrations.at(-1)?.version ?? 0) + 10,
  name: 'deadly',
  up(db: Parameters<(typeof migrations)[number]['up']>[0]): void {
    if (place === 'after') db.exec('CREATE TABLE half (a INTEGER) STRICT');
    process.kill(process.pid, 'SIGKILL');
    // The signal is delivered between two instructions of JavaScript at the latest; nothing after this may run.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  },
};
openStore({
  root,
  nowMs: Date.now,
  readerEntry: new URL('../../../src/main/store/reader-thread.ts', import.meta.url),
  migrations: [...migrations, deadly],
});
