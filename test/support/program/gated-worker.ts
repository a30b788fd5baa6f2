import { connect } from 'node:net';
import { serve } from '../../../src/workers/runtime/serve.ts';
import type { TaskContext } from '../../../src/workers/runtime/task-context.ts';
import type { removeFile } from '../../../src/workers/synopsis/remove-file.ts';
import type { Gate } from './source-bundles.ts';

/** The worker's own work, stopped at its points until the test lets it go on or kills it. Loads no other worker's. */
export async function serveGated(gate: Gate): Promise<void> {
  const points = gate.point.split(' ');
  const stop = (point: string) => (points.includes(point) ? reach(gate, point) : Promise.resolve());
  switch (gate.worker) {
    case 'documents': {
      const { importTask } = await import('../../../src/workers/documents/import-document.ts');
      serve({
        worker: 'documents',
        tasks: {
          'document.import': async (input, context) => {
            await stop('task');
            return importTask(input, context);
          },
        },
      });
      return;
    }
    case 'files': {
      const { readBundle } = await import('../../../src/workers/files/read-bundle.ts');
      const { writeSynopsisFile } = await import('../../../src/workers/files/write-synopsis-file.ts');
      serve({
        worker: 'files',
        tasks: {
          'synopsis.file': async input => {
            await stop('task');
            return writeSynopsisFile(input);
          },
          'bundle.read': readBundle,
        },
      });
      return;
    }
    case 'synopsis': {
      const { makeSynopsis } = await import('../../../src/workers/synopsis/make-synopsis.ts');
      const { exportSynopses } = await import('../../../src/workers/synopsis/export-synopses.ts');
      const { removeFile } = await import('../../../src/workers/synopsis/remove-file.ts');
      serve({
        worker: 'synopsis',
        tasks: {
          'synopsis.make': async (input, context) => {
            await stop('task');
            const output = await makeSynopsis(input, gatedSteps(context, stop));
            await stop('end');
            return output;
          },
          'synopses.export': (input, context) => exportSynopses(input, gatedEffects(context, stop)),
        },
        compensations: { 'synopses.export': { 'remove-file': gatedUndo(removeFile, stop) } },
      });
      return;
    }
    case 'browser':
      throw new Error('No test stops the worker of browser tasks at points of its own.');
    case 'agent': {
      const { answer } = await import('../../../src/workers/agent/answer.ts');
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
}

function gatedSteps(context: TaskContext<'synopsis.make'>, stop: (point: string) => Promise<void>): TaskContext<'synopsis.make'> {
  return withChanges(context, {
    step: (name, work) =>
      context.step(name, async () => {
        await stop(name);
        return work();
      }),
  });
}

/**
 * `before:n` in front of the n-th effect of this process, `sending:n` with the effect in the journal, `sent:n` with it done
 * and no outcome in the journal.
 */
function gatedEffects(context: TaskContext<'synopses.export'>, stop: (point: string) => Promise<void>): TaskContext<'synopses.export'> {
  let n = 0;
  return withChanges(context, {
    async effect(name, effect) {
      n += 1;
      const at = n;
      await stop(`before:${at}`);
      return context.effect(name, {
        ...effect,
        async run(sending) {
          await stop(`sending:${at}`);
          const output = await effect.run(sending);
          await stop(`sent:${at}`);
          return output;
        },
      });
    },
  });
}

/** The context with other methods. It is an object of a class: spread, it would have none of its own. */
function withChanges<C extends object>(context: C, changes: Partial<C>): C {
  return new Proxy(context, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) return Reflect.get(changes, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** `undoing:n` in front of the n-th compensation of this process, `undone:n` with it done and not in the journal. */
function gatedUndo(remove: typeof removeFile, stop: (point: string) => Promise<void>): typeof removeFile {
  let n = 0;
  return async (given, context) => {
    n += 1;
    const at = n;
    await stop(`undoing:${at}`);
    await remove(given, context);
    await stop(`undone:${at}`);
  };
}

/** Tells the test's barrier that the point is reached and waits for its word. */
function reach(gate: Gate, point: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(gate.port, '127.0.0.1', () => {
      socket.write(`${process.pid} ${point}\n`);
    });
    socket.once('data', () => {
      socket.end();
      resolve();
    });
    socket.once('error', reject);
  });
}
