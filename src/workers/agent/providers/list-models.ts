import { z } from 'zod';
import {
  localContextTokens,
  contextTokens,
  modelListLimit,
  type ModelView,
  type ProviderConnection,
  type ProviderKind,
} from '../../../shared/domain/provider.ts';
import { modelId } from '../../../shared/domain/model-id.ts';
import { modelPrice, type ModelPrice } from '../../../shared/domain/price.ts';
import { ModelFailure } from '../models/model-failure.ts';
import type { Fetch } from '../models/model-fetch.ts';
import { getJson, type JsonRequest } from './get-json.ts';

/** Models of Ollama that are asked for their size: one request each, of a server on this machine. */
const askedForSize = 100;
/** Requests at the same time. */
const atOnce = 4;

type Ask = (request: Omit<JsonRequest, 'signal'>) => Promise<unknown>;
type Sizes = ReadonlyMap<string, number> | ((id: string) => number | null);

const size = z.number().int().positive().nullish().catch(null);
/** As OpenRouter lists it: US dollars for one token, as text; below zero where it depends on what is asked. */
const perToken = z.coerce.number().nullish().catch(null);
const listedPrice = z
  .looseObject({ prompt: perToken, completion: perToken, input_cache_read: perToken, request: perToken })
  .nullish()
  .catch(null);
/** The names under which servers of this wire tell the size: OpenRouter, vLLM, Groq, Mistral and LiteLLM, Anthropic, Google. */
const listed = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  context_length: size,
  max_model_len: size,
  context_window: size,
  max_context_length: size,
  max_input_tokens: size,
  inputTokenLimit: size,
  pricing: listedPrice,
  supportedGenerationMethods: z.array(z.string()).optional().catch(undefined),
});
const list = z.union([
  z.looseObject({ data: z.array(listed) }).transform(({ data }) => data),
  z.looseObject({ models: z.array(listed) }).transform(({ models }) => models),
]);

const paths: Readonly<Record<ProviderKind, string>> = {
  openai_compatible: '/models',
  openai: '/models',
  // The largest pages that they give.
  anthropic: '/models?limit=1000',
  google: '/models?pageSize=1000',
};

/** The models of an endpoint, with the sizes of their contexts where it or its program tells them. Throws a `ModelFailure`. */
export async function listModels(
  connection: ProviderConnection,
  signal: AbortSignal,
  fetch: Fetch = globalThis.fetch,
): Promise<ModelView[]> {
  const ask: Ask = request => getJson(connection, { ...request, signal }, fetch);
  const parsed = list.safeParse(await ask({ url: `${connection.baseUrl}${paths[connection.kind]}` }));
  if (!parsed.success) throw new ModelFailure('bad_answer', 'The answer is no list of models.', { retryable: false });
  const models = parsed.data.flatMap(row => {
    if (row.supportedGenerationMethods?.includes('generateContent') === false) return [];
    const id = modelId.safeParse((row.id ?? row.name ?? '').replace(/^models\//u, ''));
    if (!id.success) return [];
    const told =
      row.context_length ??
      row.max_model_len ??
      row.context_window ??
      row.max_context_length ??
      row.max_input_tokens ??
      row.inputTokenLimit;
    const price = priceOf(row.pricing);
    return [{ id: id.data, contextTokens: fitting(told), ...(price === null ? {} : { price }) }];
  });
  const known = [...new Map(models.map(model => [model.id, model])).values()].slice(0, modelListLimit);
  if (connection.kind !== 'openai_compatible' || known.length === 0 || known.some(model => model.contextTokens !== null)) return known;
  const sizes = await localSizes(connection, known, ask);
  return known.map(({ id }) => ({ id, contextTokens: fitting(typeof sizes === 'function' ? sizes(id) : sizes.get(id)) }));
}

/**
 * What the common programs tell beside the wire. They cut a longer prompt without a word, so the size taken is the one they
 * work with, and where that is unknown what they commonly start with, not the most a model could have.
 */
async function localSizes({ baseUrl }: ProviderConnection, models: readonly ModelView[], ask: Ask): Promise<Sizes> {
  const { origin } = new URL(baseUrl);
  for (const read of [ollamaSizes, lmStudioSizes, llamaCppSizes]) {
    const sizes = await read(origin, models, ask).catch(() => null);
    if (sizes !== null) return sizes;
  }
  return () => null;
}

const ollamaModel = z.looseObject({
  model_info: z.record(z.string(), z.unknown()).catch({}),
  parameters: z.string().catch(''),
});

async function ollamaSizes(origin: string, models: readonly ModelView[], ask: Ask): Promise<Sizes> {
  z.looseObject({ version: z.string() }).parse(await ask({ url: `${origin}/api/version` }));
  const sizes = new Map<string, number>();
  const left = models.slice(0, askedForSize).map(({ id }) => id);
  async function askForMore(): Promise<void> {
    for (let model = left.pop(); model !== undefined; model = left.pop()) {
      const answer = await ask({ url: `${origin}/api/show`, body: { model } }).catch(() => null);
      const shown = ollamaModel.safeParse(answer);
      if (!shown.success) continue;
      const set = /^num_ctx\s+(\d+)$/mu.exec(shown.data.parameters)?.[1];
      const most = Object.entries(shown.data.model_info).find(([key]) => key.endsWith('.context_length'))?.[1];
      if (set !== undefined) sizes.set(model, Number(set));
      else if (typeof most === 'number') sizes.set(model, Math.min(most, localContextTokens));
    }
  }
  await Promise.all(Array.from({ length: atOnce }, askForMore));
  return sizes;
}

const lmStudioList = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), loaded_context_length: size, max_context_length: size })),
});

async function lmStudioSizes(origin: string, _models: readonly ModelView[], ask: Ask): Promise<Sizes> {
  const { data } = lmStudioList.parse(await ask({ url: `${origin}/api/v0/models` }));
  return new Map(
    data.flatMap(({ id, loaded_context_length: loaded, max_context_length: most }) => {
      const taken = loaded ?? (most === null || most === undefined ? null : Math.min(most, localContextTokens));
      return taken === null ? [] : [[id, taken] as const];
    }),
  );
}

const llamaCppProps = z.looseObject({ default_generation_settings: z.looseObject({ n_ctx: z.int().positive() }) });

async function llamaCppSizes(origin: string, _models: readonly ModelView[], ask: Ask): Promise<Sizes> {
  const { default_generation_settings: settings } = llamaCppProps.parse(await ask({ url: `${origin}/props` }));
  return () => settings.n_ctx;
}

const million = 1_000_000;

/** Null for a price that is more than so much for a token. */
function priceOf(told: z.output<typeof listedPrice>): ModelPrice | null {
  if (told === null || told === undefined) return null;
  const { prompt, completion, input_cache_read: cached, request } = told;
  if (typeof prompt !== 'number' || typeof completion !== 'number' || (request ?? 0) !== 0) return null;
  // Fractions of a token's price are not whole in binary.
  const perMillion = (usd: number) => Number((usd * million).toFixed(6));
  const price = {
    input: perMillion(prompt),
    output: perMillion(completion),
    cached: typeof cached === 'number' ? perMillion(cached) : null,
    upToInputTokens: null,
  };
  return modelPrice.safeParse(price).data ?? null;
}

function fitting(told: number | null | undefined): number | null {
  return contextTokens.safeParse(told).data ?? null;
}
