import type { Result } from '../../shared/contract/result.ts';

/** What a mutation gives back to a component: the value, or the code of an error, which it says in its own words. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string };

export function outcomeOf<T>(result: Result<T, string>): Outcome<T> {
  return result.ok ? result : { ok: false, code: result.error.code };
}

/** The code of an error; null when there is none and the value does not matter. */
export function failureOf(result: Result<unknown, string>): string | null {
  return result.ok ? null : result.error.code;
}
