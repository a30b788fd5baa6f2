import type { ModelConnection } from '../../../shared/domain/provider.ts';
import { ModelFailure } from './model-failure.ts';
import { requireTerminator } from './stream-terminator.ts';

/** The part of `fetch` that the model packages use. */
export type Fetch = typeof globalThis.fetch;

/**
 * The only way from the program to a provider.
 * SECURITY: no redirect is followed, since headers with a key would go along to wherever it leads; requests go to the
 * connection's own origin alone.
 */
export function modelFetch({ kind, baseUrl }: Pick<ModelConnection, 'kind' | 'baseUrl'>, fetch: Fetch): Fetch {
  const { origin } = new URL(baseUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) throw new TypeError(`A model's request goes to ${url.origin}; its provider is at ${origin}.`);
    const response = await fetch(input, { ...init, redirect: 'manual' });
    const type = (response.headers.get('content-type') ?? '').toLowerCase();
    // The sign-in page of a network, or a program's own window: it would pass for an answer that broke off, and be asked again.
    if (response.ok && type.startsWith('text/html')) {
      await response.body?.cancel();
      throw new ModelFailure('wrong_address', 'A web page answered instead of a model.');
    }
    if (!response.ok || response.body === null || type.includes('json')) return response;
    return new Response(requireTerminator(kind, response.body), response);
  };
}
