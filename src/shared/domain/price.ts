import { z } from 'zod';
import type { Usage } from './budget.ts';
import { modelId } from './model-id.ts';
import { providerId } from './ids.ts';

/** US dollars for a million tokens; the dearest model on offer costs some hundred. */
const perMillion = z.number().nonnegative().max(100_000);

/** What a model's tokens cost, in US dollars for a million of them, which is millionths of a dollar for one. */
export const modelPrice = z.strictObject({
  input: perMillion,
  output: perMillion,
  /** Of input that the provider had in its cache; null where nobody says, and then it is charged like any input. */
  cached: perMillion.nullable(),
  /** Longer prompts cost more, and how much is not known here; null where there is one price. */
  upToInputTokens: z.int().positive().nullable(),
});
export type ModelPrice = z.output<typeof modelPrice>;

/** What the person says comes first, then what the endpoint lists, then that this machine takes nothing, then the program's own table. */
export const priceOrigins = ['person', 'endpoint', 'this_machine', 'table'] as const;
export type PriceOrigin = (typeof priceOrigins)[number];

/** What is known of the price of a model that is chosen for something. */
export const knownPrice = z.strictObject({
  providerId,
  modelId,
  price: modelPrice.nullable(),
  /** Null where nothing is known. */
  from: z.enum(priceOrigins).nullable(),
  /** Of the table: when its source said so, as a date, and where. */
  asOf: z.iso.date().nullable(),
  source: z.url().nullable(),
});
export type KnownPrice = z.output<typeof knownPrice>;

/** Millionths of a dollar in a cent, which budgets reckon in. */
const microUsdPerMinor = 10_000;

export const freeOfCharge: ModelPrice = { input: 0, output: 0, cached: 0, upToInputTokens: null };

/** Tokens of one call; those from the cache are among the input. */
export interface CallTokens {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** In whole millionths of a dollar, rounded up, so that nothing that costs is nothing; null where the price is not known. */
export function microUsdOf(price: ModelPrice | null, { inputTokens, cachedTokens, outputTokens }: CallTokens): number | null {
  if (price === null || (price.upToInputTokens !== null && inputTokens > price.upToInputTokens)) return null;
  const cached = Math.min(cachedTokens, inputTokens);
  const cost = (inputTokens - cached) * price.input + cached * (price.cached ?? price.input) + outputTokens * price.output;
  // Binary fractions of a price are a little beside it.
  return Math.ceil(Number(cost.toFixed(6)));
}

/** The same as budgets count it. */
export function usageOf(price: ModelPrice | null, used: CallTokens): Partial<Usage> {
  const tokens = used.inputTokens + used.outputTokens;
  const microUsd = microUsdOf(price, used);
  return microUsd === null ? { tokens, unpricedTokens: tokens } : { tokens, moneyMinor: microUsd / microUsdPerMinor };
}

/** The same of a call whose cost was recorded. */
export function usageOfRecord(tokens: number, microUsd: number | null): Usage {
  return microUsd === null ? { tokens, moneyMinor: 0, unpricedTokens: tokens } : { tokens, moneyMinor: microUsd / microUsdPerMinor };
}
