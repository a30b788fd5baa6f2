import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicBody, anthropicError, anthropicEvents } from './anthropic-wire.ts';
import { deliver, untilClosed } from './deliver.ts';
import { googleBody, googleError, googleEvents } from './google-wire.ts';
import { embeddingsBody, hashEmbedding } from './hash-embedding.ts';
import { modelRequest, readJson } from './model-request.ts';
import { openaiBody, openaiError, openaiEvents } from './openai-wire.ts';
import { replyOf, type ModelRequest, type Script, type ScriptedReply } from './script.ts';

/** Which program it looks like to somebody who asks around. */
export type Flavour = 'plain' | 'ollama' | 'lm_studio' | 'llama_cpp' | 'open_router';

export interface ScriptedModel {
  readonly id: string;
  readonly contextTokens: number;
}

export interface ScriptedServerOptions {
  readonly script: Script;
  readonly flavour?: Flavour;
  readonly models?: readonly ScriptedModel[];
  /** Refuses calls without this key. */
  readonly apiKey?: string;
  /** A free one when absent. */
  readonly port?: number;
  /** The numbers of a text for search by meaning; `hashEmbedding` when absent. */
  readonly embed?: (text: string) => readonly number[];
  readonly onRequest?: (request: ModelRequest) => void;
}

export interface ScriptedServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Where the packages of all wires are pointed at. */
  readonly baseUrl: string;
  /** Calls of a model, in the order they came. */
  readonly requests: readonly ModelRequest[];
  /** The texts of each call that asked for their numbers. */
  readonly embedded: readonly (readonly string[])[];
  /** Every request's method and path, also of probes. */
  readonly paths: readonly string[];
  setScript(script: Script): void;
  close(): Promise<void>;
}

const wires = {
  openai: { events: openaiEvents, body: openaiBody, error: openaiError },
  anthropic: { events: anthropicEvents, body: anthropicBody, error: anthropicError },
  google: { events: googleEvents, body: googleBody, error: googleError },
} as const;

const modelPaths: Readonly<Record<string, ModelRequest['wire']>> = {
  '/v1/chat/completions': 'openai',
  '/v1/messages': 'anthropic',
};

/** Google's wire names the model and whether it streams in the path. */
const googlePath = /^\/v1\/models\/([^/]+):(generateContent|streamGenerateContent)$/u;

/** A provider of models on the loopback interface, which answers what the script says. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { flavour = 'plain', models = [{ id: 'scripted', contextTokens: 32_768 }], apiKey } = options;
  let { script } = options;
  const requests: ModelRequest[] = [];
  const embedded: string[][] = [];
  const paths: string[] = [];
  const closing = new AbortController();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    paths.push(`${request.method} ${pathname}`);
    const body = request.method === 'POST' ? await readJson(request) : {};
    const [, googleModel, method] = googlePath.exec(pathname) ?? [];
    const named = Object.hasOwn(modelPaths, pathname) ? modelPaths[pathname] : undefined;
    const wire = googleModel === undefined ? named : 'google';
    if (!isAllowed(request)) {
      json(response, 401, wires[wire ?? 'openai'].error({ type: 'authentication_error', message: 'The key is not the right one.' }));
    } else if (request.method === 'POST' && wire !== undefined) {
      const inPath =
        googleModel === undefined ? {} : { model: decodeURIComponent(googleModel), stream: method === 'streamGenerateContent' };
      const asked = { ...modelRequest(wire, body, request.headers, requests.length + 1), ...inPath };
      requests.push(asked);
      options.onRequest?.(asked);
      await reply(response, asked, await replyOf(script, asked));
    } else if (request.method === 'POST' && pathname === '/v1/embeddings') {
      const texts = [body['input']].flat().map(String);
      embedded.push(texts);
      json(response, 200, embeddingsBody(String(body['model']), texts, options.embed ?? hashEmbedding));
    } else if (request.method === 'GET' && pathname === '/v1/models') json(response, 200, modelList(flavour, models));
    else {
      const known = probeAnswer(flavour, models, `${request.method} ${pathname}`, body);
      if (known === null) json(response, 404, { error: 'Not found.' });
      else json(response, 200, known);
    }
  }

  function isAllowed({ headers, url }: IncomingMessage): boolean {
    if (apiKey === undefined || url?.startsWith('/v1') !== true) return true;
    return headers.authorization === `Bearer ${apiKey}` || headers['x-api-key'] === apiKey || headers['x-goog-api-key'] === apiKey;
  }

  async function reply(response: ServerResponse, { wire, model, stream }: ModelRequest, given: ScriptedReply): Promise<void> {
    switch (given.kind) {
      case 'hang':
        return untilClosed(response, closing.signal);
      case 'refusal': {
        if (given.retryAfter !== undefined) response.setHeader('retry-after', given.retryAfter);
        if (given.location !== undefined) response.setHeader('location', given.location);
        json(response, given.status, wires[wire].error(given.error ?? { message: `Scripted ${given.status}.` }));
        return;
      }
      case 'bytes': {
        response.writeHead(given.status ?? 200, { 'content-type': given.contentType ?? 'text/event-stream' });
        return deliver(response, [given.body], given.delivery ?? {}, closing.signal);
      }
      case 'answer': {
        response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
        const writes = stream ? wires[wire].events(model, given) : [JSON.stringify(wires[wire].body(model, given))];
        return deliver(response, writes, given.delivery ?? {}, closing.signal);
      }
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The script is at fault, or the request: whoever runs the test reads it in the answer.
      if (!response.headersSent) json(response, 500, { error: { message: `The script failed: ${String(error)}` } });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // SECURITY: the loopback interface alone; a script answers whoever asks.
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    requests,
    embedded,
    paths,
    setScript(next) {
      script = next;
    },
    async close() {
      closing.abort();
      await new Promise<void>(resolve => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function modelList(flavour: Flavour, models: readonly ScriptedModel[]): object {
  const extra = ({ contextTokens }: ScriptedModel): object => {
    if (flavour === 'open_router') return { context_length: contextTokens };
    if (flavour === 'llama_cpp') return { meta: { n_ctx_train: contextTokens * 4 } };
    return {};
  };
  return { object: 'list', data: models.map(model => ({ id: model.id, object: 'model', owned_by: 'scripted', ...extra(model) })) };
}

/** What the local programs answer beside the common wire; null for nothing. */
function probeAnswer(
  flavour: Flavour,
  models: readonly ScriptedModel[],
  route: string,
  body: Readonly<Record<string, unknown>>,
): object | null {
  switch (`${flavour} ${route}`) {
    case 'ollama GET /api/version':
      return { version: '0.99.0' };
    case 'ollama GET /api/tags':
      return { models: models.map(({ id }) => ({ name: id, model: id, details: { family: 'scripted' } })) };
    case 'ollama POST /api/show': {
      const model = models.find(({ id }) => id === body['model']);
      return model === undefined
        ? null
        : {
            capabilities: ['completion'],
            model_info: { 'general.architecture': 'scripted', 'scripted.context_length': model.contextTokens },
          };
    }
    case 'lm_studio GET /api/v0/models':
      return {
        object: 'list',
        data: models.map(({ id, contextTokens }) => ({ id, type: 'llm', state: 'not-loaded', max_context_length: contextTokens })),
      };
    case 'llama_cpp GET /props':
      return { default_generation_settings: { n_ctx: models[0]?.contextTokens ?? 0 }, total_slots: 1 };
    default:
      return null;
  }
}
