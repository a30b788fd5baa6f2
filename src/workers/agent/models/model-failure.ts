import { APICallError, RetryError } from 'ai';
import type { ModelConnection, ModelFailureCode } from '../../../shared/domain/provider.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import { describeConnectionFault } from './connection-fault.ts';
import { retryAfterMs } from './retry-after.ts';
import { StreamCutShort } from './stream-terminator.ts';
import { withoutKey } from './without-key.ts';

/** A failed call of a model. A kind may wait for the network instead when `code` is `network`. */
export class ModelFailure extends TaskFailure {
  declare readonly code: ModelFailureCode;

  constructor(code: ModelFailureCode, message: string, options: { retryable?: boolean; retryAfterMs?: number | null } = {}) {
    // No cause: the package's errors hold the request with its texts, and headers.
    super(code, message, { retryable: options.retryable ?? isPassing[code], retryAfterMs: options.retryAfterMs ?? null });
    this.name = 'ModelFailure';
  }
}

/** Whether the same call may succeed later, by itself. */
const isPassing: Readonly<Record<ModelFailureCode, boolean>> = {
  rate_limited: true,
  no_credit: false,
  unauthorized: false,
  wrong_address: false,
  model_not_found: false,
  context_too_long: false,
  refused_request: false,
  provider_error: true,
  network: true,
  stream_cut: true,
  bad_answer: true,
  answer_empty: true,
  answer_only_calls: false,
  answer_cut: false,
  answer_blocked: false,
  model_timeout: true,
};

/** What is known of a refusal, however it arrived: as an HTTP status or as an error within a stream. */
interface Refusal {
  readonly status: number | null;
  /** The provider's own words: type, code and sentence, in one string. */
  readonly said: string;
  readonly retryAfterMs: number | null;
}

/** Characters of the provider's own sentence that are kept: the cure often stands in it. */
const saidLimit = 300;

const tooLong =
  /context_length_exceeded|exceed_context_size|maximum context length|context (?:length|window|size)|prompt is too long|too many (?:input )?tokens|input token count|request_too_large/iu;
const noCredit = /insufficient_quota|insufficient_credits?|credit balance is too low|billing_hard_limit|payment required/iu;
const aModel = /\bmodel/iu;
const limited = /rate.?limit|too many requests|resource_exhausted/iu;
const noKey = /authentication_error|invalid_api_key|permission_error|api key not valid|unauthenticated/iu;
const overloaded = /overloaded|unavailable|server_error|internal error|api_error/iu;

/** The first rule that fits says what a refusal means. Statuses as the four wires document them. */
const rules: readonly (readonly [code: ModelFailureCode, fits: (refusal: Refusal) => boolean])[] = [
  ['no_credit', ({ status, said }) => status === 402 || noCredit.test(said)],
  ['rate_limited', ({ status, said }) => status === 429 || (status === null && limited.test(said))],
  ['unauthorized', ({ status, said }) => status === 401 || status === 403 || noKey.test(said)],
  ['context_too_long', ({ status, said }) => (status === null || isAbout(status, 400, 413, 422, 500)) && tooLong.test(said)],
  ['model_not_found', ({ status, said }) => status === 404 && aModel.test(said)],
  ['model_not_found', ({ said }) => /model_not_found|model .{0,220}not (?:found|exist)/iu.test(said)],
  ['wrong_address', ({ status }) => status !== null && ((status >= 300 && status < 400) || isAbout(status, 404, 405, 501))],
  ['provider_error', ({ status, said }) => isAbout(status, 408, 409, 425) || (status ?? 0) >= 500 || overloaded.test(said)],
  ['refused_request', ({ status }) => status !== null && status >= 400],
];

function isAbout(status: number | null, ...statuses: readonly number[]): boolean {
  return status !== null && statuses.includes(status);
}

