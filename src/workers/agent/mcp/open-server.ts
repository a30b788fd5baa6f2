import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { CallToolResultSchema, ErrorCode, McpError, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { McpTool, McpTransport } from '../../../shared/domain/mcp.ts';
import { httpWire } from './http-transport.ts';
import { readTools } from './read-tools.ts';
import { McpServerFailure } from './server-failure.ts';
import { stdioWire } from './stdio-transport.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface ServerLimits {
  /** Until a server is ready: `npx` may fetch it first. */
  readonly openMs: number;
  /** Until the result of a call; a server that tells of its progress has it anew. */
  readonly callMs: number;
  /** Of a call in all. */
  readonly callAtMostMs: number;
  /** Characters or bytes that a server may answer a request with: results with pictures have some millions. */
  readonly answerLimit: number;
}
export const serverLimits: ServerLimits = { openMs: 60_000, callMs: 120_000, callAtMostMs: 600_000, answerLimit: 8_000_000 };

/** Pages of a list of tools that are asked for: more is no list. */
const pageLimit = 20;

/** One tool that is written badly does not hide the others. */
const listedTools = z.looseObject({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

/** A connection to a server. Every way it fails is an `McpServerFailure`; after one it is of no use. */
export interface McpServer {
  /** `leftOut` counts those that cannot be taken. */
  list(signal: AbortSignal): Promise<{ readonly tools: readonly McpTool[]; readonly leftOut: number }>;
  /** Rejects with a `ToolRefused` when the server says that there is no such call. */
  call(tool: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<CallToolResult>;
  isBroken(): boolean;
  /** The process and all it has started have ended when it resolves. */
  close(): Promise<void>;
}

/** The server is well and does not do what it was asked for. */
export class ToolRefused extends Error {
  override readonly name = 'ToolRefused';
}

/** Connects to a server and greets it. Nothing of it is left when this rejects. */
export async function openServer(
  given: McpTransport,
  signal: AbortSignal,
  { openMs, callMs, callAtMostMs, answerLimit }: ServerLimits = serverLimits,
): Promise<McpServer> {
  signal.throwIfAborted();
  const clean = withoutSecrets(given);
  const end = new AbortController();
  const broken = (failure: McpServerFailure) => end.abort(failure);
  const wire = given.kind === 'stdio' ? stdioWire(given, { answerLimit, broken, clean }) : httpWire(given, { answerLimit, broken, clean });
  // SECURITY: no capability is offered: a server can neither ask a model (sampling), nor a person (elicitation), nor for
  // folders (roots).
  const client = new Client({ name: 'konspekt', version: '1' }, { capabilities: {} });
  client.onerror = () => undefined;

  /** Ends with the answer, the failure of the connection, or the abort of the task, whichever is first. */
  async function asked<T>(request: (signal: AbortSignal) => Promise<T>, taskSignal: AbortSignal): Promise<T> {
    // Of the request's own: the package keeps listening to it, also when the answer is long there.
    const dropped = new AbortController();
    const over = rejectionOf(AbortSignal.any([taskSignal, end.signal]));
    try {
      return await Promise.race([request(dropped.signal), over.rejected]);
    } catch (error) {
      dropped.abort(error);
      taskSignal.throwIfAborted();
      if (end.signal.aborted) throw end.signal.reason;
      throw failureOf(error);
    } finally {
      over.forget();
    }
  }
  function failureOf(error: unknown): Error {
    if (error instanceof McpServerFailure) {
      broken(error);
      return error;
    }
    const words = clean(error instanceof Error ? error.message : String(error)).slice(0, 500);
    if (error instanceof McpError && error.code === Number(ErrorCode.RequestTimeout)) {
      const failure = new McpServerFailure('timed_out', wire.lastWords());
      broken(failure);
      return failure;
    }
    if (error instanceof McpError && error.code !== Number(ErrorCode.ConnectionClosed)) return new ToolRefused(words);
    const failure = new McpServerFailure('bad_answer', [words, wire.lastWords()].join('\n').trim());
    broken(failure);
    return failure;
  }

  try {
    await asked(dropped => client.connect(wire.transport, { timeout: openMs, signal: dropped }), signal);
  } catch (error) {
    await wire.transport.close();
    throw error instanceof ToolRefused ? new McpServerFailure('bad_answer', error.message) : error;
  }

  return {
    async list(taskSignal) {
      const found: unknown[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pageLimit; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const answer = await asked(
          dropped => client.request({ method: 'tools/list', params }, listedTools, { timeout: openMs, signal: dropped }),
          taskSignal,
        );
        found.push(...answer.tools);
        cursor = answer.nextCursor;
        if (cursor === undefined) break;
      }
      return readTools(found);
    },
    call: (tool, args, taskSignal) =>
      asked(
        dropped =>
          client.request({ method: 'tools/call', params: { name: tool, arguments: { ...args } } }, CallToolResultSchema, {
            timeout: callMs,
            maxTotalTimeout: callAtMostMs,
            resetTimeoutOnProgress: true,
            onprogress: () => undefined,
            signal: dropped,
          }),
        taskSignal,
      ),
    isBroken: () => end.signal.aborted,
    async close() {
      broken(new McpServerFailure('ended', ''));
      await wire.transport.close();
      await client.close();
    },
  };
}

/** Rejects with the signal's reason; never resolves. */
function rejectionOf(signal: AbortSignal): { readonly rejected: Promise<never>; forget(): void } {
  const { promise: rejected, reject } = Promise.withResolvers<never>();
  const fail = () => reject(signal.reason);
  if (signal.aborted) fail();
  else signal.addEventListener('abort', fail);
  return { rejected, forget: () => signal.removeEventListener('abort', fail) };
}
