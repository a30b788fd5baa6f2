import type { TaskRunner } from '../../../src/main/engine/task-runner.ts';
import type { FailPoints } from './fail-points.ts';

/** The points of a runner, for whoever needs the list without a run. */
export const pointsOfRunner: readonly string[] = ['run', 'cancel', 'onStep', 'onProgress'].flatMap(name => [
  `runner.${name}:before`,
  `runner.${name}:after`,
]);

/** A runner with a point before and after each call between it and the engine. */
export function withRunnerPoints(runner: TaskRunner, points: FailPoints): TaskRunner {
  function around<T>(name: string, work: () => T): T {
    points.reach(`runner.${name}:before`);
    const result = work();
    points.reach(`runner.${name}:after`);
    return result;
  }
  return {
    ...runner,
    run: (task, observer) =>
      around('run', () => {
        const running = runner.run(task, {
          onProgress: news => {
            around('onProgress', () => {
              observer.onProgress(news);
            });
          },
          async onStep(step) {
            points.reach('runner.onStep:before');
            await observer.onStep(step);
            points.reach('runner.onStep:after');
          },
          onHostCall: observer.onHostCall.bind(observer),
        });
        return {
          ...running,
          cancel: () => {
            around('cancel', () => {
              running.cancel();
            });
          },
        };
      }),
  };
}
