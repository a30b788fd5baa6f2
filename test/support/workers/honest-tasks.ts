import { TaskFailure } from '../../../src/shared/domain/task-failure.ts';
import type { Section } from '../../../src/shared/domain/synopsis.ts';
import { exportAsTold } from './effect-tasks.ts';
import type { TaskHandlers } from '../../../src/workers/runtime/task-context.ts';

export function emptySection(kind: 'summary' | 'theses' | 'questions'): Section {
  return { kind, items: [], emptyReason: 'nothing_found', provenance: { kind: 'extractive', version: 'test' } };
}

const answer = (text: string) => ({ note: 'no_model' as const, text, citations: [] });

/** Work for tests: `chat.answer` does what its question says, `synopsis.make` makes its sections one step each. */
export const honestTasks: TaskHandlers = {
  'chat.answer': async (input, context) => {
    const here = (): void => context.report({ phase: 'reading', label: 'here', done: null, total: null });
    const aborted = new Promise<never>((_, reject) => {
      context.signal.addEventListener('abort', () => reject(new Error('stopped', { cause: context.signal.reason })), { once: true });
    });
    aborted.catch(() => {});
    switch (input.question) {
      case 'wait':
        here();
        return aborted;
      case 'finish in spite of cancel':
        here();
        await aborted.catch(() => {});
        return answer('finished');
      case 'never stop':
        here();
        return new Promise(() => {});
      case 'search':
        return answer(JSON.stringify(await context.hostCall('passages.search', { sessionId: input.sessionId, query: 'q', limit: 3 })));
      case 'fail':
        throw new TaskFailure('too_busy', 'The other side is busy.', { retryable: true, retryAfterMs: 1_500 });
      case 'throw':
        throw new Error('ENOENT: /home/somebody/secret.txt');
      case 'bad output':
        return { note: 'no_model', text: 5 } as never;
      case 'many reports':
        for (let n = 1; n <= 1_000; n += 1) context.report({ phase: 'reading', label: null, done: n, total: 1_000 });
        return answer('reported');
      case 'report after the end':
        setTimeout(() => here(), 20);
        setImmediate(() => here());
        return answer('over');
      case 'crash':
        setImmediate(() => {
          throw new Error('nobody catches this');
        });
        here();
        return aborted;
      case 'reject':
        void Promise.reject(new Error('nobody awaits this'));
        here();
        return aborted;
      case 'print':
        console.warn('printed %d', 7);
        return answer('printed');
      case 'charge':
        context.charge({ tokens: 5 });
        context.charge({ tokens: 2, moneyMinor: 0.5 });
        return answer('charged');
      case 'pid':
        return answer(String(process.pid));
      case 'block':
        here();
        // One turn of the loop, so the report is on its way.
        await new Promise(resolve => setImmediate(resolve));
        for (;;) {
          /* until it is killed */
        }
      default:
        return answer(input.question);
    }
  },
  'synopsis.make': async (input, context) => {
    for (const kind of input.sections) {
      if (kind !== 'summary' && kind !== 'theses' && kind !== 'questions') continue;
      await context.step(`section:${kind}`, () => {
        if (kind === 'questions') context.charge({ tokens: 30 });
        return emptySection(kind);
      });
    }
    return { coverage: [], issues: [] };
  },
  'synopses.export': exportAsTold,
};
