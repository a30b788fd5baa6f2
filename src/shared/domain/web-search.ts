import { z } from 'zod';
import { apiKey, baseUrl } from './provider.ts';

/** `searxng`: a server of one's own or a public one, over its JSON. `brave`: the service of that name, or one that speaks like it. */
export const webSearchKinds = ['searxng', 'brave'] as const;
export const webSearchKind = z.enum(webSearchKinds);
export type WebSearchKind = (typeof webSearchKinds)[number];

/** Where each kind answers by itself; null where the person says it. From Brave's own documentation. */
export const defaultSearchUrls = {
  searxng: null,
  brave: 'https://api.search.brave.com',
} as const satisfies Record<WebSearchKind, string | null>;

/** SECURITY: for the input of a task alone. */
export const webSearchConnection = z.strictObject({ kind: webSearchKind, url: baseUrl, apiKey: apiKey.nullable() });
export type WebSearchConnection = z.output<typeof webSearchConnection>;

/** The search as the window sees it: whether there is a key, never the key. */
export const webSearchView = z.strictObject({ kind: webSearchKind, url: baseUrl, hasKey: z.boolean() });
export type WebSearchView = z.output<typeof webSearchView>;

/** What came of a search for a common word. */
export const webSearchTest = z.strictObject({
  count: z.int().nonnegative(),
  firstTitle: z.string().max(300).nullable(),
  ms: z.int().nonnegative(),
});
export type WebSearchTest = z.output<typeof webSearchTest>;

/** Why a search failed; each has a sentence in `web-search-words.ts`. */
export const searchFailureCodes = [
  'search_unauthorized',
  'search_limited',
  'search_no_json',
  'search_wrong_address',
  'search_network',
  'search_timeout',
  'search_failed',
  'search_bad_answer',
] as const;
export type SearchFailureCode = (typeof searchFailureCodes)[number];
