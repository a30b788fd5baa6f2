import type { McpTestOutcome, McpTransport } from '../../../shared/domain/mcp.ts';
import { openServer, serverLimits, ToolRefused, type ServerLimits } from './open-server.ts';
import { McpServerFailure } from './server-failure.ts';

/** A real connection: greets the server, asks for its tools and leaves. Rejects with the signal's reason alone. */
export async function testServer(
  transport: McpTransport,
  signal: AbortSignal,
  limits: ServerLimits = serverLimits,
): Promise<McpTestOutcome> {
  try {
    const server = await openServer(transport, signal, limits);
    try {
      const { tools, leftOut } = await server.list(signal);
      return { works: true, tools: [...tools], leftOut };
    } finally {
      await server.close();
    }
  } catch (error) {
    if (error instanceof McpServerFailure) return { works: false, failure: error.failure, detail: error.detail };
    if (error instanceof ToolRefused) return { works: false, failure: 'bad_answer', detail: error.message };
    throw error;
  }
}
