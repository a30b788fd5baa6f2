import type { ReportedEffect, ReportedStep, RunningTask, Task, TaskObserver, TaskRunner } from '../../../src/main/engine/task-runner.ts';
import type { Progress } from '../../../src/shared/domain/progress.ts';
import { jobId } from '../../../src/shared/domain/ids.ts';

const someId = '01920000-0000-7000-8000-000000000001';
let leases = 0;

/** A chat task whose question tells the test worker what to do. */
export function chatTask(question: string, over: Partial<Task> = {}): Task {
  leases += 1;
  return {
    jobId: jobId.parse(someId),
    kind: 'chat.answer',
    worker: 'agent',
    leaseToken: `lease-${leases}`,
    attempt: 1,
    traceId: 'trace',
    input: JSON.stringify({
      sessionId: someId,
      messageId: someId,
      question,
      language: 'ru',
      hasDocuments: false,
      documentsNotReady: 0,
      model: null,
    }),
    recorded: [],
    ...over,
  };
}

export function synopsisTask(sections: readonly string[], over: Partial<Task> = {}): Task {
  return chatTask('', {
    kind: 'synopsis.make',
    input: JSON.stringify({
      title: 't',
      detail: 'short',
      template: 'lecture',
      language: 'ru',
      sections,
      sources: [],
      coverage: [],
      stagingDir: '/nowhere',
    }),
    ...over,
  });
}

/** An export whose folder tells the test worker what its effect does; see `effect-tasks.ts`. */
export function exportTask(told: string, over: Partial<Task> = {}): Task {
  return chatTask('', { kind: 'synopses.export', input: JSON.stringify({ folder: told, files: [] }), ...over });
}

export interface Watched extends TaskObserver {
  readonly progress: Progress[];
  readonly steps: ReportedStep[];
  readonly effects: ReportedEffect[];
  readonly notDone: string[];
  readonly calls: { name: string; input: string }[];
  /** How often it was said to have begun in its place. */
  begun: number;
  /** Resolves at the worker's named point: progress with the label `here`. */
  readonly here: Promise<void>;
}

export function watch(over: Partial<Pick<TaskObserver, 'onStep' | 'onEffect' | 'onHostCall'>> = {}): Watched {
  const here = Promise.withResolvers<void>();
  const watched: Watched = {
    progress: [],
    steps: [],
    effects: [],
    notDone: [],
    calls: [],
    here: here.promise,
    begun: 0,
    onBegin() {
      watched.begun += 1;
    },
    onProgress(progress) {
      watched.progress.push(progress);
      if (progress.label === 'here') here.resolve();
    },
    onStep(step) {
      watched.steps.push(step);
      return over.onStep?.(step) ?? Promise.resolve();
    },
    onEffect(effect) {
      watched.effects.push(effect);
      return over.onEffect?.(effect) ?? Promise.resolve();
    },
    onEffectNotDone({ name }) {
      watched.notDone.push(name);
      return Promise.resolve();
    },
    onHostCall(name, input) {
      watched.calls.push({ name, input });
      return over.onHostCall?.(name, input) ?? Promise.resolve('[]');
    },
  };
  return watched;
}

export function runWatched(runner: TaskRunner, task: Task, watched = watch()): { running: RunningTask; watched: Watched } {
  return { running: runner.run(task, watched), watched };
}

/** Resolves once `holds` is true, looked at after each change the runner tells. */
export function until(runner: TaskRunner, holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise(resolve => {
    const off = runner.onChange(() => {
      if (!holds()) return;
      off();
      resolve();
    });
  });
}
