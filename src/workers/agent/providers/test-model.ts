import { streamText } from 'ai';
import { usage as usageSchema, type Usage } from '../../../shared/domain/budget.ts';
import { usageOf, type CallTokens } from '../../../shared/domain/price.ts';
import type { ModelConnection, ModelTest } from '../../../shared/domain/provider.ts';
import { estimateTokens } from '../loop/estimate-tokens.ts';
import { modelFailure } from '../models/model-failure.ts';
import type { Fetch } from '../models/model-fetch.ts';
import { openModel } from '../models/open-model.ts';

/** Enough for a word of every model, and for some thought of those that think. */
const outputTokens = 64;
/** As the result's schema bounds it. */
const textLimit = 200;

const prompt = 'Reply with the single word OK.';

/** One real call, streamed as an answer of the chat is, and what it has used up. Throws a `ModelFailure`. */
export async function testModel(
  connection: ModelConnection,
  signal: AbortSignal,
  fetch: Fetch = globalThis.fetch,
): Promise<{ readonly result: ModelTest; readonly usage: Usage }> {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  let firstMs: number | null = null;
  let text = '';
  let told: CallTokens | null = null;
  const { stream } = streamText({
    model: openModel(connection, fetch),
    prompt,
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
    if (part.type === 'finish') {
      const { inputTokens = 0, outputTokens = 0, inputTokenDetails } = part.totalUsage;
      if (inputTokens > 0) told = { inputTokens, outputTokens, cachedTokens: inputTokenDetails.cacheReadTokens ?? 0 };
    }
  }
  const wholeMs = elapsedMs();
  const used = told ?? { inputTokens: estimateTokens(prompt), cachedTokens: 0, outputTokens: estimateTokens(text) };
  return {
    result: { firstMs: firstMs ?? wholeMs, wholeMs, text: text.trim().slice(0, textLimit) },
    usage: usageSchema.parse(usageOf(connection.price, used)),
  };
}
