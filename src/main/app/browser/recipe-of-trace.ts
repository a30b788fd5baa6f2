import type { BrowserStepDone } from '../../../shared/contract/worker/browser-steps.ts';
import {
  recipeParamLimit,
  type BrowserAction,
  type BrowserActionName,
  type Recipe,
  type RecipeParam,
} from '../../../shared/domain/browser.ts';
import { lastingAction } from '../../../shared/domain/lasting-action.ts';
import { freeName, nameOfTarget, placeOf } from '../../../shared/domain/recipe-params.ts';
import { secretInAddress, soundsSecret } from './secret-words.ts';

/** Looks that helped a model to find its way and say nothing to a recipe. */
const left: ReadonlySet<BrowserActionName> = new Set(['snapshot', 'find', 'screenshot', 'tabs']);
/** As a recipe bounds them. */
const stepLimit = 500;

export interface RecipeOfTrace {
  readonly recipe: Recipe;
  /** Steps that were done and cannot be done again: nothing lasting means their element. */
  readonly lost: number;
}

/**
 * The steps that a task has done, as a recipe: without those that failed, and with targets that outlive the load of a page. Null
 * where there is nothing to repeat. SECURITY: what was typed into a field that hides it, or is called like a key, becomes a
 * parameter without a value, here, before anybody is told of the recipe.
 */
export function recipeOfTrace(name: string, sites: readonly string[], done: readonly BrowserStepDone[]): RecipeOfTrace | null {
  const params: RecipeParam[] = [];
  const secretParam = (calledAfter: string): string => {
    const free = freeName(calledAfter, new Set(params.map(each => each.name)));
    if (params.length < recipeParamLimit) params.push({ name: free, default: null, isSecret: true });
    return placeOf(free);
  };
  const kept = done.filter(({ entry: { action, outcome } }) => outcome === 'done' && !left.has(action.do));
  const steps = kept.flatMap(({ entry, durable }) => {
    const lasting = lastingAction(entry.action, durable);
    return lasting === null ? [] : [{ action: withoutSecret(lasting, entry.isSecret === true, secretParam), why: entry.why.slice(0, 500) }];
  });
  if (steps.length === 0 || sites.length === 0) return null;
  return {
    recipe: { name, sites: [...sites], params, steps: steps.slice(0, stepLimit) },
    lost: kept.length - Math.min(steps.length, stepLimit),
  };
}

function withoutSecret(action: BrowserAction, isHidden: boolean, secretParam: (calledAfter: string) => string): BrowserAction {
  if (action.do === 'open') return { ...action, url: secretInAddress(action.url, secretParam) };
  if (action.do !== 'type' || !('text' in action.value)) return action;
  const field = nameOfTarget(action.target);
  return isHidden || soundsSecret(field) ? { ...action, value: { text: secretParam(field) } } : action;
}
