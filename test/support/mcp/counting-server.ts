import { startHttp } from './http-server.ts';

interface Request {
  readonly id?: number | string;
  readonly method: string;
  readonly params?: { readonly protocolVersion?: string; readonly arguments?: { readonly at?: number } };
}

/** A server of one tool, `mark`, over HTTP. What it was called with is there to be counted. */
export async function startCountingServer(
  /** Awaited before a call is counted. */
  before: (at: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly url: string; readonly marks: readonly number[]; close(): Promise<void> }> {
  const marks: number[] = [];

  function answer({ method, params }: Request): object {
    switch (method) {
      case 'initialize':
        return { protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'counting', version: '1' } };
      case 'tools/list': {
        const inputSchema = { type: 'object', properties: { at: { type: 'number' } }, required: ['at'] };
        return { tools: [{ name: 'mark', description: 'Marks a number.', inputSchema }] };
      }
      case 'tools/call': {
        const at = params?.arguments?.at ?? Number.NaN;
        marks.push(at);
        return { content: [{ type: 'text', text: `Marked ${at}.` }] };
      }
      default:
        return {};
    }
  }

  async function respond(request: AsyncIterable<Buffer>): Promise<string | null> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const asked = JSON.parse(Buffer.concat(parts).toString('utf8')) as Request;
    if (asked.method === 'tools/call') await before(asked.params?.arguments?.at ?? Number.NaN);
    return asked.id === undefined ? null : JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: answer(asked) });
  }

  const server = await startHttp((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    respond(request as AsyncIterable<Buffer>).then(
      body => {
        if (body === null) response.writeHead(202).end();
        else response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      },
      () => void response.writeHead(400).end(),
    );
  });
  return { ...server, marks };
}
