import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { EmbeddingModel, wrapLanguageModel } from 'ai';
import type { ModelConnection, ProviderKind } from '../../../shared/domain/provider.ts';
import { modelFetch, type Fetch } from './model-fetch.ts';

type LanguageModel = Parameters<typeof wrapLanguageModel>[0]['model'];

/** What a provider's package makes of the name of a model. */
interface OpenedProvider {
  language(modelId: string): LanguageModel;
  /** Null where the provider has no models that put texts into numbers. */
  readonly embedding: ((modelId: string) => EmbeddingModel) | null;
}

/** Sent where a local server wants no key and the package insists on one. */
const noKey = 'none';

type Options = Readonly<Pick<ModelConnection, 'headers'>> & { readonly baseURL: string; readonly apiKey: string; readonly fetch: Fetch };

const open: Readonly<Record<Exclude<ProviderKind, 'openai_compatible'>, (options: Options) => OpenedProvider>> = {
  openai(options) {
    const provider = createOpenAI(options);
    // Chat completions for OpenAI too: one wire, of which every cut is tested.
    return { language: id => provider.chat(id), embedding: id => provider.embeddingModel(id) };
  },
  anthropic(options) {
    return { language: createAnthropic(options), embedding: null };
  },
  google(options) {
    const provider = createGoogle(options);
    return { language: provider, embedding: id => provider.embeddingModel(id) };
  },
};

/** The package that speaks to a connection, with the program's own way to the network. */
export function openProvider(connection: ModelConnection, fetch: Fetch): OpenedProvider {
  // The packages print to the console otherwise, requests included.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const { kind, baseUrl, apiKey, headers } = connection;
  const common = { baseURL: baseUrl, headers, fetch: modelFetch(connection, fetch) };
  if (kind !== 'openai_compatible') return open[kind]({ ...common, apiKey: apiKey ?? noKey });
  const provider = createOpenAICompatible({
    ...common,
    name: 'openai-compatible',
    ...(apiKey === null ? {} : { apiKey }),
    includeUsage: true,
  });
  return { language: provider, embedding: id => provider.embeddingModel(id) };
}
