import { streamText } from 'ai';
import type { ModelConnection, ModelTest } from '../../../shared/domain/provider.ts';
import { modelFailure } from '../models/model-failure.ts';
import type { Fetch } from '../models/model-fetch.ts';
import { openModel } from '../models/open-model.ts';

/** Enough for a word of every model, and for some thought of those that think. */
const outputTokens = 64;
/** As the result's schema bounds it. */
const textLimit = 200;

/** One real call, streamed as an answer of the chat is. Throws a `ModelFailure`. */
export async function testModel(connection: ModelConnection, signal: AbortSignal, fetch: Fetch = globalThis.fetch): Promise<ModelTest> {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  let firstMs: number | null = null;
  let text = '';
  const { stream } = streamText({
    model: openModel(connection, fetch),
    prompt: 'Reply with the single word OK.',
    maxOutputTokens: outputTokens,
    maxRetries: 0,
    abortSignal: signal,
    onError() {},
  });
  for await (const part of stream) {
    if (part.type === 'error') throw modelFailure(part.error, connection);
    if (part.type === 'abort') throw modelFailure(signal.reason, connection);
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') firstMs ??= elapsedMs();
    if (part.type === 'text-delta') text += part.text;
  }
  const wholeMs = elapsedMs();
  return { firstMs: firstMs ?? wholeMs, wholeMs, text: text.trim().slice(0, textLimit) };
}
