/** How the bytes of a reply are sent. Without any of it: at once, whole. */
export interface Delivery {
  /** Bytes of each write; every event of a stream is a write of its own when absent. */
  readonly chunkBytes?: number;
  /** Sends only so many bytes of the body and then closes. */
  readonly cutAfterBytes?: number;
  /** `clean` ends the body as if it were complete, as a proxy does; `reset` breaks the connection. `clean` when absent. */
  readonly cut?: 'clean' | 'reset';
  /** Sends so many bytes and then nothing, with the connection open, until the server closes. */
  readonly stallAfterBytes?: number;
  /** Events of a stream in a second; as fast as they are read when absent. */
  readonly tokensPerSecond?: number;
}

export interface ScriptedToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export type ScriptedReply =
  | {
      readonly kind: 'answer';
      /** A text is sent word by word; a list, piece by piece. */
      readonly text?: string | readonly string[];
      readonly reasoning?: string;
      readonly toolCalls?: readonly ScriptedToolCall[];
      /** `tool-calls` with calls and `stop` without when absent. */
      readonly finish?: 'stop' | 'tool-calls' | 'length' | 'content-filter';
      readonly usage?: { readonly input: number; readonly output: number };
      readonly delivery?: Delivery;
    }
  /** A refusal. `retryAfter` is the header's text: seconds or a date. `error` is put where the wire has its error. */
  | {
      readonly kind: 'refusal';
      readonly status: number;
      readonly retryAfter?: string;
      /** Where a 3xx sends to. */
      readonly location?: string;
      readonly error?: { readonly type?: string; readonly code?: string; readonly message: string };
    }
  /** Any bytes whatever: a recording, HTML, wrong JSON. */
  | {
      readonly kind: 'bytes';
      readonly body: string | Uint8Array;
      readonly status?: number;
      /** `text/event-stream` when absent. */
      readonly contentType?: string;
      readonly delivery?: Delivery;
    }
  /** Takes the request and never says anything. */
  | { readonly kind: 'hang' };

export type ScriptedAnswer = Extract<ScriptedReply, { kind: 'answer' }>;

/** A call of a model as it arrived. */
export interface ModelRequest {
  readonly wire: 'openai' | 'anthropic' | 'google';
  readonly model: string;
  readonly stream: boolean;
  /** The whole body, parsed. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The text of the last message that came from the person, or of the last tool result. */
  readonly lastText: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** 1 for the first call of a model that this server got. */
  readonly number: number;
}

/** Decides each reply. A list is taken one after the other, its last again and again. */
export type Script = ((request: ModelRequest) => ScriptedReply | Promise<ScriptedReply>) | readonly [ScriptedReply, ...ScriptedReply[]];

export async function replyOf(script: Script, request: ModelRequest): Promise<ScriptedReply> {
  if (typeof script === 'function') return script(request);
  return script[Math.min(request.number, script.length) - 1] ?? script[0];
}

/** The pieces an answer's text is streamed in, which together are the text. */
export function tokensOf({ text }: Pick<ScriptedAnswer, 'text'>): readonly string[] {
  if (text === undefined) return [];
  return typeof text === 'string' ? (text.match(/\S+\s*|\s+/gu) ?? []) : text;
}

export function textOf(answer: Pick<ScriptedAnswer, 'text'>): string {
  return tokensOf(answer).join('');
}

export function finishOf({ finish, toolCalls = [] }: ScriptedAnswer): NonNullable<ScriptedAnswer['finish']> {
  return finish ?? (toolCalls.length > 0 ? 'tool-calls' : 'stop');
}

export const defaultUsage = { input: 12, output: 34 } as const;
