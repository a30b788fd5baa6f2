import type { WebSearchConnection } from '../../../shared/domain/web-search.ts';
import type { Reach } from '../../store/reach/reach-repository.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** The name of its key in secret storage. */
export const webSearchSecret = 'web-search';

/** Names of keys that belong to something that is set up. */
export function keysOfReach(reach: Pick<Reach, 'webSearch'>): readonly string[] {
  return reach.webSearch() === null ? [] : [webSearchSecret];
}

/**
 * The search of the web with its key; null when there is none or its key cannot be opened here.
 * SECURITY: for the input of a task alone.
 */
export function searchConnection(reach: Pick<Reach, 'webSearch'>, secrets: Pick<Secrets, 'has' | 'read'>): WebSearchConnection | null {
  const search = reach.webSearch();
  if (search === null) return null;
  const apiKey = secrets.read(webSearchSecret);
  return apiKey === null && secrets.has(webSearchSecret) ? null : { ...search, apiKey };
}
