import { BrowserFault } from './browser-session.ts';

/** What the browser's library says, by a part of its words, and what it means for whoever asked. */
const meanings: readonly (readonly [said: RegExp, code: BrowserFault['code'], sentence: string])[] = [
  [/Target crashed|Page crashed/u, 'page_crashed', 'The page has crashed. Open it again.'],
  [/has been closed|Target closed|browser has disconnected|Connection closed/u, 'browser_gone', 'The browser has ended.'],
  [/strict mode violation/u, 'ambiguous', 'Several elements are meant. Say which one.'],
  [/intercepts pointer events/u, 'occluded', 'Something lies over the element: a banner or a dialog perhaps. Close it first.'],
  [/element is not enabled|element is disabled/u, 'disabled', 'The element is disabled.'],
  [/element is not visible|outside of the viewport|not stable/u, 'occluded', 'The element cannot be seen or reached on the page.'],
  [/did not find some options/u, 'not_found', 'The list has no such choice.'],
  [/not an? <(?:input|select|textarea)>|Element is not|cannot be filled|Malformed value/u, 'not_found', 'The element does not take this.'],
  [/net::ERR_/u, 'unreachable', 'The address could not be reached.'],
  [/Timeout|exceeded/u, 'timeout', 'It took too long.'],
];

/** A fault in the words of a task. What is not known is thrown on as it is: it is the program's own. */
export function readFault(error: unknown): Error {
  if (error instanceof BrowserFault) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  const found = meanings.find(([said]) => said.test(error.message));
  return found === undefined ? error : new BrowserFault(found[1], found[2]);
}
