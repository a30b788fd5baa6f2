import type { JobTrace } from './job-trace.ts';

/**
 * A job's trace as OpenTelemetry's `TracesData` in the JSON mapping of OTLP
 * (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): keys in lowerCamelCase, ids in hexadecimal, 64-bit
 * integers as decimal strings, enums as integers. Any collector takes it at `/v1/traces`, any viewer opens it.
 */

type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly OtlpValue[] } };

interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

interface OtlpEvent {
  readonly timeUnixNano: string;
  readonly name: string;
  readonly attributes: readonly OtlpAttribute[];
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events: readonly OtlpEvent[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly attributes: readonly OtlpAttribute[] }[];
  readonly status: { readonly code: number; readonly message?: string };
}

export interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: readonly OtlpSpan[];
    }[];
  }[];
}

/** Values of `SpanKind` and `StatusCode` in opentelemetry/proto/trace/v1/trace.proto. */
const kindInternal = 1;
const status = { unset: 0, ok: 1, error: 2 } as const;

type Plain = string | number | boolean | null | readonly string[];

function attributes(values: Readonly<Record<string, Plain>>): readonly OtlpAttribute[] {
  return Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [{ key, value: valueOf(value) }]));
}

function valueOf(value: Exclude<Plain, null>): OtlpValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return { arrayValue: { values: value.map(each => ({ stringValue: each })) } };
  }
}

/** Milliseconds hold in a double, nanoseconds do not. */
function nanos(atMs: number): string {
  return `${BigInt(Math.round(atMs)) * 1_000_000n}`;
}

export function toOtlp(trace: JobTrace, programVersion: string): OtlpTraces {
  const { job, traceId, atMs } = trace;

  function span(
    given: Pick<OtlpSpan, 'spanId' | 'name' | 'status'> & {
      readonly parentSpanId: string | null;
      readonly startedAtMs: number;
      /** What is unfinished ends where it was looked at: a span without an end is none. */
      readonly endedAtMs: number | null;
      readonly values: Readonly<Record<string, Plain>>;
      readonly events?: readonly OtlpEvent[];
      readonly links?: OtlpSpan['links'];
    },
  ): OtlpSpan {
    return {
      traceId,
      spanId: given.spanId,
      ...(given.parentSpanId === null ? {} : { parentSpanId: given.parentSpanId }),
      name: given.name,
      kind: kindInternal,
      startTimeUnixNano: nanos(given.startedAtMs),
      endTimeUnixNano: nanos(Math.max(given.startedAtMs, given.endedAtMs ?? atMs)),
      attributes: attributes({ ...given.values, ...(given.endedAtMs === null ? { 'konspekt.unfinished': true } : {}) }),
      events: given.events ?? [],
      links: given.links ?? [],
      status: given.status,
    };
  }

  const related = [
    ...(trace.parent === null ? [] : [{ ...trace.parent, relation: 'parent' }]),
    ...(trace.forkedFrom === null ? [] : [{ ...trace.forkedFrom, relation: 'forked_from' }]),
    ...trace.children.map(child => ({ ...child, relation: 'child' })),
  ];
  const jobStatus = { done: status.ok, failed: status.error };
  const spans: OtlpSpan[] = [
    span({
      spanId: trace.spanId,
      parentSpanId: null,
      name: job.kind,
      startedAtMs: job.createdAtMs,
      endedAtMs: job.finishedAtMs,
      values: {
        'konspekt.job.id': job.id,
        'konspekt.job.kind': job.kind,
        'konspekt.job.state': job.state,
        'konspekt.job.outcome': job.outcome,
        'konspekt.job.issues': job.issues,
        'konspekt.job.attempt': job.attempt,
        'konspekt.job.max_attempts': job.maxAttempts,
        'konspekt.job.priority': job.priority,
        'konspekt.job.due_at': job.dueAtMs === null ? null : new Date(job.dueAtMs).toISOString(),
        'konspekt.session.id': job.sessionId,
        'konspekt.spent.tokens': trace.spent?.tokens ?? null,
        'konspekt.spent.money_minor': trace.spent?.moneyMinor ?? null,
        'konspekt.spent.unpriced_tokens': trace.spent?.unpricedTokens ?? null,
        'konspekt.spent.wall_ms': trace.spent?.wallMs ?? null,
        'konspekt.trace.cut': trace.isCut,
        ...(job.errorCode === null ? {} : { 'error.type': job.errorCode }),
      },
      events: trace.events.map(event => ({ timeUnixNano: nanos(event.atMs), name: event.type, attributes: [] })),
      links: related.map(other => ({
        traceId: other.traceId,
        spanId: other.spanId,
        attributes: attributes({ 'konspekt.job.id': other.jobId, 'konspekt.relation': other.relation }),
      })),
      status: {
        code: job.state === 'done' || job.state === 'failed' ? jobStatus[job.state] : status.unset,
        ...(job.errorCode === null ? {} : { message: job.errorCode }),
      },
    }),
    ...trace.attempts.map(attempt =>
      span({
        spanId: attempt.spanId,
        parentSpanId: trace.spanId,
        name: `attempt ${attempt.number}`,
        startedAtMs: attempt.startedAtMs,
        endedAtMs: attempt.endedAtMs,
        values: {
          'konspekt.attempt.number': attempt.number,
          'konspekt.attempt.end': attempt.end,
          ...(attempt.code === null ? {} : { 'error.type': attempt.code }),
        },
        status: {
          code: attempt.end === 'done' ? status.ok : attempt.end === 'failed' || attempt.end === 'retried' ? status.error : status.unset,
          ...(attempt.code === null ? {} : { message: attempt.code }),
        },
      }),
    ),
    ...trace.waits.map(wait =>
      span({
        spanId: wait.spanId,
        parentSpanId: trace.spanId,
        name: wait.reason === null ? wait.state : `${wait.state} for ${wait.reason}`,
        startedAtMs: wait.startedAtMs,
        endedAtMs: wait.endedAtMs,
        values: { 'konspekt.wait.state': wait.state, 'konspekt.wait.reason': wait.reason },
        status: { code: status.unset },
      }),
    ),
    ...trace.steps.map(step =>
      span({
        spanId: step.spanId,
        parentSpanId: step.attemptSpanId ?? trace.spanId,
        name: step.name,
        startedAtMs: step.startedAtMs,
        endedAtMs: step.finishedAtMs,
        values: {
          'konspekt.step.seq': step.seq,
          'konspekt.step.compensates': step.compensates,
          'konspekt.step.decision': step.decision,
          'konspekt.step.superseded': step.supersededAtMs === null ? null : true,
          'konspekt.step.tokens': step.usage?.tokens ?? null,
          'konspekt.step.money_minor': step.usage?.moneyMinor ?? null,
          'konspekt.step.unpriced_tokens': step.usage?.unpricedTokens ?? null,
          'konspekt.effect.class': step.effect?.class ?? null,
          'konspekt.effect.outcome': step.effect?.outcome ?? null,
        },
        events:
          step.effect?.dispatchedAtMs == null
            ? []
            : [{ timeUnixNano: nanos(step.effect.dispatchedAtMs), name: 'dispatched', attributes: [] }],
        status: { code: step.effect?.outcome === 'failed' ? status.error : step.finishedAtMs === null ? status.unset : status.ok },
      }),
    ),
  ];
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes({ 'service.name': 'konspekt', 'service.version': programVersion }) },
        scopeSpans: [{ scope: { name: 'konspekt.jobs', version: programVersion }, spans }],
      },
    ],
  };
}
