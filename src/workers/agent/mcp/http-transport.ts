import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { McpTransport } from '../../../shared/domain/mcp.ts';
import { McpServerFailure } from './server-failure.ts';
import type { ServerWire } from './server-wire.ts';

/** A server that does not thank for the visit is left without a word. */
const farewellMs = 500;

/** The wire to a server that answers at an address (Streamable HTTP). */
export function httpWire(
  { url, headers }: Extract<McpTransport, { kind: 'http' }>,
  { answerLimit, broken, clean }: { readonly answerLimit: number; broken(failure: McpServerFailure): void; clean(text: string): string },
): ServerWire {
  const leaving = new AbortController();
  const address = new URL(url);

  async function boundedFetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
    // SECURITY: headers with secrets go to the origin that the person named, and along no redirect.
    if (new URL(input).origin !== address.origin) throw new TypeError(`A request for ${new URL(input).origin} is not the server's.`);
    const method = init.method ?? 'GET';
    // A stream for messages nobody asked for; nothing is done with those. The answer is what a server without one says.
    if (method === 'GET' && !new Headers(init.headers).has('last-event-id')) return new Response(null, { status: 405 });
    const signal = AbortSignal.any([leaving.signal, ...(init.signal ? [init.signal] : [])]);
    const response = await fetch(input, { ...init, signal, redirect: 'manual' }).catch((error: unknown) => {
      if (!signal.aborted) broken(new McpServerFailure('unreachable', reasonOf(error)));
      throw error;
    });
    if (response.status === 401 || response.status === 403) broken(new McpServerFailure('unauthorized', `It answered ${response.status}.`));
    else if (!response.ok && method === 'POST') broken(new McpServerFailure('bad_answer', `It answered ${response.status}.`));
    if (response.body === null) return response;
    return new Response(bounded(response.body, signal), response);
  }

  /** SECURITY: an answer without an end does not fill the worker's memory. */
  function bounded(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    let seen = 0;
    // Read no further once the answer is there.
    let isLeft = false;
    return new ReadableStream({
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (isLeft) return;
          if (done) {
            controller.close();
            return;
          }
          seen += value.byteLength;
          if (seen > answerLimit) throw new McpServerFailure('bad_answer', `It sent more than ${answerLimit} bytes in one answer.`);
          controller.enqueue(value);
        } catch (error) {
          if (isLeft) return;
          if (!signal.aborted) broken(error instanceof McpServerFailure ? error : new McpServerFailure('unreachable', reasonOf(error)));
          controller.error(error);
          void reader.cancel(error).catch(() => undefined);
        }
      },
      cancel(reason) {
        isLeft = true;
        return reader.cancel(reason);
      },
    });
  }

  const reasonOf = (error: unknown) => clean(describe(error));
  const http = new StreamableHTTPClientTransport(address, { requestInit: { headers }, fetch: boundedFetch });
  const close = http.close.bind(http);
  http.close = async () => {
    const timer = setTimeout(() => leaving.abort(), farewellMs);
    await http.terminateSession().catch(() => undefined);
    clearTimeout(timer);
    leaving.abort();
    await close();
  };
  // The package declares its session's id in a way that exact optional properties do not take.
  return { transport: http as Transport, lastWords: () => '' };
}

/** Node's fetch puts the reason into the cause. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : String(cause);
}
