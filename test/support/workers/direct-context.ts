import type { TaskName } from '../../../src/shared/domain/job.ts';
import type { Progress } from '../../../src/shared/domain/progress.ts';
import type { TaskContext } from '../../../src/workers/runtime/task-context.ts';

export interface DirectContext<K extends TaskName> {
  readonly context: TaskContext<K>;
  readonly progress: Progress[];
  readonly steps: Map<string, unknown>;
  readonly asked: unknown[];
  readonly abort: AbortController;
}

/** A task's context without a process: steps run at once, `recorded` ones come back, host calls get `answer`. */
export function directContext<K extends TaskName>(
  over: { recorded?: ReadonlyMap<string, unknown>; answer?: unknown } = {},
): DirectContext<K> {
  const progress: Progress[] = [];
  const steps = new Map<string, unknown>();
  const asked: unknown[] = [];
  const abort = new AbortController();
  const context = {
    signal: abort.signal,
    attempt: 1,
    traceId: 'trace',
    report: (news: Progress) => {
      progress.push(news);
    },
    async step(name: string, run: () => unknown) {
      abort.signal.throwIfAborted();
      const known = over.recorded?.get(name);
      if (known !== undefined) return known;
      const output = await run();
      steps.set(name, output);
      return output;
    },
    hostCall: (_name: string, input: unknown) => {
      asked.push(input);
      return Promise.resolve(over.answer);
    },
    log: () => {},
  };
  // A stand-in for every kind at once; the tests name the kind they mean.
  return { context: context as unknown as TaskContext<K>, progress, steps, asked, abort };
}
