import type { TaskInput, TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { usage as usageSchema } from '../../../shared/domain/budget.ts';
import { usageOf } from '../../../shared/domain/price.ts';
import type { TaskContext } from '../../runtime/task-context.ts';

/** Lists of models come at once; a slow line takes some seconds. */
const listMs = 20_000;
/** A local model is read from the disk first: half a minute for a large one. */
const testMs = 90_000;

/** Answers a person who sets up a provider, the search of the web or a server of tools; and a reading, about a picture. */
export async function providerAsk(
  input: TaskInput<'provider.ask'>,
  { signal, charge }: Pick<TaskContext<'provider.ask'>, 'signal' | 'charge'>,
): Promise<TaskOutput<'provider.ask'>> {
  const within = (ms: number) => AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  // The packages of the wires take a fifth of a second to load; an answer from the documents does without them.
  switch (input.ask) {
    case 'models': {
      const { listModels } = await import('./list-models.ts');
      return { ask: 'models', models: await listModels(input.connection, within(listMs)) };
    }
    case 'test': {
      const { testModel } = await import('./test-model.ts');
      return { ask: 'test', ...(await testModel(input.connection, within(testMs))) };
    }
    case 'embed': {
      const { embedTexts } = await import('../embeddings/embed-texts.ts');
      const { vectors, tokens } = await embedTexts(input.connection, [input.text], within(listMs));
      const used = { inputTokens: tokens, cachedTokens: 0, outputTokens: 0 };
      return {
        ask: 'embed',
        vector: Buffer.from(vectors[0] ?? []).toString('base64'),
        usage: usageSchema.parse(usageOf(input.connection.price, used)),
      };
    }
    case 'look': {
      const { lookAtPicture } = await import('./look-at-picture.ts');
      return await lookAtPicture(input, { signal, charge });
    }
    case 'mcp': {
      const { testServer } = await import('../mcp/test-server.ts');
      return { ask: 'mcp', outcome: await testServer(input.transport, signal) };
    }
    case 'probe': {
      const { probeLocal } = await import('./probe-local.ts');
      return { ask: 'probe', found: await probeLocal(input.places, signal) };
    }
    case 'search': {
      const { testSearch } = await import('../search/test-search.ts');
      return { ask: 'search', result: await testSearch(input.connection, signal) };
    }
  }
}
