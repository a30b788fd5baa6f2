import { parseHTML } from 'linkedom';
import { z } from 'zod';
import { searchFailureWords } from '../../../shared/domain/web-search-words.ts';
import type { SearchFailureCode, WebSearchConnection, WebSearchKind } from '../../../shared/domain/web-search.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';

/** A search answers in a second or two; SearXNG waits for its slowest engine up to ten. */
export const searchTimeLimitMs = 20_000;
/** Bytes of an answer that are read: twenty results take some tens of kilobytes. */
const answerByteLimit = 4 * 1024 * 1024;
/** Results that are asked for and kept; Brave gives no more at once. */
export const resultLimit = 20;
/** Characters of a title and of the words beneath it. */
const titleLimit = 300;
const excerptLimit = 1_000;
/** Longest address of a result, as a question to a person can show it. */
const addressLimit = 4_096;

export interface FoundPage {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

/** The search could not be made. Its message is a sentence in English; `searchFailureWords` has the same in both languages. */
export class SearchFailure extends TaskFailure {
  declare readonly code: SearchFailureCode;
  constructor(code: SearchFailureCode, retryAfterMs: number | null = null) {
    // No cause: an error of the network may hold the request with its key.
    super(code, searchFailureWords.en[code], { retryable: passing.has(code), retryAfterMs });
    this.name = 'SearchFailure';
  }
}
const passing: ReadonlySet<SearchFailureCode> = new Set(['search_limited', 'search_network', 'search_timeout', 'search_failed']);

interface Wire {
  readonly address: (base: string, query: string) => URL;
  readonly headers: (key: string) => Readonly<Record<string, string>>;
  /** Null when it is no answer of this kind. */
  readonly read: (answer: unknown) => readonly { readonly title: string; readonly url: string; readonly excerpt: string }[] | null;
}

const searxngAnswer = z.object({
  results: z.array(z.object({ url: z.string(), title: z.string().nullish(), content: z.string().nullish() }).nullable().catch(null)),
});
const braveAnswer = z.object({
  web: z
    .object({
      results: z.array(
        z.object({ url: z.string(), title: z.string().nullish(), description: z.string().nullish() }).nullable().catch(null),
      ),
    })
    .nullish(),
  type: z.string().optional(),
});

/** As their documentation has them: docs.searxng.org/dev/search_api.html and api-dashboard.search.brave.com/app/documentation. */
const wires: Readonly<Record<WebSearchKind, Wire>> = {
  searxng: {
    address(base, query) {
      const url = new URL(`${base}/search`);
      url.search = new URLSearchParams({ q: query, format: 'json' }).toString();
      return url;
    },
    headers: key => ({ authorization: `Bearer ${key}` }),
    read(answer) {
      const read = searxngAnswer.safeParse(answer);
      return read.success
        ? read.data.results.flatMap(result =>
            result === null ? [] : [{ url: result.url, title: result.title ?? '', excerpt: result.content ?? '' }],
          )
        : null;
    },
  },
  brave: {
    address(base, query) {
      const url = new URL(`${base}/res/v1/web/search`);
      url.search = new URLSearchParams({ q: query, count: String(resultLimit), text_decorations: 'false' }).toString();
      return url;
    },
    headers: key => ({ 'x-subscription-token': key }),
    read(answer) {
      const read = braveAnswer.safeParse(answer);
      // An answer without `web` found nothing; one that does not even say that it is a search is another service's.
      if (!read.success || (read.data.web == null && read.data.type !== 'search')) return null;
      return (read.data.web?.results ?? []).flatMap(result =>
        result === null ? [] : [{ url: result.url, title: result.title ?? '', excerpt: result.description ?? '' }],
      );
    },
  },
};

/**
 * Searches the web; best first, each address once. Throws a `SearchFailure`, or the reason of the abort.
 * SECURITY: no redirect is followed, since the key would go along to wherever it leads.
 */
export async function askSearch(
  { kind, url, apiKey }: WebSearchConnection,
  query: string,
  { signal, timeLimitMs = searchTimeLimitMs }: { readonly signal: AbortSignal; readonly timeLimitMs?: number },
): Promise<readonly FoundPage[]> {
  const wire = wires[kind];
  try {
    const response = await fetch(wire.address(url, query), {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]),
      headers: { accept: 'application/json', 'user-agent': 'Konspekt', ...(apiKey === null ? {} : wire.headers(apiKey)) },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(kind, response);
    }
    const found = wire.read(readJson(await readText(response)));
    if (found === null) throw new SearchFailure('search_bad_answer');
    return cleaned(found);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SearchFailure) throw error;
    if (error instanceof Error && error.name === 'TimeoutError') throw new SearchFailure('search_timeout');
    throw new SearchFailure('search_network');
  }
}

function refusal(kind: WebSearchKind, response: Response): SearchFailure {
  const { status } = response;
  // SearXNG answers so when its settings do not list JSON among the formats.
  if (status === 403 && kind === 'searxng') return new SearchFailure('search_no_json');
  // Brave: 422 for a token that is none.
  if (status === 401 || status === 403 || (status === 422 && kind === 'brave')) return new SearchFailure('search_unauthorized');
  if (status === 402 || status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new SearchFailure('search_limited', Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null);
  }
  return new SearchFailure(status >= 500 ? 'search_failed' : 'search_wrong_address');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SearchFailure('search_bad_answer');
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const bytes of body ?? []) {
    length += bytes.byteLength;
    if (length > answerByteLimit) throw new SearchFailure('search_bad_answer');
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

function cleaned(found: readonly FoundPage[]): readonly FoundPage[] {
  const known = new Set<string>();
  return found
    .flatMap(({ title, url, excerpt }) => {
      const address = URL.parse(url);
      if (address === null || !/^https?:$/u.test(address.protocol) || address.username !== '' || address.href.length > addressLimit)
        return [];
      if (known.has(address.href)) return [];
      known.add(address.href);
      return [{ title: plainWords(title, titleLimit) || address.host, url: address.href, excerpt: plainWords(excerpt, excerptLimit) }];
    })
    .slice(0, resultLimit);
}

/** Services put marks and entities of HTML into titles and excerpts. */
function plainWords(html: string, limit: number): string {
  const bounded = html.slice(0, limit * 4);
  const text = /[<&]/u.test(bounded)
    ? ((
        parseHTML(`<!doctype html><html><body>${bounded}</body></html>`) as unknown as {
          document: { body: { textContent: string | null } | null };
        }
      ).document.body?.textContent ?? '')
    : bounded;
  return text.replaceAll(/\s+/gu, ' ').trim().slice(0, limit).toWellFormed();
}
