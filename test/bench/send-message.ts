/**
 * How soon the program acknowledges a message over its WebSocket, with an empty queue and with 1,000 jobs in it. The queue is
 * paused and each sent message's job is cancelled again, so that the queue keeps its length; the two programs take turns.
 * `node test/bench/send-message.ts`.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from '../../src/shared/contract/client.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { value } from '../support/program/running-program.ts';
import { benchFolder } from './program/bench-folder.ts';
import { startBuilt, type BuiltProgram } from './program/built-program.ts';
import { percentile } from './report/percentile.ts';
import { report } from './report/report.ts';

const queueLength = 1_000;
const sends = 300;
/** Sent first and not counted: the code is compiled and the file has its pages. */
const warmUp = 30;

interface Sender {
  readonly program: BuiltProgram;
  readonly client: Client;
  readonly session: SessionId;
  readonly times: number[];
}

async function startSender(dataDir: string, queued: number): Promise<Sender> {
  const program = await startBuilt(dataDir);
  const client = await program.connect();
  value(await client.call('app.setPaused', { paused: true }));
  const session = await newChat(client);
  const other = await newChat(client);
  for (let n = 0; n < queued; n += 1) await send(client, other, n);
  const { counts } = value(await client.call('jobs.list', {}));
  if (counts.queued !== queued) throw new Error(`The queue holds ${counts.queued} jobs where ${queued} were sent.`);
  return { program, client, session, times: [] };
}

async function newChat(client: Client): Promise<SessionId> {
  return value(await client.call('sessions.create', { requestKey: randomUUID() })).id;
}

async function send(client: Client, session: SessionId, n: number) {
  const text = `Вопрос ${n}: когда начинается второй этап и кто за него отвечает?`;
  return value(await client.call('messages.send', { sessionId: session, requestKey: randomUUID(), text }));
}

async function sendOnce({ client, session, times }: Sender, n: number): Promise<void> {
  const startedAt = performance.now();
  const { answer } = await send(client, session, n);
  if (n >= warmUp) times.push(performance.now() - startedAt);
  value(await client.call('messages.stop', { messageId: answer.id }));
}

using folder = benchFolder();
const empty = await startSender(folder.at('empty'), 0);
const full = await startSender(folder.at('full'), queueLength);
try {
  for (let n = 0; n < warmUp + sends; n += 1) {
    await sendOnce(empty, n);
    await sendOnce(full, n);
  }
} finally {
  await empty.program.stop();
  await full.program.stop();
}

for (const [name, share] of [
  ['p50', 0.5],
  ['p95', 0.95],
] as const) {
  const without = percentile(empty.times, share);
  const withQueue = percentile(full.times, share);
  report(`a message is acknowledged, ${name}, nothing queued`, without, 'ms');
  report(`a message is acknowledged, ${name}, 1,000 queued`, withQueue, 'ms', {
    note: `×${(withQueue / without).toFixed(2)} of an empty queue; ${sends} each, in turns`,
  });
}
