import { existsSync } from 'node:fs';
import type { HostCallInput } from '../../../src/shared/contract/worker/host-calls.ts';
import type { TaskOutput } from '../../../src/shared/contract/worker/tasks.ts';
import { TaskFailure } from '../../../src/shared/domain/task-failure.ts';
import type { TaskContext, TaskHandlers } from '../../../src/workers/runtime/task-context.ts';

/** One call of a model, as the words of a question say it: what it writes, and what happens then. */
export interface ScriptedCall {
  /** Pieces of its text. */
  readonly write?: readonly string[];
  /** Then it stands still until it is told to stop, in the first `holds` attempts. */
  readonly holds?: number;
  /** Then the attempt fails with this code, in the first `fails` attempts. */
  readonly fails?: number;
  readonly code?: string;
  readonly isRetryable?: boolean;
  /** Then it begins this work, and its text goes on with what came of it. */
  readonly begin?: HostCallInput<'work.start'>;
  /** Then it says that the network is away. */
  readonly away?: true;
  /** Once this file is there, it neither stands still nor fails. */
  readonly unless?: string;
  /** Then it reads this document. */
  readonly read?: HostCallInput<'document.read'>;
}

type Context = TaskContext<'chat.answer'> | TaskContext<'agent.run'>;

function isScript(value: unknown): value is readonly ScriptedCall[] {
  return Array.isArray(value);
}

/** Writes as an agent does: text is shown at once, a call is recorded when it is whole, and what is recorded is not asked again. */
async function perform(script: string, context: Context): Promise<string> {
  const calls: unknown = JSON.parse(script);
  if (!isScript(calls)) throw new Error('A scripted agent is told a list of calls.');
  let told = '';
  for (const [n, call] of calls.entries()) {
    const step = async () => {
      let text = '';
      for (const piece of call.write ?? []) {
        await context.hostCall('answer.write', { at: told.length + text.length, text: piece });
        text += piece;
      }
      context.report({ phase: 'answering', label: 'here', done: null, total: null });
      if (call.unless !== undefined && existsSync(call.unless)) return recordedText(text);
      if (context.attempt <= (call.holds ?? 0)) await untilStopped(context.signal);
      if (context.attempt <= (call.fails ?? 0))
        throw new TaskFailure(call.code ?? 'stream_cut', 'As the script says.', { retryable: call.isRetryable ?? false });
      if (call.away) await context.hostCall('network.away', { message: 'Nobody is there.' });
      return recordedText(text);
    };
    const recorded = await (context as TaskContext<'chat.answer'>).step(`model:${n + 1}`, step);
    told += recorded.text;
    const { begin } = call;
    if (begin !== undefined) {
      const { state, text } = await context.hostCall('work.start', begin);
      told += `[${state}: ${text}]`;
    }
    if (call.read !== undefined)
      told += await context.hostCall('document.read', call.read).then(
        ({ text }) => `[${text}]`,
        (error: unknown) => `[${error instanceof Error ? error.message : ''}]`,
      );
  }
  return told;
}

const recordedText = (text: string) => ({ text, calls: [], usage: { inputTokens: 1, outputTokens: 1, isEstimate: true } });

function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('stopped', { cause: signal.reason }));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** An agent without a model: the question, or the task, is its script. What it was given is told to whoever asks `input`. */
export const scriptedAgentTasks: TaskHandlers = {
  'chat.answer': async (input, context): Promise<TaskOutput<'chat.answer'>> => {
    if (input.question === 'input') return { note: null, text: JSON.stringify(input.model), citations: [] };
    return { note: null, text: await perform(input.question, context), citations: [] };
  },
  'agent.run': async (input, context): Promise<TaskOutput<'agent.run'>> => {
    if (input.task === 'input') return { text: JSON.stringify(input), citations: [], sources: [] };
    const text = await perform(input.task ?? '[]', context);
    return { text, citations: [], sources: [{ url: 'https://example.org/', title: 'A source', why: 'It says so.' }] };
  },
};
