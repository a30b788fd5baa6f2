import type { Failure, Result } from '../../shared/contract/result.ts';
import { CommandError, ConnectionLostError, exitCodes, type ExitCode } from './exit-codes.ts';
import type { Words } from './words.ts';

const codes: Readonly<Record<string, ExitCode>> = {
  not_found: exitCodes.notFound,
  storage_full: exitCodes.dataFolder,
  bad_address: exitCodes.usage,
  bad_request: exitCodes.usage,
  nothing_to_read: exitCodes.failed,
  nothing_readable: exitCodes.failed,
  internal: exitCodes.internal,
};

export function commandErrorOf(error: Failure<string>, words: Words): CommandError {
  if (error.code === 'disconnected' || error.code === 'shutting_down') return new ConnectionLostError(exitCodes.dataFolder, words.lost);
  return new CommandError(codes[error.code] ?? exitCodes.failed, words.refusals[error.code] ?? words.refused(error.message));
}

/** The value of a result; a failure ends the command with its sentence. */
export function unwrap<T>(result: Result<T, string>, words: Words): T {
  if (!result.ok) throw commandErrorOf(result.error, words);
  return result.value;
}
