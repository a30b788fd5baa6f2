import type { z } from 'zod';
import { recipe as recipeSchema, type Recipe } from '../../../shared/domain/browser.ts';
import type { Speech } from '../../i18n/format.ts';

/** Faults that are told at once; whoever mends these sees the next ones. */
const toldAtOnce = 6;

export type ReadRecipe = { readonly ok: true; readonly recipe: Recipe } | { readonly ok: false; readonly faults: readonly string[] };

/** Line and column of an offset, both from 1. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where a parser of V8 stopped; the end of the text when it does not say. */
function offsetOf(error: unknown, text: string): number {
  const [, position] = error instanceof Error ? (/position (\d+)/u.exec(error.message) ?? []) : [];
  return position === undefined ? text.length : Number(position);
}

/** A step by its number, and the rest of the way as it is written in the file. */
function whereOf(path: readonly PropertyKey[], { t }: Speech): string {
  const isStep = path[0] === 'steps' && typeof path[1] === 'number';
  const rest = (isStep ? path.slice(2) : path).map(String).join('.');
  const step = isStep ? t.browser.faultStep(Number(path[1]) + 1) : null;
  return [step, rest === '' ? null : rest].filter(part => part !== null).join(', ') || t.browser.faultWhole;
}

type Issue = z.core.$ZodIssue;

/** A value that fits none of several forms is told of by the form that it comes closest to. */
function leavesOf(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [closest = []] = [...issue.errors].sort((a, b) => a.length - b.length);
  return closest.flatMap(leavesOf).map(inner => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function whatOf(issue: Issue, { t }: Speech): string {
  const { fault } = t.browser;
  switch (issue.code) {
    case 'unrecognized_keys':
      return fault.unknown(issue.keys.join(', '));
    case 'too_big':
      return fault.tooMuch;
    case 'too_small':
      return fault.missing;
    case 'invalid_union':
      return issue.path.at(-1) === 'do' ? fault.noAction : fault.wrong;
    case 'invalid_type':
      return issue.input === undefined ? fault.missing : fault.wrong;
    default:
      return fault.wrong;
  }
}

/** A recipe out of text that a person gives, or what is wrong with it: where it is and what, each as one sentence. */
export function readRecipe(text: string, speech: Speech): ReadRecipe {
  const { t, number } = speech;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { line, column } = placeOf(text, offsetOf(error, text));
    return { ok: false, faults: [t.browser.notJson(t.browser.place(number(line), number(column)))] };
  }
  const read = recipeSchema.safeParse(value, { reportInput: true });
  if (read.success) return { ok: true, recipe: read.data };
  const issues = read.error.issues.flatMap(leavesOf);
  const told = issues.slice(0, toldAtOnce).map(issue => t.browser.faultAt(whereOf(issue.path, speech), whatOf(issue, speech)));
  return { ok: false, faults: issues.length > told.length ? [...told, t.browser.moreFaults(issues.length - told.length)] : told };
}
