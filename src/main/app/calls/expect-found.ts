import { ExpectedError } from '../../ipc/expected-error.ts';

/** The row, or the declared failure `not_found` with a sentence that names what was asked for. */
export function expectFound<T>(found: T | null, what: string, id: string): T {
  if (found === null) throw new ExpectedError('not_found', `There is no ${what} ${id}.`);
  return found;
}
