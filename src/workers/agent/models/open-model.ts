import { wrapLanguageModel } from 'ai';
import type { ModelConnection } from '../../../shared/domain/provider.ts';
import { finishFailure, modelFailure, type ModelFailure } from './model-failure.ts';
import type { Fetch } from './model-fetch.ts';
import { openProvider } from './open-provider.ts';
import { StreamCutShort } from './stream-terminator.ts';

/** The package's model, of the interface's fourth version. */
export type OpenedModel = ReturnType<typeof wrapLanguageModel>;

/**
 * A model for `streamText` and `generateText`, one call at a time. Every way it fails is a `ModelFailure`, thrown or as an
 * `error` part of the stream; after one there is no `finish`, so nothing that was cut short can pass for complete. The
 * package retries none of them: its own retries know only its own errors, and it is the engine that retries. A cancel is
 * passed on. The finish reason `length` is left to the caller (`finishFailure` says what it means).
 */
export function openModel(connection: ModelConnection, fetch: Fetch = globalThis.fetch): OpenedModel {
  return wrapLanguageModel({
    model: openProvider(connection, fetch).language(connection.modelId),
    middleware: {
      specificationVersion: 'v4',
      async wrapGenerate({ doGenerate }) {
        const result = await orFailure(doGenerate, connection);
        const failure = noEnd(result.finishReason.unified);
        if (failure !== null) throw failure;
        return result;
      },
      async wrapStream({ doStream }) {
        const result = await orFailure(doStream, connection);
        return { ...result, stream: failingWhole(result.stream, connection) };
      },
    },
  });
}

async function orFailure<T>(call: () => PromiseLike<T>, connection: ModelConnection): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw modelFailure(error, connection);
  }
}

/** The reasons that a model ends with. Any other says that the wire gave none, or that the package made one up for a stream that broke off. */
const ends: ReadonlySet<string> = new Set(['stop', 'tool-calls', 'length', 'content-filter']);

function noEnd(finishReason: string): ModelFailure | null {
  return ends.has(finishReason) ? null : finishFailure(finishReason);
}

type Parts = Awaited<ReturnType<OpenedModel['doStream']>>['stream'];
type Part = Parts extends ReadableStream<infer P> ? P : never;

/** Ends with `finish`, or with one `error` part and nothing after it. */
function failingWhole(parts: Parts, connection: ModelConnection): Parts {
  const reader = parts.getReader();
  let isFinished = false;
  return new ReadableStream<Part>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done && isFinished) controller.close();
        else if (done) fail(controller, modelFailure(new StreamCutShort(), connection));
        else if (value.type === 'error') fail(controller, modelFailure(value.error, connection));
        else {
          isFinished ||= value.type === 'finish';
          const failure = value.type === 'finish' ? noEnd(value.finishReason.unified) : null;
          if (failure === null) controller.enqueue(value);
          else fail(controller, failure);
        }
      } catch (error) {
        const failure = modelFailure(error, connection);
        if (failure.name === 'AbortError') controller.error(failure);
        else fail(controller, failure);
      }
    },
    cancel: reason => reader.cancel(reason),
  });

  function fail(controller: ReadableStreamDefaultController<Part>, error: Error): void {
    controller.enqueue({ type: 'error', error });
    controller.close();
    void reader.cancel(error).catch(() => {});
  }
}
