import { recipe as recipeSchema, type Recipe } from '../../../shared/domain/browser.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';

const place = /\{\{\s*([\p{L}\w-]{1,60})\s*\}\}/gu;

/**
 * The recipe with its parameters put in. SECURITY: a value is put in where a text stood and nowhere else, so it can neither add a
 * step nor a site. Throws the `ExpectedError` `unfit_recipe`.
 */
export function filledRecipe(recipe: Recipe, given: Readonly<Record<string, string>>): Recipe {
  const known = new Set(recipe.params.map(({ name }) => name));
  const stranger = Object.keys(given).find(name => !known.has(name));
  if (stranger !== undefined) throw unfit(`The recipe has no parameter "${stranger}".`);
  const values = new Map(recipe.params.map(({ name, default: usual }) => [name, given[name] ?? usual]));
  const valueOf = (name: string): string => {
    const value = values.get(name);
    if (value === undefined) throw unfit(`The recipe speaks of "${name}", which is none of its parameters.`);
    if (value === null || value === '') throw unfit(`The parameter "${name}" has no value.`);
    return value;
  };
  const fill = (text: string): string => text.replaceAll(place, (_, name: string) => valueOf(name));
  const fillAddress = (url: string): string =>
    url.replaceAll(place, (_, name: string, at: number) => withinAddress(valueOf(name), url.slice(0, at)));
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each)]));
  };
  const steps = recipe.steps.map(({ action, why }) => ({
    action: action.do === 'open' ? { ...action, url: fillAddress(action.url) } : filled(action),
    why: fill(why),
  }));
  const whole = recipeSchema.safeParse({ ...recipe, params: [], steps });
  if (!whole.success) throw unfit(whole.error.issues[0]?.message ?? 'A value does not fit its step.');
  const byRef = whole.data.steps.findIndex(({ action }) => 'target' in action && action.target?.by === 'ref');
  if (byRef !== -1) throw unfit(`Step ${byRef + 1} means an element by a name that only holds for one load of its page.`);
  return whole.data;
}

/** Up to where its path begins. */
const origin = /^https?:\/\/[^/?#{]*[/?#]/iu;

/** A value as it is written behind that part of an address: a whole address, or its host, is as it was given. */
function withinAddress(value: string, before: string): string {
  if (!origin.test(before)) return value;
  return /[?#]/u.test(before) ? encodeURIComponent(value) : value.split('/').map(encodeURIComponent).join('/');
}

function unfit(message: string): ExpectedError<'unfit_recipe'> {
  return new ExpectedError('unfit_recipe', message);
}
