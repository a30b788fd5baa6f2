import type { z } from 'zod';
import { frameValueLimit } from '../../shared/contract/worker/frames.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';

/** The JSON text of a value that fits its schema; throws a `TaskFailure` that trying again does not cure. */
export function encode(schema: z.ZodType, value: unknown, what: string): string {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new TaskFailure('bad_output', `${what} does not fit its schema at "${issue?.path.join('.') ?? ''}".`, {
      retryable: false,
      cause: parsed.error,
    });
  }
  const text = JSON.stringify(parsed.data);
  if (text.length > frameValueLimit) {
    throw new TaskFailure('output_too_large', `${what} has ${text.length} characters, more than the ${frameValueLimit} allowed.`, {
      retryable: false,
    });
  }
  return text;
}

/** The value in a JSON text of a frame; throws likewise. */
export function decode(schema: z.ZodType, text: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TaskFailure('bad_input', `${what} is not JSON.`, { retryable: false, cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TaskFailure('bad_input', `${what} does not fit its schema at "${issue?.path.join('.') ?? ''}".`, {
    retryable: false,
    cause: parsed.error,
  });
}
