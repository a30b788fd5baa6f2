import { documentErrorCode, documentErrorOf } from '../../shared/domain/document.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { Words } from './words.ts';

/** Why a job failed, in the person's language; a reason that is the program's own has its code, and its sentence in `--json`. */
export function failureOf({ error }: Pick<JobView, 'error'>, words: Words): string {
  if (error === null) return words.unknownFailure;
  if (documentErrorCode.safeParse(error.code).success) return words.documentFault(documentErrorOf(error));
  return words.jobErrors[error.code] ?? words.refusals[error.code] ?? words.otherFailure(error);
}
