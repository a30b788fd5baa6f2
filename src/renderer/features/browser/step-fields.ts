import type { BrowserAction, PageTarget } from '../../../shared/domain/browser.ts';
import type { AddedStep, StepField } from '../../i18n/recipe-messages.ts';

export interface FieldOfStep {
  readonly field: StepField;
  readonly text: string;
}

/** What of a step can be changed by hand, in the order of reading. Everything else of it stays as it was recorded. */
export function fieldsOfStep(action: BrowserAction): readonly FieldOfStep[] {
  const own = ownField(action);
  const target = 'target' in action ? action.target : null;
  const named = target === null ? null : textOfTarget(target);
  return [...(own === null ? [] : [own]), ...(named === null ? [] : [{ field: 'target' as const, text: named }])];
}

function ownField(action: BrowserAction): FieldOfStep | null {
  switch (action.do) {
    case 'open':
      return { field: 'url', text: action.url };
    case 'type':
      return 'text' in action.value ? { field: 'text', text: action.value.text } : null;
    case 'select': {
      const [only, ...more] = action.options;
      return only === undefined || more.length > 0 ? null : { field: 'option', text: only };
    }
    case 'click':
      return { field: 'dialog', text: action.dialog ?? '' };
    case 'press':
      return { field: 'key', text: action.key };
    case 'wait':
      return 'ms' in action.for ? { field: 'ms', text: String(action.for.ms) } : { field: 'words', text: action.for.text };
    case 'upload':
      return { field: 'path', text: action.path };
    case 'extract':
      return { field: 'rows', text: action.schema.rows };
    case 'assert':
      if ('url' in action.that) return { field: 'address', text: action.that.url };
      return { field: 'words', text: 'text' in action.that ? action.that.text : action.that.gone };
    default:
      return null;
  }
}

/** The step with another text in one of its fields. What it does not take is found when the recipe is saved. */
export function withField(action: BrowserAction, field: StepField, text: string): BrowserAction {
  if (field === 'target') return 'target' in action && action.target !== null ? withTarget(action, text) : action;
  switch (action.do) {
    case 'open':
      return { ...action, url: text };
    case 'type':
      return { ...action, value: { text } };
    case 'select':
      return { ...action, options: [text] };
    case 'click':
      return { do: 'click', target: action.target, ...(text === '' ? {} : { dialog: text }) };
    case 'press':
      return { ...action, key: text };
    case 'wait':
      return { ...action, for: field === 'ms' ? { ms: Number(text) } : { text } };
    case 'upload':
      return { ...action, path: text };
    case 'extract':
      return { ...action, schema: { ...action.schema, rows: text } };
    case 'assert':
      if ('url' in action.that) return { ...action, that: { url: text } };
      return { ...action, that: 'text' in action.that ? { text } : { gone: text } };
    default:
      return action;
  }
}

/** Whether a recipe goes on where the page has no row. */
export function withEmpty(action: Extract<BrowserAction, { do: 'extract' }>, mayBeEmpty: boolean): BrowserAction {
  const { mayBeEmpty: _, ...schema } = action.schema;
  return { ...action, schema: mayBeEmpty ? { ...schema, mayBeEmpty } : schema };
}

/** A step as it begins when it is added by hand. */
export function newStep(what: AddedStep, words: string, site: string): BrowserAction {
  switch (what) {
    case 'open':
      return { do: 'open', url: `https://${site}/` };
    case 'wait':
      return { do: 'wait', for: { text: words } };
    case 'assert':
      return { do: 'assert', that: { text: words } };
    case 'read':
      return { do: 'read' };
  }
}

/** A list with one of its members a place earlier (-1) or later (1); the same list where there is no such place. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): readonly T[] {
  const [here, there] = [list[at], list[at + by]];
  if (here === undefined || there === undefined) return list;
  return list.with(at, there).with(at + by, here);
}

/** Null for an element that only its snapshot names. */
function textOfTarget(target: PageTarget): string | null {
  switch (target.by) {
    case 'role':
      return target.name;
    case 'label':
    case 'text':
      return target.text;
    case 'css':
      return target.css;
    case 'ref':
      return null;
  }
}

function withTarget(action: Extract<BrowserAction, { target: PageTarget | null }>, text: string): BrowserAction {
  const { target } = action;
  if (target === null) return action;
  switch (target.by) {
    case 'role':
      return { ...action, target: { ...target, name: text } };
    case 'label':
    case 'text':
      return { ...action, target: { ...target, text } };
    case 'css':
      return { ...action, target: { ...target, css: text } };
    case 'ref':
      return action;
  }
}