/** What a call of a model threw, or an error within its stream, as the task's failure. A cancel is passed on as it is. */
export function modelFailure(error: unknown, { apiKey }: Pick<ModelConnection, 'apiKey'>, nowMs: number = Date.now()): Error {
  if (error instanceof TaskFailure) return error;
  if (RetryError.isInstance(error)) return modelFailure(error.lastError, { apiKey }, nowMs);
  for (const each of causes(error)) {
    if (each instanceof StreamCutShort) return new ModelFailure('stream_cut', each.message);
    if (each.name === 'TimeoutError') return new ModelFailure('model_timeout', 'The model did not answer within its time.');
    if (each.name === 'AbortError') return each;
    const fault = describeConnectionFault(each);
    if (fault !== null) return new ModelFailure(fault.code, fault.message);
  }
  const refusal = refusalOf(error, nowMs);
  if (refusal !== null) return refused(refusal, apiKey);
  const said = shortened(error instanceof Error ? error.message : String(error), apiKey);
  if (/without a finish reason|stream ended|No output generated/iu.test(said)) return new ModelFailure('stream_cut', said);
  if (error instanceof Error && /Unsupported|InvalidPrompt|InvalidArgument/u.test(error.name))
    return new ModelFailure('refused_request', said);
  return new ModelFailure('bad_answer', `The answer could not be read: ${said}`);
}

/** Why an answer with this finish reason is none; null when it is whole. */
export function finishFailure(finishReason: string): ModelFailure | null {
  if (finishReason === 'stop' || finishReason === 'tool-calls') return null;
  if (finishReason === 'length') return new ModelFailure('answer_cut', 'The answer reached its length limit before it was finished.');
  if (finishReason === 'content-filter') return new ModelFailure('answer_blocked', 'The provider withheld the answer.');
  return new ModelFailure('stream_cut', `The model ended with "${finishReason}", which is no end of an answer.`);
}

function refused({ status, said, retryAfterMs: after }: Refusal, key: string | null): ModelFailure {
  // Within a stream and unknown: the request was accepted, so the fault is the provider's.
  const code =
    rules.find(([, fits]) => fits({ status, said, retryAfterMs: after }))?.[0] ?? (status === null ? 'provider_error' : 'bad_answer');
  const heading = status === null ? 'The provider broke off' : `The provider answered ${status}`;
  const words = shortened(said, key);
  return new ModelFailure(code, words === '' ? `${heading}.` : `${heading}: ${words}`, { retryAfterMs: isPassing[code] ? after : null });
}

function refusalOf(error: unknown, nowMs: number): Refusal | null {
  if (APICallError.isInstance(error)) {
    const status = error.statusCode ?? null;
    // Refused with a success: what came is no answer.
    if (status !== null && status >= 200 && status < 300) return null;
    return {
      status,
      said: `${error.message} ${error.responseBody ?? ''}`,
      retryAfterMs: retryAfterMs(error.responseHeaders, nowMs),
    };
  }
  if (typeof error !== 'object' || error === null) return null;
  // An error within a stream: the wire's own object, or the package's error made of one.
  if (error instanceof Error && error.name !== 'AI_StreamProviderError') return null;
  if (!('message' in error) && !('error' in error)) return null;
  const { statusCode } = error as { readonly statusCode?: unknown };
  return { status: typeof statusCode === 'number' ? statusCode : null, said: wordsOf(error), retryAfterMs: null };
}

function wordsOf(error: object): string {
  const { type, code, message, error: inner } = error as Readonly<Record<string, unknown>>;
  const own = [type, code, message].filter(part => typeof part === 'string' || typeof part === 'number').join(' ');
  return typeof inner === 'object' && inner !== null ? `${own} ${wordsOf(inner)}` : typeof inner === 'string' ? `${own} ${inner}` : own;
}

/** SECURITY: what a server says may hold the key it was sent. */
function shortened(said: string, key: string | null): string {
  const clean = withoutKey(said, key).replace(/\s+/gu, ' ').trim();
  return clean.length > saidLimit ? `${clean.slice(0, saidLimit)}…` : clean;
}

function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let each = error; each instanceof Error && found.length < 8; each = each.cause) found.push(each);
  return found;
}
