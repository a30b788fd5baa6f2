import { connect } from 'node:net';
import { answer } from '../../../src/workers/agent/answer.ts';
import { importDocument } from '../../../src/workers/documents/import-document.ts';
import { serve } from '../../../src/workers/runtime/serve.ts';
import type { TaskContext } from '../../../src/workers/runtime/task-context.ts';
import { makeSynopsis } from '../../../src/workers/synopsis/make-synopsis.ts';
import type { Gate } from './source-bundles.ts';

/** The worker's own work, stopped at one point until the test lets it go on or kills it. */
export function serveGated(gate: Gate): void {
  const stop = (point: string) => (point === gate.point ? reach(gate) : Promise.resolve());
  switch (gate.worker) {
    case 'documents':
      serve({
        worker: 'documents',
        tasks: {
          'document.import': async (input, context) => {
            await stop('task');
            return importDocument(input, context);
          },
        },
      });
      return;
    case 'synopsis':
      serve({
        worker: 'synopsis',
        tasks: {
          'synopsis.make': async (input, context) => {
            await stop('task');
            const output = await makeSynopsis(input, gatedSteps(context, stop));
            await stop('end');
            return output;
          },
        },
      });
      return;
    case 'agent':
      serve({
        worker: 'agent',
        tasks: {
          'chat.answer': async (input, context) => {
            await stop('task');
            return answer(input, context);
          },
        },
      });
  }
}

function gatedSteps(context: TaskContext<'synopsis.make'>, stop: (point: string) => Promise<void>): TaskContext<'synopsis.make'> {
  return {
    ...context,
    signal: context.signal,
    step: (name, work) =>
      context.step(name, async () => {
        await stop(name);
        return work();
      }),
  };
}

/** Tells the test's barrier that the point is reached and waits for its word. */
function reach(gate: Gate): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(gate.port, '127.0.0.1', () => {
      socket.write(`${process.pid} ${gate.point}\n`);
    });
    socket.once('data', () => {
      socket.end();
      resolve();
    });
    socket.once('error', reject);
  });
}
