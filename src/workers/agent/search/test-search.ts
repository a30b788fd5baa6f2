import type { WebSearchConnection, WebSearchTest } from '../../../shared/domain/web-search.ts';
import { askSearch } from './ask-search.ts';

/** Found by every search in every language, and tells nothing of the person. */
const commonWord = 'wikipedia';

/** One real search. Throws a `SearchFailure`. */
export async function testSearch(connection: WebSearchConnection, signal: AbortSignal): Promise<WebSearchTest> {
  const began = performance.now();
  const found = await askSearch(connection, commonWord, { signal });
  return { count: found.length, firstTitle: found[0]?.title ?? null, ms: Math.round(performance.now() - began) };
}
