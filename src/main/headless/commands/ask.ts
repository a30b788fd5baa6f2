import { v4 as newUuid } from 'uuid';
import type { Client } from '../../../shared/contract/client.ts';
import type { JobId, MessageId, SessionId } from '../../../shared/domain/ids.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import { addSources } from '../add-sources.ts';
import { createAnswerPrinter } from '../answer-printer.ts';
import { askCommandWordsFor } from '../ask-command-words.ts';
import { withProgram, type Attached } from '../attach.ts';
import { withBackground } from '../background.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ConnectionLostError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { readGivenSources, type GivenSource } from '../given-source.ts';
import { failureOf } from '../failure-words.ts';
import { printable } from '../printable.ts';
import { listenForKeys } from '../terminal-keys.ts';
import { unwrap } from '../unwrap.ts';

export interface AskOptions {
  readonly question: string;
  /** Id, title or a part of it; null begins a chat. */
  readonly chat: string | null;
  readonly files: readonly string[];
  readonly background: boolean;
}

/** Of one run of the command, so that what is asked of a second program is what the first was asked. */
interface Asked {
  readonly context: CommandContext;
  readonly options: AskOptions;
  readonly sources: readonly GivenSource[];
  readonly chatKey: string;
  readonly messageKey: string;
  readonly signal: AbortSignal;
}

/**
 * Asks in a chat and prints the answer while it is written. Ctrl+C stops it and keeps what is there. In the background it
 * prints the job and returns; the result is a message of the chat.
 */
export async function ask(context: CommandContext, options: AskOptions): Promise<ExitCode> {
  const sources = await readGivenSources(options.files, context);
  const stop = waitForStopSignal(listenForKeys);
  const asked: Asked = { context, options, sources, chatKey: newUuid(), messageKey: newUuid(), signal: stop.signal };
  try {
    if (options.background) return await withBackground(context, attached => beginOnly(attached, asked));
    return await withProgram(context, { works: true, signal: stop.signal }, attached => askAndPrint(attached, asked));
  } finally {
    stop.release();
  }
}

async function beginOnly({ client }: Attached, asked: Asked): Promise<ExitCode> {
  const { context } = asked;
  const words = askCommandWordsFor(context.locale);
  const { answer } = await send(client, await openChat(client, asked), asked);
  if (answer.jobId !== null) context.out.write(`${answer.jobId}\n`);
  context.err.write(`${words.background(answer.jobId ?? '')}\n`);
  return exitCodes.done;
}

async function askAndPrint({ client }: Attached, asked: Asked): Promise<ExitCode> {
  const { context, signal } = asked;
  const { out, err, words } = context;
  const own = askCommandWordsFor(context.locale);
  const sessionId = await openChat(client, asked);
  const follower = followAnswer(client, asked);
  try {
    const { answer } = await send(client, sessionId, asked);
    const message = await follower.until(answer);
    for (const [at, { quote, page }] of message.citations.entries()) {
      out.write(`[${at + 1}]${page === null ? '' : ` (${page})`} ${printable(quote)}\n`);
    }
    if (message.state === 'stopped') throw new CommandError(exitCodes.cancelled, signal.aborted ? words.stopped : words.cancelled);
    if (message.state === 'failed') throw new CommandError(exitCodes.failed, words.failed(await whyFailed(client, message, context)));
    if (message.note === null) return exitCodes.done;
    err.write(`${own.notes[message.note] ?? ''}\n`);
    return message.note === 'no_model' ? exitCodes.done : exitCodes.issues;
  } finally {
    follower.stop();
  }
}

async function whyFailed(client: Client, { jobId }: MessageView, { words }: CommandContext): Promise<string> {
  if (jobId === null) return words.unknownFailure;
  const { job } = unwrap(await client.call('jobs.inspect', { jobId }), words);
  // Of a model's failures the words are those of a refusal.
  return (job.error === null ? undefined : words.refusals[job.error.code]) ?? failureOf(job, words);
}

async function openChat(client: Client, { context, options, sources, chatKey, signal }: Asked): Promise<SessionId> {
  const { words } = context;
  const sessionId =
    options.chat === null
      ? unwrap(await client.call('sessions.create', { requestKey: chatKey }), words).id
      : await findChat(client, options.chat, context);
  await addSources(client, sessionId, sources, context, signal);
  if (signal.aborted) throw new CommandError(exitCodes.cancelled, words.cancelled);
  return sessionId;
}

async function send(client: Client, sessionId: SessionId, { context, options, messageKey }: Asked) {
  const { question: text, background: inBackground } = options;
  const sent = await client.call('messages.send', { sessionId, requestKey: messageKey, text, inBackground });
  if (!sent.ok && sent.error.code === 'no_model') throw new CommandError(exitCodes.failed, askCommandWordsFor(context.locale).noModel);
  return unwrap(sent, context.words);
}

/** Listens from before the question is sent, so that no piece is missed. */
function followAnswer(client: Client, { context, signal }: Asked) {
  const { out, err, words } = context;
  const own = askCommandWordsFor(context.locale);
  const printer = createAnswerPrinter(out, () => err.write(`${own.anew}\n`));
  const over = Promise.withResolvers<MessageView>();
  over.promise.catch(() => undefined);
  let wanted: { readonly id: MessageId; readonly jobId: JobId | null } | null = null;
  let text = '';
  /** What came before the question's own reply. */
  const early: (() => void)[] = [];

  function take(message: MessageView): void {
    if (message.id !== wanted?.id) return;
    text = message.text;
    if (message.state === 'pending' || message.state === 'streaming') printer.show(text);
    else over.resolve(message);
  }
  function whenKnown(work: () => void): void {
    if (wanted === null) early.push(work);
    else work();
  }
  const stopAnswer = () => {
    if (wanted === null) return;
    err.write(`${err.isTTY ? '\n' : ''}${words.cancelling}\n`);
    void client.call('messages.stop', { messageId: wanted.id });
  };
  signal.addEventListener('abort', stopAnswer);
  const stops = [
    client.onEvent('messages.changed', ({ messages }) =>
      whenKnown(() => {
        for (const message of messages) take(message);
      }),
    ),
    client.onEvent('messages.delta', ({ messageId, at, text: piece }) =>
      whenKnown(() => {
        // One that was missed comes with the whole message.
        if (messageId !== wanted?.id || at > text.length) return;
        text = text.slice(0, at) + piece;
        printer.show(text);
      }),
    ),
    client.onEvent('jobs.changed', ({ jobs }) =>
      whenKnown(() => {
        for (const { id, state, waitReason } of jobs)
          if (id === wanted?.jobId && state === 'waiting' && waitReason !== null && waitReason !== 'children')
            err.write(`${own.waits(words.waits[waitReason])}\n`);
      }),
    ),
    client.onState(state => {
      if (state === 'lost') over.reject(new ConnectionLostError(exitCodes.dataFolder, words.lost));
    }),
  ];
  return {
    async until(answer: MessageView): Promise<MessageView> {
      wanted = answer;
      take(answer);
      for (const work of early.splice(0)) work();
      if (signal.aborted) stopAnswer();
      const message = await over.promise;
      printer.end(message.text);
      return message;
    },
    stop() {
      signal.removeEventListener('abort', stopAnswer);
      for (const stop of stops) stop();
    },
  };
}
