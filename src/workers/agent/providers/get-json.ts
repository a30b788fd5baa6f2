import { APICallError } from 'ai';
import type { ProviderConnection, ProviderKind } from '../../../shared/domain/provider.ts';
import { modelFailure } from '../models/model-failure.ts';
import { modelFetch, type Fetch } from '../models/model-fetch.ts';

/** Bytes of a list of models that are read, 16 MiB: the longest public one has about one. */
const answerLimit = 16 * 1024 * 1024;
/** The version of Anthropic's interface that its packages name. */
const anthropicVersion = '2023-06-01';

const keyHeaders: Readonly<Record<ProviderKind, (key: string) => Readonly<Record<string, string>>>> = {
  openai_compatible: key => ({ authorization: `Bearer ${key}` }),
  openai: key => ({ authorization: `Bearer ${key}` }),
  anthropic: key => ({ 'x-api-key': key }),
  google: key => ({ 'x-goog-api-key': key }),
};

export interface JsonRequest {
  readonly url: string;
  /** Sent as JSON with POST; GET without. */
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** Asks a provider for JSON outside of its models. Throws a `ModelFailure`. */
export async function getJson(connection: ProviderConnection, { url, body, signal }: JsonRequest, fetch: Fetch): Promise<unknown> {
  const headers = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(connection.kind === 'anthropic' ? { 'anthropic-version': anthropicVersion } : {}),
    ...connection.headers,
    ...(connection.apiKey === null ? {} : keyHeaders[connection.kind](connection.apiKey)),
  };
  try {
    const response = await modelFetch(connection, fetch)(url, {
      headers,
      signal,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await readText(response);
    if (response.ok) return JSON.parse(text);
    throw new APICallError({
      message: '',
      url,
      requestBodyValues: {},
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text,
    });
  } catch (error) {
    throw modelFailure(error, connection);
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return '';
  for await (const bytes of body) {
    length += bytes.byteLength;
    if (length > answerLimit) throw new RangeError(`The answer has more than ${answerLimit} bytes.`);
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
