/**
 * `synopses.open` in main with 1,000 synopses in the database, the one of a 300-page book in full detail among them.
 * `node test/bench/reopen-synopsis.ts`.
 */
import { createInProcessChannel } from '../../src/main/ipc/in-process-channel.ts';
import { createClient } from '../../src/shared/contract/client.ts';
import type { CallOutput } from '../../src/shared/contract/contract.ts';
import { sessionId, type SessionId } from '../../src/shared/domain/ids.ts';
import { value } from '../support/program/running-program.ts';
import { benchFolder } from './program/bench-folder.ts';
import { makeBook } from './program/book.ts';
import { startHostInProcess } from './program/host-in-process.ts';
import { writeLongHistory } from './program/long-history.ts';
import { makeSynopsisOf } from './program/make-synopsis.ts';
import { percentile } from './report/percentile.ts';
import { report } from './report/report.ts';

const pageCount = 300;
const synopses = 1_000;
const opensOfLarge = 200;
/** A click that is answered within this feels immediate together with its drawing. */
const target = { atMost: 50 };

using folder = benchFolder();
await writeLongHistory(folder.path, { finishedJobs: 10 * synopses, synopses });
const host = await startHostInProcess(folder.path);
try {
  const local = createInProcessChannel({ dispatch: host.app.dispatch, events: host.app.events });
  const client = createClient(local.channel);
  const chats: SessionId[] = [];
  for (let before: string | null = null; ;) {
    const page: CallOutput<'sessions.list'> = value(await client.call('sessions.list', { limit: 200, before }));
    chats.push(...page.sessions.map(({ id }) => sessionId.parse(id)));
    before = page.next;
    if (before === null) break;
  }
  const { sessionId: large, version } = await makeSynopsisOf(client, { name: 'book.pdf', bytes: await makeBook(pageCount, 1) }, 'full');

  const caller = { channelId: 'bench', kind: 'window' as const, signal: new AbortController().signal };
  const timesOf = async (sessions: readonly SessionId[]): Promise<number[]> => {
    const times: number[] = [];
    for (const session of sessions) {
      const startedAt = performance.now();
      const opened = await host.app.dispatch.call('synopses.open', { sessionId: session, versionId: null }, caller);
      times.push(performance.now() - startedAt);
      value(opened);
    }
    return times;
  };
  const tell = (what: string, times: readonly number[], note: string): void => {
    report(`${what}, p95`, percentile(times, 0.95), 'ms', {
      target,
      note: `p50 ${percentile(times, 0.5).toFixed(2)} ms, longest ${percentile(times, 1).toFixed(1)} ms; ${note}`,
    });
  };
  tell('open each of a thousand finished synopses', await timesOf(chats), `${chats.length} of ${synopses + 1}, each for the first time`);
  const items = version.sections.reduce((sum, section) => sum + section.items.length, 0);
  tell(
    `open the synopsis of ${pageCount} pages`,
    await timesOf(Array.from({ length: opensOfLarge }, () => large)),
    `${version.sections.length} sections, ${items} items, ${(JSON.stringify(version).length / 1_000).toFixed(0)} thousand characters of JSON`,
  );
  local.close();
} finally {
  await host.close();
}
