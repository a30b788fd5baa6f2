import { fromWorker, toWorker } from '../../../src/shared/contract/worker/frames.ts';
import type { SpawnWorker } from '../../../src/main/workers/worker-port.ts';
import type { FailPoints } from './fail-points.ts';

/** Every frame of the protocol, from the protocol itself. */
export const pointsOfFrames: readonly string[] = [
  ...toWorker.options.map(option => option.shape.type.value).flatMap(type => [`frame to ${type}:before`, `frame to ${type}:after`]),
  ...fromWorker.options.map(option => option.shape.type.value).flatMap(type => [`frame from ${type}:before`, `frame from ${type}:after`]),
  'worker.spawn:before',
  'worker.spawn:after',
  'worker.exit:before',
  'worker.exit:after',
];

/** Workers with a point before and after each frame, start and exit, in the process that supervises them. */
export function withFramePoints(spawn: SpawnWorker, points: FailPoints): SpawnWorker {
  return spec => {
    points.reach('worker.spawn:before');
    const port = spawn(spec);
    points.reach('worker.spawn:after');
    return {
      ...port,
      send(frame) {
        points.reach(`frame to ${frame.type}:before`);
        port.send(frame);
        points.reach(`frame to ${frame.type}:after`);
      },
      onMessage(listener) {
        port.onMessage(message => {
          const type = typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : 'unknown';
          points.reach(`frame from ${type}:before`);
          listener(message);
          points.reach(`frame from ${type}:after`);
        });
      },
      onExit(listener) {
        port.onExit(exit => {
          points.reach('worker.exit:before');
          listener(exit);
          points.reach('worker.exit:after');
        });
      },
    };
  };
}
