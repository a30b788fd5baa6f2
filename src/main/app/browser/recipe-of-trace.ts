import type { BrowserStepDone } from '../../../shared/contract/worker/browser-steps.ts';
import type { BrowserAction, BrowserActionName, Recipe } from '../../../shared/domain/browser.ts';

/** Looks that helped a model to find its way and say nothing to a recipe. */
const left: ReadonlySet<BrowserActionName> = new Set(['snapshot', 'find', 'screenshot', 'tabs']);
/** As a recipe bounds them. */
const stepLimit = 500;

/**
 * The steps that a task has done, as a recipe: without those that failed, and with targets that outlive the load of a page. Null
 * where there is nothing to repeat.
 */
export function recipeOfTrace(name: string, sites: readonly string[], done: readonly BrowserStepDone[]): Recipe | null {
  const steps = done.flatMap(({ entry, durable }) => {
    const { action, outcome, why } = entry;
    if (outcome !== 'done' || left.has(action.do)) return [];
    const lasting = withTarget(action, durable);
    return lasting === null ? [] : [{ action: lasting, why: why.slice(0, 500) }];
  });
  if (steps.length === 0 || sites.length === 0) return null;
  return { name, sites: [...sites], params: [], steps: steps.slice(0, stepLimit) };
}

/** Null for an action on an element that nothing lasting means. */
function withTarget(action: BrowserAction, durable: BrowserStepDone['durable']): BrowserAction | null {
  if (action.do === 'scroll')
    return typeof action.to === 'string' || action.to.by !== 'ref' ? action : durable && { ...action, to: durable };
  if (!('target' in action) || action.target?.by !== 'ref') return action;
  return durable === null ? null : { ...action, target: durable };
}
