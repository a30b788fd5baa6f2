import { describe, expect, onTestFinished, test } from 'vitest';
import type { Channel, ChannelState } from '../../src/shared/contract/channel.ts';
import { createClient } from '../../src/shared/contract/client.ts';
import { sessionId } from '../../src/shared/domain/ids.ts';
import { createDispatch, type Dispatch } from '../../src/main/ipc/dispatch.ts';
import { createEventHub, type EventHub } from '../../src/main/ipc/event-hub.ts';
import { stubCalls, stubStreams } from '../support/stub-handlers.ts';

/** A window's transport with the host's end of it in the test's hands. */
export interface OpenedWindow {
  readonly channel: Channel;
  /** The host ends the connection that stands; the window's next one finds the host there again. */
  cut(): void;
  /** The window's wait is over: does what it planned for later, of which there must be one thing. */
  passTime(): void;
  close(): Promise<void>;
}

export type OpenWindow = (host: { readonly dispatch: Dispatch; readonly events: EventHub }) => Promise<OpenedWindow>;

const session = sessionId.parse('01a20179-c0a4-75b4-ab00-cbba68aef9b0');

/** What a window may rely on when its connection to main is lost, whichever transport it has. */
export function windowChannelSuite(name: string, open: OpenWindow): void {
  describe(`${name} that is lost`, () => {
    async function window(markRead: () => object | Promise<object> = () => ({})) {
      const events = createEventHub();
      const dispatch = createDispatch({
        calls: stubCalls({ 'sessions.markRead': markRead as () => Record<string, never> }),
        streams: stubStreams({
          // eslint-disable-next-line require-yield
          'jobs.follow': async function* (_input, { signal }) {
            await new Promise(resolve => {
              signal.addEventListener('abort', resolve);
            });
          },
        }),
        reportUnexpected: ({ error }) => {
          throw error;
        },
      });
      const opened = await open({ dispatch, events });
      onTestFinished(() => opened.close());
      const told: ChannelState[] = [];
      const waiting = new Map<ChannelState, () => void>();
      opened.channel.onState(state => {
        told.push(state);
        waiting.get(state)?.();
      });
      const next = (state: ChannelState) =>
        new Promise<void>(resolve => {
          waiting.set(state, resolve);
        });
      return { ...opened, events, told, next, client: createClient(opened.channel) };
    }

    test('says nothing while all is well', async () => {
      const { client, told } = await window();
      expect(await client.call('sessions.markRead', { sessionId: session })).toEqual({ ok: true, value: {} });
      expect(told).toEqual([]);
    });

    test('says so once, and ends what was under way as disconnected', async () => {
      const { client, told, next, cut } = await window(() => new Promise(() => undefined));
      const lost = next('lost');
      const call = client.call('sessions.markRead', { sessionId: session });
      const stream = new Promise(resolve => {
        client.openStream('jobs.follow', { jobId: session as never }, { onChunk: () => undefined, onEnd: resolve });
      });
      cut();
      await lost;
      expect(await call).toMatchObject({ ok: false, error: { code: 'disconnected' } });
      expect(await stream).toMatchObject({ code: 'disconnected' });
      expect(told).toEqual(['lost']);
    });

    test('comes back by itself, and what was asked meanwhile never reaches the host', async () => {
      let asked = 0;
      const { client, events, told, next, cut, passTime } = await window(() => {
        asked += 1;
        return {};
      });
      await client.call('sessions.markRead', { sessionId: session });
      for (const round of [1, 2]) {
        const lost = next('lost');
        const back = next('open');
        cut();
        await lost;
        expect(await client.call('sessions.markRead', { sessionId: session })).toMatchObject({ error: { code: 'disconnected' } });
        passTime();
        await back;
        expect(asked).toBe(round);
        const seen = new Promise(resolve => {
          client.onEvent('location.changed', resolve);
        });
        expect(await client.call('sessions.markRead', { sessionId: session })).toEqual({ ok: true, value: {} });
        expect(asked).toBe(round + 1);
        events.publish('location.changed', { location: { kind: 'session', sessionId: session } });
        await seen;
      }
      expect(told).toEqual(['lost', 'open', 'lost', 'open']);
    });
  });
}
