import type { TaskObserver, TaskRunner } from '../../../src/main/engine/task-runner.ts';
import type { FailPoints } from './fail-points.ts';

/** The points of a runner, for whoever needs the list without a run. */
export const pointsOfRunner: readonly string[] = ['run', 'cancel', 'onStep', 'onProgress'].flatMap(name => [
  `runner.${name}:before`,
  `runner.${name}:after`,
]);

/** A runner with a point before and after each call between it and the engine, whatever the engine listens to. */
export function withRunnerPoints(runner: TaskRunner, points: FailPoints): TaskRunner {
  function around(name: string, work: () => unknown): unknown {
    points.reach(`runner.${name}:before`);
    const result = work();
    if (!(result instanceof Promise)) points.reach(`runner.${name}:after`);
    else
      return result.then((value: unknown) => {
        points.reach(`runner.${name}:after`);
        return value;
      });
    return result;
  }
  function watched(observer: TaskObserver): TaskObserver {
    return new Proxy(observer, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) => around(String(name), () => Reflect.apply(method, target, given));
      },
    });
  }
  return {
    ...runner,
    run(task, observer) {
      points.reach('runner.run:before');
      const running = runner.run(task, watched(observer));
      points.reach('runner.run:after');
      return {
        ...running,
        cancel: () => {
          around('cancel', () => {
            running.cancel();
          });
        },
      };
    },
  };
}
