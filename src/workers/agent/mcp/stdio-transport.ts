import { serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { JSONRPCMessageSchema, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { McpTransport } from '../../../shared/domain/mcp.ts';
import { McpServerFailure } from './server-failure.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import type { ServerWire } from './server-wire.ts';

/** Characters of a line that is no message, for whoever wonders why a server does not work. */
const strayLimit = 300;

/** The wire to a server that is a process of its own, a message a line on its standard input and output. */
export function stdioWire(
  { command, args, env }: Extract<McpTransport, { kind: 'stdio' }>,
  { answerLimit, broken, clean }: { readonly answerLimit: number; broken(failure: McpServerFailure): void; clean(text: string): string },
): ServerWire {
  let server: ServerProcess | null = null;
  let rest = '';
  let unasked = 0;
  let stray = '';
  const lastWords = () =>
    clean(
      [stray, server?.stderrTail() ?? '']
        .filter(text => text !== '')
        .join('\n')
        .trim(),
    );

  function take(chunk: string): void {
    unasked += chunk.length;
    // SECURITY: neither a line without an end nor a flood of messages fills the worker's memory.
    if (unasked > answerLimit) {
      broken(new McpServerFailure('bad_answer', `It wrote more than ${answerLimit} characters in answer to one request.`));
      server?.stdout.destroy();
      void server?.stop();
      return;
    }
    rest += chunk;
    let from = 0;
    for (let end = rest.indexOf('\n', from); end !== -1; end = rest.indexOf('\n', from)) {
      const line = rest.slice(from, end).trim();
      from = end + 1;
      if (line !== '') read(line);
    }
    rest = rest.slice(from);
  }
  function read(line: string): void {
    const message = messageOf(line);
    // Many servers greet on standard output by mistake; what follows may be well.
    if (message === null) stray ||= line.slice(0, strayLimit);
    else transport.onmessage?.(message);
  }

  const transport: Transport = {
    async start() {
      try {
        server = await startServerProcess({ command, args, env });
      } catch (error) {
        throw new McpServerFailure('not_started', clean(error instanceof Error ? error.message : String(error)));
      }
      server.stdout.setEncoding('utf8').on('data', take);
      server.stdout.on('error', () => undefined);
      void server.ended.then(how => {
        broken(new McpServerFailure('ended', [lastWords(), `(${how})`].join('\n').trim()));
        transport.onclose?.();
      });
    },
    send(message: JSONRPCMessage) {
      if ('method' in message && 'id' in message) unasked = 0;
      server?.stdin.write(serializeMessage(message));
      return Promise.resolve();
    },
    async close() {
      await server?.stop();
    },
  };
  return { transport, lastWords };
}

function messageOf(line: string): JSONRPCMessage | null {
  try {
    const parsed = JSONRPCMessageSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
