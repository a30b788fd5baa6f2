import type { IncomingMessage } from 'node:http';
import type { ModelRequest } from './script.ts';

/** Bytes of a request that are read; the longest prompts of tests are far below. */
const requestLimit = 64 * 1024 * 1024;

export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.byteLength;
    if (length > requestLimit) throw new RangeError(`The request has more than ${requestLimit} bytes.`);
    parts.push(part);
  }
  const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}');
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export function modelRequest(
  wire: ModelRequest['wire'],
  body: Readonly<Record<string, unknown>>,
  headers: IncomingMessage['headers'],
  number: number,
): ModelRequest {
  const said = body[wire === 'google' ? 'contents' : 'messages'];
  const messages: readonly unknown[] = Array.isArray(said) ? said : [];
  return {
    wire,
    model: typeof body['model'] === 'string' ? body['model'] : '',
    stream: body['stream'] === true,
    body,
    lastText: contentText(messages.at(-1)),
    headers,
    number,
  };
}

function contentText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(contentText).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { text, content, parts, functionResponse } = value as Readonly<Record<string, unknown>>;
  // Of Google's results the whole is told, whatever its fields are.
  if (functionResponse !== undefined) return JSON.stringify(functionResponse);
  return contentText(text ?? content ?? parts);
}
