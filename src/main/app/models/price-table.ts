import type { ModelPrice } from '../../../shared/domain/price.ts';
import type { ProviderKind } from '../../../shared/domain/provider.ts';

/** A row of the table: US dollars for a million tokens, as its source had them on that day. */
interface PriceRow {
  /** As its provider calls it. An id that goes on with a date is the same model, unless the table has that very id: an older one that costs otherwise. */
  readonly model: string;
  readonly price: ModelPrice;
  readonly asOf: string;
  readonly source: string;
}

type PricedKind = Exclude<ProviderKind, 'openai_compatible'>;

const anthropicPricing = 'https://platform.claude.com/docs/en/about-claude/pricing';
const openaiPricing = 'https://developers.openai.com/api/docs/pricing';
const googlePricing = 'https://ai.google.dev/gemini-api/docs/pricing';

/** Input, output, and input from the cache where its price was published beside them. */
function usd(input: number, output: number, cached: number | null = null, upToInputTokens: number | null = null): ModelPrice {
  return { input, output, cached, upToInputTokens };
}

function rows(source: string, asOf: string, prices: Readonly<Record<string, ModelPrice>>): readonly PriceRow[] {
  return Object.entries(prices).map(([model, price]) => ({ model, price, asOf, source }));
}

/** Above so many tokens of input Google's larger models cost more. */
const longPrompt = 200_000;

/**
 * What providers publish for models at their own addresses. It grows old: the day and the place stand with each row and in the
 * window, and what the person says goes before it. A model that is not here has a price that is not known.
 */
const table: Readonly<Record<PricedKind, readonly PriceRow[]>> = {
  anthropic: rows(anthropicPricing, '2026-10-10', {
    'claude-opus-5': usd(5, 25, 0.5),
    'claude-opus-4-8': usd(5, 25, 0.5),
    'claude-opus-4-7': usd(5, 25, 0.5),
    'claude-opus-4-6': usd(5, 25, 0.5),
    'claude-opus-4-5': usd(5, 25, 0.5),
    'claude-opus-4-1': usd(15, 75, 1.5),
    'claude-sonnet-5': usd(2, 10, 0.2),
    'claude-sonnet-4-6': usd(3, 15, 0.3),
    'claude-sonnet-4-5': usd(3, 15, 0.3),
    'claude-sonnet-4': usd(3, 15, 0.3),
    'claude-haiku-4-5': usd(1, 5, 0.1),
    'claude-3-5-haiku': usd(0.8, 4, 0.08),
  }),
  openai: [
    ...rows(openaiPricing, '2026-03-21', {
      'gpt-5.4': usd(2.5, 15, 0.25),
      'gpt-5.4-mini': usd(0.75, 4.5, 0.075),
      'gpt-5.1': usd(1.25, 10, 0.125),
      'gpt-5': usd(1.25, 10, 0.125),
      'gpt-5-mini': usd(0.25, 2, 0.025),
      'gpt-5-nano': usd(0.05, 0.4, 0.005),
      'gpt-4.1': usd(2, 8, 0.5),
      'gpt-4.1-mini': usd(0.4, 1.6, 0.1),
      'gpt-4.1-nano': usd(0.1, 0.4, 0.025),
      'gpt-4o': usd(2.5, 10, 1.25),
      'gpt-4o-mini': usd(0.15, 0.6, 0.075),
      o3: usd(2, 8),
      'o3-mini': usd(1.1, 4.4),
      'o4-mini': usd(1.1, 4.4),
    }),
    // Its first edition has kept its price.
    ...rows('https://llmcloudhub.com/openai/gpt-4o-2024-05-13', '2026-05-08', { 'gpt-4o-2024-05-13': usd(5, 15) }),
  ],
  google: rows(googlePricing, '2026-04-19', {
    'gemini-3.1-pro-preview': usd(2, 12, null, longPrompt),
    'gemini-3-flash-preview': usd(0.5, 3),
    'gemini-3.1-flash-lite-preview': usd(0.25, 1.5),
    'gemini-2.5-pro': usd(1.25, 10, null, longPrompt),
    'gemini-2.5-flash': usd(0.3, 2.5),
    'gemini-2.5-flash-lite': usd(0.1, 0.4),
  }),
};

const dated = /-(?:\d{8}|\d{4}-\d{2}-\d{2})$/u;

/** What a provider publishes for a model of its own; null where the table does not say. */
export function publishedPrice(kind: ProviderKind, modelId: string): PriceRow | null {
  if (kind === 'openai_compatible') return null;
  const rowOf = (id: string) => table[kind].find(({ model }) => model === id);
  return rowOf(modelId) ?? rowOf(modelId.replace(dated, '')) ?? null;
}
