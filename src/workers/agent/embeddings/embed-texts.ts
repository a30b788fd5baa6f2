import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, type EmbeddingModel } from 'ai';
import type { ModelConnection, ProviderKind } from '../../../shared/domain/provider.ts';
import { estimateTokens } from '../loop/estimate-tokens.ts';
import { ModelFailure, modelFailure } from '../models/model-failure.ts';
import { modelFetch, type Fetch } from '../models/model-fetch.ts';

/** Sent where a local server wants no key and the package insists on one. */
const noKey = 'none';

const open: Readonly<Record<ProviderKind, ((connection: ModelConnection, fetch: Fetch) => EmbeddingModel) | null>> = {
  openai_compatible: ({ baseUrl, apiKey, modelId, headers }, fetch) =>
    createOpenAICompatible({
      name: 'openai-compatible',
      baseURL: baseUrl,
      ...(apiKey === null ? {} : { apiKey }),
      headers,
      fetch,
    }).embeddingModel(modelId),
  openai: ({ baseUrl, apiKey, modelId, headers }, fetch) =>
    createOpenAI({ baseURL: baseUrl, apiKey: apiKey ?? noKey, headers, fetch }).embeddingModel(modelId),
  google: ({ baseUrl, apiKey, modelId, headers }, fetch) =>
    createGoogle({ baseURL: baseUrl, apiKey: apiKey ?? noKey, headers, fetch }).embeddingModel(modelId),
  // It has no such models.
  anthropic: null,
};

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
  const make = open[connection.kind];
  if (make === null)
    throw new ModelFailure('refused_request', 'This provider has no models for search by meaning. Choose one of another provider.');
  // The package prints to the console otherwise, requests included.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  try {
    const { embeddings, usage } = await embedMany({
      model: make(connection, modelFetch(connection, fetch)),
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
