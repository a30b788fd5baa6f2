import { z } from 'zod';
import { epochMs, providerId } from './ids.ts';
import { modelId } from './model-id.ts';
import { knownPrice, modelPrice } from './price.ts';

/** The wire a provider speaks. `openai_compatible`: OpenRouter, Ollama, LM Studio, llama.cpp, vLLM, an address of one's own. */
export const providerKinds = ['openai_compatible', 'openai', 'anthropic', 'google'] as const;
export const providerKind = z.enum(providerKinds);
export type ProviderKind = (typeof providerKinds)[number];

/** Where each kind answers; null where the person says it. From the providers' own documentation. */
export const defaultBaseUrls = {
  openai_compatible: null,
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
} as const satisfies Record<ProviderKind, string | null>;

export const providerName = z.string().trim().min(1).max(80);
export const baseUrl = z.string().min(1).max(2_048);
/** Longer than every provider's keys, shorter than a file pasted by mistake. */
export const keyLengthLimit = 4_096;
/** Of printable ASCII, as a header takes it. */
export const apiKey = z
  .string()
  .min(1)
  .max(keyLengthLimit)
  .regex(/^[\x21-\x7e]+$/u);

/** Tokens; above the largest window on offer by some factors. */
export const contextTokens = z.int().min(512).max(20_000_000);
/** What local servers are commonly started with, whatever a model could take. */
export const localContextTokens = 4_096;
/**
 * Taken when neither the endpoint nor the person has said. Of the services, what each model that they offer for conversations
 * takes; a smaller one answers that it was too much, and is asked with half of it.
 */
export const assumedContextTokens: Readonly<Record<ProviderKind, number>> = {
  openai_compatible: localContextTokens,
  openai: 128_000,
  anthropic: 200_000,
  google: 128_000,
};

/** A model as its endpoint listed it; the context's size is null when it did not say, the price is there where it did. */
export const modelView = z.strictObject({ id: modelId, contextTokens: contextTokens.nullable(), price: modelPrice.optional() });
export type ModelView = z.output<typeof modelView>;

/** The largest public list has some hundred. */
export const modelListLimit = 2_000;

/** A provider as the window sees it: whether there is a key, never the key. */
export const providerView = z.strictObject({
  id: providerId,
  kind: providerKind,
  name: providerName,
  baseUrl,
  hasKey: z.boolean(),
  models: z.array(modelView).max(modelListLimit),
  /** When the endpoint last listed its models; null for never. */
  modelsSeenAtMs: epochMs.nullable(),
});
export type ProviderView = z.output<typeof providerView>;

/** What a model is used for; each has its own choice, and a role without one falls back as `modelFor` says. */
export const modelRoles = ['chat', 'synopsis', 'vision', 'embeddings'] as const;
export const modelRole = z.enum(modelRoles);
export type ModelRole = (typeof modelRoles)[number];

export const modelChoice = z.strictObject({ providerId, modelId, contextTokens });
export type ModelChoice = z.output<typeof modelChoice>;

/** What a worker needs to ask a provider for its models. */
const connectionFields = {
  /** The name that the engine's gate, its budgets and Retry-After know the provider by. */
  providerId,
  kind: providerKind,
  baseUrl,
  apiKey: apiKey.nullable(),
  /** Sent with each request; never a secret. */
  headers: z.record(z.string().max(100), z.string().max(1_000)),
};
export const providerConnection = z.strictObject(connectionFields);
export type ProviderConnection = z.output<typeof providerConnection>;

/**
 * What a worker needs to call a model. SECURITY: built when a job is claimed and given in a frame alone; it is never
 * stored, logged, or put into a payload, a trace or the window.
 */
export const modelConnection = z.strictObject({
  ...connectionFields,
  modelId,
  contextTokens,
  /** Null where it is not known: then its tokens are counted and its money is not. */
  price: modelPrice.nullable(),
});
export type ModelConnection = z.output<typeof modelConnection>;

const elsewhere = /[:-]cloud$/u;
/** Whether a program of this machine has the model's work done on its makers' machines; Ollama's names of such models end so. */
export function runsElsewhere(id: string): boolean {
  return elsewhere.test(id);
}

/** What came of one real call. */
export const modelTest = z.strictObject({
  /** Until the first piece of the answer, and until its end; milliseconds. */
  firstMs: z.int().nonnegative(),
  wholeMs: z.int().nonnegative(),
  /** How the answer begins; a model that only thought says nothing. */
  text: z.string().max(200),
});
export type ModelTest = z.output<typeof modelTest>;

/** Programs that serve models on this machine, where they listen by their own defaults. */
export const localPrograms = { ollama: 'http://127.0.0.1:11434', lm_studio: 'http://127.0.0.1:1234' } as const;
export const localProgram = z.enum(['ollama', 'lm_studio']);
export type LocalProgram = z.output<typeof localProgram>;

/** One that answered. */
export const localServer = z.strictObject({ program: localProgram, baseUrl, models: z.array(modelView).max(modelListLimit) });
export type LocalServer = z.output<typeof localServer>;

/** Why the program has no model that answers; the person is told which of these to mend. */
export const noAnswerReasons = ['no_provider', 'no_model', 'key_missing'] as const;
export const answering = z.discriminatedUnion('can', [
  z.strictObject({ can: z.literal(true), provider: providerName, modelId }),
  z.strictObject({ can: z.literal(false), reason: z.enum(noAnswerReasons) }),
]);
export type Answering = z.output<typeof answering>;

/** How keys are kept: by the system's keyring, with a key that lies beside them, or not at all. */
export const secretState = z.enum(['strong', 'weak', 'unavailable']);
export type SecretState = z.output<typeof secretState>;

/** More is no list for a person. */
export const providerCountLimit = 50;

/** Everything of providers that a window shows. */
export const providersView = z.strictObject({
  providers: z.array(providerView).max(providerCountLimit),
  choices: z.partialRecord(modelRole, modelChoice),
  /** Of each model that is chosen. */
  prices: z.array(knownPrice).max(modelRoles.length),
  answering,
  secrets: secretState,
});
export type ProvidersView = z.output<typeof providersView>;

/** Why an address cannot be a provider's; the window and the command line have a sentence for each. */
export const endpointFaults = [
  'not_an_address',
  'not_http',
  'has_credentials',
  'has_query',
  'key_in_the_clear',
  'forbidden_address',
] as const;
export type EndpointFault = (typeof endpointFaults)[number];

/** Why a call of a model failed; the window has a sentence for each. */
export const modelFailureCodes = [
  'rate_limited',
  'no_credit',
  'unauthorized',
  'wrong_address',
  'model_not_found',
  'context_too_long',
  'refused_request',
  'provider_error',
  'network',
  'stream_cut',
  'bad_answer',
  'answer_empty',
  'answer_only_calls',
  'answer_cut',
  'answer_blocked',
  'model_timeout',
] as const;
export type ModelFailureCode = (typeof modelFailureCodes)[number];
