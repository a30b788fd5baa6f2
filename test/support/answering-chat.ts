import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '../../src/shared/contract/client.ts';
import type { CallName, CallInput, CallOutput } from '../../src/shared/contract/contract.ts';
import type { JobId, MessageId, SessionId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';
import { openTestApp, type TestApp, type TestAppOptions } from './open-test-app.ts';
import type { ScriptedCall } from './workers/scripted-agent-tasks.ts';

export interface AnsweringChat {
  readonly program: TestApp;
  readonly client: Client;
  readonly sessionId: SessionId;
  /** The value of a call that must succeed. */
  ok<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  send(script: readonly ScriptedCall[] | string, options?: { readonly inBackground?: boolean }): Promise<CallOutput<'messages.send'>>;
  /** Resolves with the newest list that fits. */
  until(fits: (messages: readonly MessageView[]) => boolean): Promise<readonly MessageView[]>;
  /** Resolves with the message once it fits. */
  message(id: MessageId, fits: (message: MessageView) => boolean): Promise<MessageView>;
  /** Resolves with the job once it fits. */
  job(id: JobId, fits: (job: JobView) => boolean): Promise<JobView>;
  texts(): Promise<readonly string[]>;
}

export const isOver = ({ state }: MessageView): boolean => state !== 'pending' && state !== 'streaming';

/**
 * The program with one chat and a model that is connected. Without `modelAt` it is connected in name, and the agent does what
 * it is told; with it, the real agent asks the model there.
 */
export async function openAnsweringChat(
  dataDir: string,
  given?: SessionId,
  modelAt?: string,
  options: Pick<TestAppOptions, 'settings'> = {},
): Promise<AnsweringChat> {
  const program = openTestApp(dataDir, {
    ...options,
    ...(modelAt === undefined ? { agentEntry: join(import.meta.dirname, 'workers', 'scripted-agent.ts') } : {}),
  });
  const { client } = program;

  async function ok<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const result = await client.call(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
    return result.value;
  }

  if (given === undefined) {
    const provider = await ok('providers.save', {
      requestKey: randomUUID(),
      kind: 'openai_compatible',
      name: 'Scripted',
      baseUrl: modelAt ?? 'http://127.0.0.1:1/v1',
      key: { is: 'kept' },
    });
    await ok('providers.choose', {
      role: 'chat',
      choice: { providerId: provider.id, modelId: 'scripted', contextTokens: modelAt === undefined ? 8_192 : 16_384 },
    });
  }
  const sessionId = given ?? (await ok('sessions.create', { requestKey: randomUUID() })).id;
  const list = async () => (await ok('messages.list', { sessionId })).messages;

  async function until(fits: (messages: readonly MessageView[]) => boolean): Promise<readonly MessageView[]> {
    const found = Promise.withResolvers<readonly MessageView[]>();
    const look = () => {
      list().then(messages => {
        if (fits(messages)) found.resolve(messages);
      }, found.reject);
    };
    const stops = [client.onEvent('messages.changed', look), client.onEvent('messages.delta', look)];
    look();
    try {
      return await found.promise;
    } finally {
      for (const stop of stops) stop();
    }
  }

  return {
    program,
    client,
    sessionId,
    ok,
    until,
    send: (script, options = {}) =>
      ok('messages.send', {
        sessionId,
        requestKey: randomUUID(),
        text: typeof script === 'string' ? script : JSON.stringify(script),
        ...options,
      }),
    async message(id, fits) {
      const messages = await until(all => all.some(message => message.id === id && fits(message)));
      const found = messages.find(message => message.id === id);
      if (found === undefined) throw new Error(`Message ${id} is gone.`);
      return found;
    },
    async job(id, fits) {
      const found = Promise.withResolvers<JobView>();
      const look = () => {
        ok('jobs.inspect', { jobId: id }).then(({ job }) => {
          if (fits(job)) found.resolve(job);
        }, found.reject);
      };
      const stop = client.onEvent('jobs.changed', look);
      look();
      return found.promise.finally(stop);
    },
    texts: async () => (await list()).map(({ text }) => text),
  };
}
