import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contract } from '../../src/shared/contract/contract.ts';
import { toPageFrame } from '../../src/shared/contract/wire.ts';
import { serveChannel } from '../../src/main/ipc/channel.ts';
import { createDispatch } from '../../src/main/ipc/dispatch.ts';
import { createEventHub } from '../../src/main/ipc/event-hub.ts';
import { stubCalls, stubStreams } from '../support/stub-handlers.ts';

const caller = { channelId: 'fuzz', kind: 'window' as const, signal: new AbortController().signal };
const dispatch = createDispatch({ calls: stubCalls({}), streams: stubStreams({}), reportUnexpected: () => undefined });
const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true });

test('whatever is asked, a call resolves to an envelope that survives a clone', async () => {
  const route = fc.oneof(
    fc.constantFrom(...Object.keys(contract)),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(route, anything, async (name, input) => {
      const result = structuredClone(await dispatch.call(name, input, caller));
      expect(typeof result.ok).toBe('boolean');
    }),
    { numRuns: 2_000 },
  );
});

test('names of the prototype and of other kinds of routes are unknown', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'jobs.changed', 'jobs.follow']) {
    expect(await dispatch.call(name, {}, caller)).toMatchObject({ ok: false, error: { code: 'unknown_route' } });
  }
});

test('whatever arrives on a channel, what goes out is a frame', async () => {
  const sent: unknown[] = [];
  const channel = serveChannel({ dispatch, events: createEventHub(), kind: 'window', send: frame => sent.push(frame) });
  const frame = fc.oneof(
    anything,
    fc.record(
      {
        type: fc.constantFrom('call', 'stream-open', 'stream-credit', 'stream-cancel'),
        id: fc.integer(),
        route: fc.string(),
        input: anything,
        credit: fc.integer(),
        chunks: fc.integer(),
      },
      { requiredKeys: ['type'] },
    ),
  );
  await fc.assert(
    fc.asyncProperty(frame, async raw => {
      channel.receive(raw);
      await Promise.resolve();
    }),
    { numRuns: 2_000 },
  );
  await new Promise(resolve => setImmediate(resolve));
  for (const frameOut of sent) expect(toPageFrame.safeParse(frameOut).success).toBe(true);
  channel.close();
});
