import type { HostCallName } from '../../../src/shared/contract/worker/host-calls.ts';
import type { TaskName } from '../../../src/shared/domain/job.ts';
import type { Progress } from '../../../src/shared/domain/progress.ts';
import type { TaskContext } from '../../../src/workers/runtime/task-context.ts';

export interface DirectContext<K extends TaskName> {
  readonly context: TaskContext<K>;
  readonly progress: Progress[];
  /** What this attempt recorded, effects included. */
  readonly steps: Map<string, unknown>;
  /** Inputs of host calls. */
  readonly asked: unknown[];
  /** The same with their names. */
  readonly calls: { readonly name: HostCallName; readonly input: unknown }[];
  /** Tokens charged. */
  readonly charged: number[];
  readonly abort: AbortController;
}

export interface DirectContextOptions {
  /** Outputs of steps and effects that an earlier attempt recorded. */
  readonly recorded?: ReadonlyMap<string, unknown>;
  /** Effects that an earlier attempt has sent and that have no outcome. */
  readonly inFlight?: ReadonlySet<string>;
  /** To every host call. */
  readonly answer?: unknown;
  /** To each host call; `answer` is not looked at. */
  readonly answerTo?: (name: HostCallName, input: unknown) => unknown;
}

interface DirectEffect {
  check?(sent: { key: string }): unknown;
  run(sending: { key: string }): unknown;
}

/** A task's context without a process: steps run at once and one after the other, `recorded` ones come back, host calls get `answer`. */
export function directContext<K extends TaskName>(over: DirectContextOptions = {}): DirectContext<K> {
  const progress: Progress[] = [];
  const steps = new Map<string, unknown>();
  const asked: unknown[] = [];
  const calls: DirectContext<K>['calls'] = [];
  const charged: number[] = [];
  const abort = new AbortController();
  async function once(name: string, run: () => unknown): Promise<unknown> {
    abort.signal.throwIfAborted();
    const known = over.recorded?.get(name);
    if (known !== undefined) return known;
    if (steps.has(name)) throw new Error(`Step "${name}" was asked for twice in one attempt.`);
    const output = await run();
    steps.set(name, output);
    return output;
  }
  const context = {
    signal: abort.signal,
    attempt: 1,
    traceId: 'trace',
    report: (news: Progress) => {
      progress.push(news);
    },
    step: once,
    effect: (name: string, effect: DirectEffect) =>
      once(name, async () => {
        const key = `job:${name}`;
        if (over.inFlight?.has(name) === true) {
          const found = (await effect.check?.({ key })) as { happened: boolean; output: unknown } | undefined;
          if (found?.happened === true) return found.output;
          if (found?.happened !== false) throw new Error(`Nobody can tell whether effect "${name}" happened.`);
        }
        return effect.run({ key });
      }),
    async hostCall(name: HostCallName, input: unknown) {
      abort.signal.throwIfAborted();
      asked.push(input);
      calls.push({ name, input });
      return over.answerTo === undefined ? over.answer : await over.answerTo(name, input);
    },
    charge: ({ tokens = 0 }: { tokens?: number }) => {
      charged.push(tokens);
    },
    log: () => {},
  };
  // A stand-in for every kind at once; the tests name the kind they mean.
  return { context: context as unknown as TaskContext<K>, progress, steps, asked, calls, charged, abort };
}
