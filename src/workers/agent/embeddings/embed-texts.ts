import { embedMany } from 'ai';
import type { ModelConnection } from '../../../shared/domain/provider.ts';
import { estimateTokens } from '../loop/estimate-tokens.ts';
import { ModelFailure, modelFailure } from '../models/model-failure.ts';
import type { Fetch } from '../models/model-fetch.ts';
import { openProvider } from '../models/open-provider.ts';

export interface EmbeddedTexts {
  /** In the order of the texts, all of one length, a signed byte a dimension. */
  readonly vectors: readonly Int8Array[];
  /** As the endpoint counts, or an estimate where it does not. */
  readonly tokens: number;
}

/** Has a model put texts into numbers, in one call. Throws a `ModelFailure`, or the abort of the task. */
export async function embedTexts(
  connection: ModelConnection,
  texts: readonly string[],
  signal: AbortSignal,
  fetch: Fetch = globalThis.fetch,
): Promise<EmbeddedTexts> {
  const { embedding } = openProvider(connection, fetch);
  if (embedding === null)
    throw new ModelFailure('refused_request', 'This provider has no models for search by meaning. Choose one of another provider.');
  try {
    const { embeddings, usage } = await embedMany({
      model: embedding(connection.modelId),
      values: [...texts],
      maxRetries: 0,
      abortSignal: signal,
    });
    const vectors = embeddings.map(asBytes);
    const length = vectors[0]?.length ?? 0;
    if (vectors.length !== texts.length || length === 0 || vectors.some(vector => vector.length !== length))
      throw new ModelFailure(
        'bad_answer',
        `${connection.modelId} answered ${vectors.length} vectors for ${texts.length} texts, or of different lengths.`,
      );
    return { vectors, tokens: usage.tokens > 0 ? Math.round(usage.tokens) : estimateTokens(texts.join('\n')) };
  } catch (error) {
    signal.throwIfAborted();
    throw modelFailure(error, connection);
  }
}

/** Directions are what is compared, so the largest number becomes 127 and the others follow. */
function asBytes(numbers: readonly number[]): Int8Array {
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  if (!(largest > 0) || !Number.isFinite(largest))
    throw new ModelFailure('bad_answer', 'A vector of the model is empty or not of numbers.');
  return Int8Array.from(numbers, number => Math.round((number / largest) * 127));
}
