import { z } from 'zod';

/**
 * `TracesData` of opentelemetry/proto/trace/v1/trace.proto in the JSON mapping of OTLP, strictly: a field that is not
 * there, a number where the mapping wants a string and the other way round are refused.
 */
const uint64 = z.string().regex(/^(0|[1-9]\d{0,19})$/u);
const notZero = (text: string): boolean => !/^0*$/u.test(text);
const traceId = z
  .string()
  .regex(/^[0-9a-f]{32}$/u)
  .refine(notZero);
const spanId = z
  .string()
  .regex(/^[0-9a-f]{16}$/u)
  .refine(notZero);

const value: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ boolValue: z.boolean() }),
    z.strictObject({ intValue: z.string().regex(/^-?\d+$/u) }),
    z.strictObject({ doubleValue: z.number() }),
    z.strictObject({ arrayValue: z.strictObject({ values: z.array(value) }) }),
  ]),
);
const attributes = z
  .array(z.strictObject({ key: z.string().min(1), value }))
  .refine(all => new Set(all.map(({ key }) => key)).size === all.length, 'a key stands twice');

const span = z
  .strictObject({
    traceId,
    spanId,
    parentSpanId: spanId.optional(),
    name: z.string().min(1),
    kind: z.int().min(0).max(5),
    startTimeUnixNano: uint64,
    endTimeUnixNano: uint64,
    attributes,
    events: z.array(z.strictObject({ timeUnixNano: uint64, name: z.string().min(1), attributes })),
    links: z.array(z.strictObject({ traceId, spanId, attributes })),
    status: z.strictObject({ code: z.int().min(0).max(2), message: z.string().optional() }),
  })
  .refine(({ startTimeUnixNano, endTimeUnixNano }) => BigInt(startTimeUnixNano) <= BigInt(endTimeUnixNano), 'it ends before it begins');

export const otlpTraces = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.array(
        z.strictObject({ scope: z.strictObject({ name: z.string(), version: z.string() }), spans: z.array(span).min(1) }),
      ),
    }),
  ),
});
