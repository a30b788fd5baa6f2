import type { BrowserStepDone } from '../../shared/contract/worker/browser-steps.ts';
import { effectOfAction, type BrowserAction } from '../../shared/domain/browser.ts';
import { lastingAction } from '../../shared/domain/lasting-action.ts';
import { BrowserFault, type BrowserSession } from './browser-session.ts';

/** Goes to another page by itself; opening that one is enough. */
const moves: ReadonlySet<BrowserAction['do']> = new Set(['open', 'back', 'tabs']);

/**
 * Brings a browser that was started anew to where the last one was: its last page, and on it what changed that page alone. Nothing
 * that may have changed something outside is done again. True when there was something to go back to.
 */
export async function restorePage(session: BrowserSession, before: readonly BrowserStepDone[]): Promise<boolean> {
  const done = before.filter(({ entry }) => entry.outcome === 'done' && /^https?:/u.test(entry.url));
  const last = done.at(-1)?.entry.url;
  if (last === undefined) return false;
  try {
    await session.perform({ do: 'open', url: last });
    const first = done.findLastIndex(({ entry }) => entry.url !== last) + 1;
    for (const { entry, durable } of done.slice(first)) {
      // A file that a form only holds is as good as typed: the person has agreed to it, and it has gone nowhere yet.
      const isOfPage = effectOfAction[entry.action.do] === 'page' || (entry.action.do === 'upload' && entry.staysOnPage === true);
      if (!isOfPage || moves.has(entry.action.do)) continue;
      const again = lastingAction(entry.action, durable);
      if (again !== null) await session.perform(again);
    }
  } catch (error) {
    // The page is another one by now: whoever looks next sees that.
    if (!(error instanceof BrowserFault)) throw error;
  }
  return true;
}
