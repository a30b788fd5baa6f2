import { recipeParamLimit, type BrowserAction, type PageTarget, type Recipe, type RecipeParam } from './browser.ts';

/** A word of a recipe that may be another one at the next run. */
export interface OfferedParam {
  /** What it could be called: after the field or the part of an address that it stands in. */
  readonly name: string;
  /** As it was in the run that the recipe was made of. */
  readonly value: string;
  /** It was typed or searched for by name, so that it most likely is another one next time. */
  readonly isLikely: boolean;
}

/** A word of a recipe that becomes a parameter. */
export interface ChosenParam {
  readonly name: string;
  readonly value: string;
}

/** Whether it asks for something secret, which is not kept, so that it is run by hand alone. */
export function asksSecret({ params }: Pick<Recipe, 'params'>): boolean {
  return params.some(({ isSecret }) => isSecret === true);
}

/** Stands in a text for a parameter. */
export const placeOf = (name: string): string => `{{${name}}}`;

/** Characters of a parameter's name, as its schema bounds them. */
const nameLimit = 60;
const wordless = 'value';

/** Where a word stands. */
interface Found {
  readonly value: string;
  readonly calledAfter: string;
  readonly isLikely: boolean;
}

const hasLetter = /\p{L}/u;
const holdsPlace = /\{\{/u;

/** Words of a recipe that are worth being parameters, each once, in the order of their steps. None of them is secret: those are parameters. */
export function offeredParams(recipe: Recipe): readonly OfferedParam[] {
  const found = new Map<string, Found>();
  for (const { action } of recipe.steps)
    for (const word of wordsOf(action)) {
      const known = found.get(word.value);
      if (word.value.trim() === '' || holdsPlace.test(word.value)) continue;
      found.set(word.value, known === undefined ? word : { ...known, isLikely: known.isLikely || word.isLikely });
    }
  const taken = new Set(recipe.params.map(({ name }) => name));
  return [...found.values()].slice(0, recipeParamLimit - recipe.params.length).map(({ value, calledAfter, isLikely }) => {
    const name = freeName(calledAfter, taken);
    taken.add(name);
    return { name, value, isLikely };
  });
}

/** The recipe with these words as parameters, wherever they stand as a whole; their values are the defaults. */
export function withParams(recipe: Recipe, chosen: readonly ChosenParam[]): Recipe {
  const names = new Map(chosen.map(({ name, value }) => [value, name]));
  const params: RecipeParam[] = [...recipe.params, ...chosen.map(({ name, value }) => ({ name, default: value }))];
  return { ...recipe, params, steps: recipe.steps.map(step => ({ ...step, action: withPlaces(step.action, names) })) };
}

/** A name after what somebody calls it, that a parameter may have and that is not taken. */
export function freeName(words: string, taken: ReadonlySet<string>): string {
  const plain = words
    .toLocaleLowerCase()
    .replaceAll(/[^\p{L}\w]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  const name = plain.slice(0, nameLimit - 4).toWellFormed() || wordless;
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  return free;
}

/** What a person would call the element; nothing for one that is meant by its place alone. */
export function nameOfTarget(target: PageTarget): string {
  switch (target.by) {
    case 'role':
      return target.name;
    case 'label':
    case 'text':
      return target.text;
    case 'css':
    case 'ref':
      return '';
  }
}

function wordsOf(action: BrowserAction): readonly Found[] {
  switch (action.do) {
    case 'type':
      return 'text' in action.value ? [{ value: action.value.text, calledAfter: nameOfTarget(action.target), isLikely: true }] : [];
    case 'select':
      return action.options.map(value => ({ value, calledAfter: nameOfTarget(action.target), isLikely: true }));
    case 'upload':
      return [{ value: action.path, calledAfter: nameOfTarget(action.target), isLikely: true }];
    case 'open':
      return addressWords(action.url);
    default:
      return [];
  }
}

/** The values of an address's query, and the last part of its path. */
function addressWords(url: string): readonly Found[] {
  const { path, query } = partsOf(url);
  const last = path.at(-1) ?? '';
  return [
    ...query.map(({ name, value }) => ({ value, calledAfter: name, isLikely: hasLetter.test(value) })),
    ...(last === '' ? [] : [{ value: last, calledAfter: path.at(-2) ?? '', isLikely: false }]),
  ];
}

/** An address in the parts that can be replaced, each as it is meant and not as it is written. */
function partsOf(url: string): { readonly path: readonly string[]; readonly query: readonly { name: string; value: string }[] } {
  const [, , path = '', query = ''] = addressParts.exec(url) ?? [];
  return {
    path: path.split('/').slice(1).map(decoded),
    query: query
      .slice(1)
      .split('&')
      .filter(pair => pair !== '')
      .map(pair => ({ name: decoded(pair.split('=')[0] ?? ''), value: queryValue(pair) })),
  };
}

/** Origin, path, query and the rest of a web address. */
const addressParts = /^(https?:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?(.*)$/su;

function queryValue(pair: string): string {
  const at = pair.indexOf('=');
  return at === -1 ? '' : decoded(pair.slice(at + 1).replaceAll('+', ' '));
}

/** As it was before it was written into an address; as it stands where nobody has written it so. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withPlaces(action: BrowserAction, names: ReadonlyMap<string, string>): BrowserAction {
  const replaced = (text: string): string => {
    const name = names.get(text);
    return name === undefined ? text : placeOf(name);
  };
  switch (action.do) {
    case 'type':
      return 'text' in action.value ? { ...action, value: { text: replaced(action.value.text) } } : action;
    case 'select':
      return { ...action, options: action.options.map(replaced) };
    case 'upload':
      return { ...action, path: replaced(action.path) };
    case 'open':
      return { ...action, url: addressWith(action.url, replaced) };
    case 'click': {
      // What is chosen among what was searched for has the name that was typed.
      const { target } = action;
      if (target.by === 'role') return { ...action, target: { ...target, name: replaced(target.name) } };
      return target.by === 'text' ? { ...action, target: { ...target, text: replaced(target.text) } } : action;
    }
    case 'wait':
      return 'text' in action.for ? { ...action, for: { text: replaced(action.for.text) } } : action;
    case 'assert':
      return 'text' in action.that ? { ...action, that: { text: replaced(action.that.text) } } : action;
    default:
      return action;
  }
}

/** Parts that are replaced lose their writing for addresses: a value is written so when it is put in. */
function addressWith(url: string, replaced: (text: string) => string): string {
  const [, origin, path = '', query = '', rest = ''] = addressParts.exec(url) ?? [];
  if (origin === undefined) return url;
  const part = (written: string, meant: string): string => {
    const other = replaced(meant);
    return other === meant ? written : other;
  };
  const pairs = query
    .slice(1)
    .split('&')
    .map(pair => (pair.includes('=') ? `${pair.split('=')[0]}=${part(pair.slice(pair.indexOf('=') + 1), queryValue(pair))}` : pair));
  return `${origin}${path
    .split('/')
    .map(each => part(each, decoded(each)))
    .join('/')}${query === '' ? '' : `?${pairs.join('&')}`}${rest}`;
}
