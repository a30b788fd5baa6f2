import type { TaskInput, TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { usageOf } from '../../../shared/domain/price.ts';
import type { TaskContext } from '../../runtime/task-context.ts';
import { orWaitForNetwork } from '../models/or-wait-for-network.ts';

/** Calls of one job: its trail stays short, and the next job goes on where it ended. */
const callsOfJob = 200;
/** Of one call; a local model on a slow machine takes some seconds for a text. */
const callMs = 180_000;

/**
 * Has a model put passages into numbers, one call a step. Vectors are in the database before their step is recorded, and what
 * has one is not asked for again: no attempt pays for what an earlier one has paid for.
 */
export async function embedPassages(
  { connection, total }: TaskInput<'passages.embed'>,
  context: TaskContext<'passages.embed'>,
): Promise<TaskOutput<'passages.embed'>> {
  // The packages of the wires take a fifth of a second to load.
  const { embedTexts } = await import('./embed-texts.ts');
  let after = 0;
  let passages = 0;
  for (let calls = 0; calls < callsOfJob;) {
    const { texts, copied, next } = await context.hostCall('passages.unembedded', { after });
    passages += copied;
    const [first] = texts;
    if (first !== undefined) {
      const { count } = await context.step(`batch:${first.n}-${context.attempt}`, async () => {
        const signal = AbortSignal.any([context.signal, AbortSignal.timeout(callMs)]);
        const { vectors, tokens } = await orWaitForNetwork(
          () =>
            embedTexts(
              connection,
              texts.map(({ text }) => text),
              signal,
            ),
          context,
        );
        context.charge(usageOf(connection.price, { inputTokens: tokens, cachedTokens: 0, outputTokens: 0 }));
        await context.hostCall('passages.embedded', {
          vectors: texts.map(({ n, textHash }, at) => ({ n, textHash, vector: Buffer.from(vectors[at] ?? []).toString('base64') })),
        });
        return { count: texts.length, tokens };
      });
      passages += count;
      calls += 1;
    }
    context.report({ phase: 'indexing', label: null, done: Math.min(passages, total), total: Math.max(1, total) });
    if (next === null) return { passages, isComplete: true };
    after = next;
  }
  return { passages, isComplete: false };
}
