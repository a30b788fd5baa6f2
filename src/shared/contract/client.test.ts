import { describe, expect, test } from 'vitest';
import type { ToHost, ToPage } from './wire.ts';
import { jobId } from '../domain/ids.ts';
import type { Channel, ChannelState } from './channel.ts';
import { createClient } from './client.ts';

/** A channel whose other end is the test. */
function createTestChannel() {
  const sent: ToHost[] = [];
  let toPage: (frame: ToPage) => void = () => {};
  let toState: (state: ChannelState) => void = () => {};
  const channel: Channel = {
    send: frame => void sent.push(frame),
    onFrame(listener) {
      toPage = listener;
      return () => {};
    },
    onState(listener) {
      toState = listener;
      return () => {};
    },
  };
  return { channel, sent, deliver: (frame: ToPage) => toPage(frame), state: (state: ChannelState) => toState(state) };
}

const someJob = jobId.parse('01890000-0000-7000-8000-000000000001');

function follow(client: ReturnType<typeof createClient>) {
  const chunks: unknown[] = [];
  const ends: unknown[] = [];
  const cancel = client.openStream(
    'jobs.follow',
    { jobId: someJob },
    { onChunk: chunk => chunks.push(chunk), onEnd: error => ends.push(error?.code ?? null) },
  );
  return { chunks, ends, cancel };
}

describe('calls', () => {
  test('are settled by their id, in whatever order answers come', async () => {
    const { channel, sent, deliver } = createTestChannel();
    const client = createClient(channel);
    const first = client.call('app.openLink', { url: 'https://a.example' });
    const second = client.call('app.openLink', { url: 'https://b.example' });
    expect(sent.map(frame => frame.id)).toEqual([1, 2]);
    deliver({ type: 'result', id: 2, result: { ok: true, value: {} } });
    deliver({ type: 'result', id: 1, result: { ok: false, error: { code: 'forbidden_link', message: '', retryable: false } } });
    expect((await first).ok).toBe(false);
    expect((await second).ok).toBe(true);
  });

  test('under way become disconnected when the channel is lost, later ones at once', async () => {
    const { channel, sent, state, deliver } = createTestChannel();
    const client = createClient(channel);
    const under = client.call('app.open', {});
    state('lost');
    expect(await under).toMatchObject({ ok: false, error: { code: 'disconnected', retryable: true } });
    expect(await client.call('app.open', {})).toMatchObject({ ok: false, error: { code: 'disconnected' } });
    expect(sent).toHaveLength(1);
    state('open');
    const after = client.call('app.openLink', { url: 'https://a.example' });
    deliver({ type: 'result', id: sent.at(-1)?.id ?? 0, result: { ok: true, value: {} } });
    expect((await after).ok).toBe(true);
  });

  test('that cannot be sent are a bad request, not an exception', async () => {
    const { channel } = createTestChannel();
    const client = createClient({
      ...channel,
      send() {
        throw new Error('could not be cloned');
      },
    });
    expect(await client.call('app.open', {})).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  });
});

describe('events', () => {
  test('reach every listener of their route until it leaves', () => {
    const { channel, deliver } = createTestChannel();
    const client = createClient(channel);
    const seen: number[] = [];
    const leave = client.onEvent('status.changed', event => seen.push(event.revision));
    deliver({ type: 'event', route: 'status.changed', payload: { revision: 1 } });
    deliver({ type: 'event', route: 'settings.changed', payload: { revision: 2 } });
    leave();
    deliver({ type: 'event', route: 'status.changed', payload: { revision: 3 } });
    expect(seen).toEqual([1]);
  });
});

describe('streams', () => {
  test('deliver in order and end once', () => {
    const { channel, deliver } = createTestChannel();
    const { chunks, ends } = follow(createClient(channel));
    deliver({ type: 'stream-chunk', id: 1, seq: 1, chunk: 'a' });
    deliver({ type: 'stream-chunk', id: 1, seq: 2, chunk: 'b' });
    deliver({ type: 'stream-end', id: 1, error: null });
    deliver({ type: 'stream-chunk', id: 1, seq: 3, chunk: 'c' });
    deliver({ type: 'stream-end', id: 1, error: null });
    expect(chunks).toEqual(['a', 'b']);
    expect(ends).toEqual([null]);
  });

  test('fail at a hole instead of skipping it, and tell the host', () => {
    const { channel, deliver, sent } = createTestChannel();
    const { chunks, ends } = follow(createClient(channel));
    deliver({ type: 'stream-chunk', id: 1, seq: 1, chunk: 'a' });
    deliver({ type: 'stream-chunk', id: 1, seq: 3, chunk: 'c' });
    expect(chunks).toEqual(['a']);
    expect(ends).toEqual(['internal']);
    expect(sent.at(-1)).toEqual({ type: 'stream-cancel', id: 1 });
  });

  test('fail at a repeated chunk', () => {
    const { channel, deliver } = createTestChannel();
    const { ends } = follow(createClient(channel));
    deliver({ type: 'stream-chunk', id: 1, seq: 1, chunk: 'a' });
    deliver({ type: 'stream-chunk', id: 1, seq: 1, chunk: 'a' });
    expect(ends).toEqual(['internal']);
  });

  test('are disconnected, not ended, when the channel is lost', () => {
    const { channel, state } = createTestChannel();
    const { ends } = follow(createClient(channel));
    state('lost');
    expect(ends).toEqual(['disconnected']);
  });

  test('opened on a lost channel say so later, and not after a cancel', async () => {
    const { channel, state } = createTestChannel();
    const client = createClient(channel);
    state('lost');
    const told = follow(client);
    const cancelled = follow(client);
    cancelled.cancel();
    expect(told.ends).toEqual([]);
    await Promise.resolve();
    expect(told.ends).toEqual(['disconnected']);
    expect(cancelled.ends).toEqual([]);
  });

  test('that cannot be sent are a bad request told later, and not after a cancel', async () => {
    const { channel } = createTestChannel();
    const client = createClient({
      ...channel,
      send() {
        throw new Error('could not be cloned');
      },
    });
    const told = follow(client);
    const cancelled = follow(client);
    cancelled.cancel();
    expect(told.ends).toEqual([]);
    await Promise.resolve();
    expect(told.ends).toEqual(['bad_request']);
    expect(cancelled.ends).toEqual([]);
  });

  test('give credit back as they are read and never let it run out', () => {
    const { channel, deliver, sent } = createTestChannel();
    follow(createClient(channel));
    const opened = sent[0];
    let credit = opened?.type === 'stream-open' ? opened.credit : 0;
    for (let seq = 1; seq <= 500; seq += 1) {
      expect(credit).toBeGreaterThan(0);
      const before = sent.length;
      deliver({ type: 'stream-chunk', id: 1, seq, chunk: seq });
      credit -= 1;
      for (const frame of sent.slice(before)) if (frame.type === 'stream-credit') credit += frame.chunks;
    }
    expect(credit).toBeLessThanOrEqual(32);
  });

  test('cancelled deliver nothing more', () => {
    const { channel, deliver, sent } = createTestChannel();
    const { chunks, ends, cancel } = follow(createClient(channel));
    cancel();
    cancel();
    deliver({ type: 'stream-chunk', id: 1, seq: 1, chunk: 'a' });
    deliver({ type: 'stream-end', id: 1, error: null });
    expect([chunks, ends]).toEqual([[], []]);
    expect(sent.filter(frame => frame.type === 'stream-cancel')).toHaveLength(1);
  });
});
