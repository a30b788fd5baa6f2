import type { BrowserAction, PageTarget } from './browser.ts';

/** The same action with the target that outlives a page's load; null where its element has none. */
export function lastingAction(action: BrowserAction, durable: PageTarget | null): BrowserAction | null {
  if (action.do === 'scroll') {
    if (typeof action.to === 'string' || action.to.by !== 'ref') return action;
    return durable && { ...action, to: durable };
  }
  if (!('target' in action) || action.target?.by !== 'ref') return action;
  return durable && { ...action, target: durable };
}
