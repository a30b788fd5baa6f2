import type { ToolStep } from '../../../shared/domain/agent.ts';
import { ownWords } from './own-words.ts';

/** Tools whose results show addresses that others have written down, and not the model. */
const showing: ReadonlySet<string> = new Set(['fetch_page', 'search_web']);

/** What stands in a text after an address and is not of it. */
const trailing = /[).,;:!?»”’*_~|]$/u;
/** How much of it is taken off, one after the other: `**).` and a little more. */
const trailingLimit = 6;
/** Characters of an address, as far as a question to a person can show all of it. */
export const addressLimit = 4_096;
/** With a scheme, or as people write it: a name with a dot. The words before `@` make it a letter's address. */
const written =
  /https?:\/\/[^\s<>"'`[\]«»“”\\]+|(?<![@\p{L}\p{N}./-])[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}-]{2,})+(?::\d{1,5})?(?:\/[^\s<>"'`[\]«»“”\\]*)?/giu;

/** An address without what does not tell two pages apart: scheme, fragment, a slash at its end. Null when it is none of the web. */
export function addressKey(address: string): string | null {
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//iu.test(address) ? address : `https://${address}`);
  if (url === null || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  return `${url.host}${url.pathname.replace(/\/+$/u, '')}${url.search}`;
}

/**
 * Keys of all addresses that are written in a text.
 * SECURITY: the text is somebody else's, and the work grows with its length alone: a page of one endless address would hold up
 * every answer of this process.
 */
export function addressesIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [each] of text.matchAll(written)) {
    if (each.length > addressLimit) continue;
    for (let end = each.length; end >= each.length - trailingLimit && end > 0; end -= 1) {
      const address = each.slice(0, end);
      const key = addressKey(address);
      if (key !== null) found.add(key);
      if (!trailing.test(address)) break;
    }
  }
  return found;
}

/**
 * Whether an address was in the person's own words, or in a search result or a page that was read for this task.
 * SECURITY: anything else a model may have made up itself, with words of the chat in it. What an assistant said, a document or the
 * task that a model has written does not count.
 */
export function wasSeen(address: string, input: Parameters<typeof ownWords>[0], results: ReadonlyMap<string, ToolStep>): boolean {
  const key = addressKey(address);
  if (key === null) return false;
  const texts = [
    ...ownWords(input),
    ...[...results.values()].filter(({ tool, isError }) => showing.has(tool) && !isError).map(({ text }) => text),
  ];
  return texts.some(text => addressesIn(text).has(key));
}
