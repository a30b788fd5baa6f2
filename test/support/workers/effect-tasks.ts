import { EffectNotDone, RetryableError } from '../../../src/shared/domain/task-failure.ts';
import type { CompensationHandlers, Effect, TaskContext, TaskHandler } from '../../../src/workers/runtime/task-context.ts';

/** Told by `folder`: what the one effect of this export does. `sent` is logged whenever something would change outside. */
export const exportAsTold: TaskHandler<'synopses.export'> = async ({ folder }, context) => {
  const here = (): void => context.report({ phase: 'saving', label: 'here', done: null, total: null });
  const effect: Effect<'synopses.export', { path: string }> = {
    assumed: { path: '/assumed' },
    compensate: { name: 'remove-file', data: { path: '/sent', sha256: 'a'.repeat(64) as never } },
    run({ key }) {
      context.log('info', `sent ${key}`);
      if (folder === 'sure') throw new EffectNotDone('busy', 'The other side is busy.', { retryable: true });
      if (folder === 'unsure') throw new RetryableError('cut_off', 'The connection broke off.');
      if (folder === 'hang') {
        here();
        return new Promise(() => {});
      }
      return { path: '/sent' };
    },
  };
  const checks: Readonly<Record<string, Effect<'synopses.export', { path: string }>['check']>> = {
    'check yes': () => ({ happened: true, output: { path: '/found' } }),
    'check no': () => ({ happened: false }),
    'check throws': () => {
      throw new Error('the disk is out');
    },
  };
  const check = checks[folder];
  try {
    const { path } = await context.effect('file:a', check === undefined ? effect : { ...effect, check });
    return { written: path === '/found' ? 2 : 1, there: 0 };
  } catch (error) {
    if (folder !== 'swallow') throw error;
    return { written: 0, there: 0 };
  }
};

export const toldCompensations: CompensationHandlers = {
  'synopses.export': {
    'remove-file': async ({ step, data, output }, context) => {
      // What its type does not allow.
      if (data.path === '/asks')
        await (context as unknown as Pick<TaskContext<'chat.answer'>, 'hostCall'>).hostCall('answer.write', { at: 0, text: 'x' });
      context.log('info', `undo ${step} ${data.path} ${JSON.stringify(output)}`);
      if (data.path === '/stuck') throw new RetryableError('stuck', 'It does not go.');
    },
  },
};
