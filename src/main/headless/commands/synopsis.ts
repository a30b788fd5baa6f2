import { v4 as newUuid } from 'uuid';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import type { Client } from '../../../shared/contract/client.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { JobKindName } from '../../../shared/domain/job.ts';
import type { SessionView } from '../../../shared/domain/session.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { DetailLevel, JobVersionHead, SynopsisEngine, Template, VersionHead } from '../../../shared/domain/synopsis.ts';
import { addSources, requestKeyOf } from '../add-sources.ts';
import { withProgram } from '../attach.ts';
import { withBackground } from '../background.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { followJob } from '../follow-job.ts';
import { readGivenSources, type GivenSource } from '../given-source.ts';
import { failureOf } from '../failure-words.ts';
import { joinedTitle } from '../joined-title.ts';
import { deliverSynopsis } from '../deliver-synopsis.ts';
import { checkOutputFile, type OutputFile } from '../output-file.ts';
import { printable } from '../printable.ts';
import { createProgressLine } from '../progress-line.ts';
import { unwrap } from '../unwrap.ts';
import { listenForKeys } from '../terminal-keys.ts';

export interface SynopsisOptions {
  readonly sources: readonly string[];
  /** Null or `-` prints to standard output. */
  readonly out: string | null;
  readonly lang: Language | null;
  readonly detail: DetailLevel;
  /** Null takes what the material looks like. */
  readonly template: Template | null;
  /** Null for the model where there is one. */
  readonly engine: SynopsisEngine | null;
  /** Not before this time, and before or after other tasks; null for now, and as usual. */
  readonly at: number | null;
  readonly priority: number | null;
  readonly again: boolean;
  readonly background: boolean;
}

/** What a synopsis takes: the reading, then the making. */
const neededKinds = ['document.import', 'synopsis.make'] as const satisfies readonly JobKindName[];

/** One run of the command against one program; the same material makes the same run again elsewhere. */
interface Run {
  readonly client: Client;
  readonly context: CommandContext;
  readonly options: SynopsisOptions;
  readonly sources: readonly GivenSource[];
  readonly signal: AbortSignal;
}

/**
 * Makes a synopsis and waits for it. The same material and options name the same chat and version, so a command that
 * was cut short goes on where it stopped, and one that had finished prints what is there.
 */
export async function makeSynopsis(context: CommandContext, options: SynopsisOptions): Promise<ExitCode> {
  const { words, err } = context;
  const sources = await readGivenSources(options.sources, context);
  const out = await checkOutputFile(
    options.out,
    sources.flatMap(source => (source.kind === 'file' ? [source.path] : [])),
    words,
  );
  const stop = waitForStopSignal(listenForKeys);
  const { signal } = stop;
  const tell = () => {
    err.write(`${err.isTTY ? '\n' : ''}${words.cancelling}\n`);
  };
  signal.addEventListener('abort', tell);
  try {
    if (options.background) return await withBackground(context, ({ client }) => startOnly({ client, context, options, sources, signal }));
    return await withProgram(context, { works: true, signal }, attached =>
      makeAndWait({ client: attached.client, context, options, sources, signal }, out),
    );
  } finally {
    signal.removeEventListener('abort', tell);
    stop.release();
  }
}

async function startOnly(run: Run): Promise<ExitCode> {
  const { words, out, err } = run.context;
  const { id } = await openChat(run);
  if (run.signal.aborted) throw new CommandError(exitCodes.cancelled, words.cancelled);
  const version = await versionToFollow(run, id, false);
  out.write(`${version.jobId}\n`);
  err.write(`${version.state === 'ready' ? words.alreadyMade : words.background(version.jobId)}\n`);
  return exitCodes.done;
}

async function makeAndWait(run: Run, out: OutputFile): Promise<ExitCode> {
  const { client, context, options } = run;
  const { words, err } = context;
  const { paused, pausedKinds = [] } = unwrap(await client.call('app.status', {}), words);
  if (paused) err.write(`${words.queuePaused}\n`);
  for (const kind of neededKinds) if (pausedKinds.includes(kind)) err.write(`${words.kindPaused(words.kinds[kind], kind)}\n`);
  const chat = await openChat(run);
  const sessionId = chat.id;
  const list = async () => unwrap(await client.call('documents.list', { sessionId }), words).documents;

  const reading = (await list()).filter(document => document.state === 'importing');
  await withCancelling(
    run,
    reading.flatMap(document => document.jobId ?? []),
    words.cancelledReading,
    async () => {
      for (const document of reading) if (document.jobId !== null) await followJob(client, document.jobId, createProgressLine(err), words);
    },
  );
  const documents = await list();
  for (const document of documents) {
    if (document.state === 'failed')
      err.write(`${words.notRead(printable(document.title), words.documentFault(document.error ?? { code: 'internal', detail: null }))}\n`);
  }
  const ready = documents.filter(document => document.state === 'ready');
  if (ready.length === 0) throw new CommandError(exitCodes.failed, words.nothingRead);
  const title = joinedTitle(ready, words.andMore);
  if (title !== '' && title !== chat.title) unwrap(await client.call('sessions.rename', { sessionId, title }), words);

  const readAnew = reading.some(({ id }) => ready.some(document => document.id === id));
  const version = await versionToFollow(run, sessionId, readAnew);
  if (version.state === 'making') {
    const job = await withCancelling(run, [version.jobId], words.cancelled, () =>
      followJob(client, version.jobId, createProgressLine(err), words),
    );
    if (job.state === 'cancelled') throw new CommandError(exitCodes.cancelled, words.cancelled);
    if (job.state === 'failed') throw new CommandError(exitCodes.failed, words.failed(failureOf(job, words)));
  }
  return deliverSynopsis({ client, context, sessionId, version, language: options.lang, file: out, fileAsGiven: options.out });
}

/** The chat of exactly this material, with all of it handed over. */
async function openChat({ client, context, sources, signal }: Run): Promise<SessionView> {
  const { words } = context;
  const fingerprint = sources
    .map(source => source.fingerprint)
    .toSorted()
    .join('\n');
  const title = joinedTitle(
    sources.map(source => ({ title: source.name })),
    words.andMore,
  );
  const chat = unwrap(await client.call('sessions.create', { requestKey: requestKeyOf(fingerprint), title }), words);
  const there = await client.call('documents.list', { sessionId: chat.id });
  // It was removed in the window since.
  if (!there.ok && there.error.code === 'not_found') unwrap(await client.call('sessions.restore', { sessionId: chat.id }), words);
  await addSources(client, chat.id, sources, context, signal);
  return chat;
}

/** Asked to stop, cancels these jobs and ends the command with `told` once they have ended. */
async function withCancelling<T>({ client, signal }: Run, jobs: readonly JobId[], told: string, work: () => Promise<T>): Promise<T> {
  const cancel = () => {
    for (const jobId of jobs) void client.call('jobs.cancel', { jobId });
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  try {
    const result = await work();
    if (signal.aborted) throw new CommandError(exitCodes.cancelled, told);
    return result;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** The version of these options that is there already, brought back to work where it stopped; else a new one. */
async function versionToFollow(run: Run, sessionId: SessionId, readAnew: boolean): Promise<JobVersionHead> {
  const { client, options, context } = run;
  const { words } = context;
  const request = async () =>
    unwrap(
      await client.call('synopses.request', {
        sessionId,
        requestKey: newUuid(),
        detail: options.detail,
        template: options.template,
        language: options.lang,
        engine: options.engine,
        dueAtMs: options.at,
        priority: options.priority,
      }),
      words,
    ).version;
  const { versions } = unwrap(await client.call('synopses.open', { sessionId }), words);
  const there = versions
    // One that a person restored or annotated was not made of these options.
    .flatMap(head => (head.jobId === null ? [] : [{ ...head, jobId: head.jobId }]))
    .toSorted((a, b) => b.number - a.number)
    .find(
      head =>
        head.detail === options.detail &&
        (options.template === null || head.template === options.template) &&
        (options.lang === null || head.language === options.lang),
    );
  if (there === undefined) return request();
  switch (there.state) {
    case 'making':
      return there;
    case 'ready':
      return options.again || (readAnew && (await leavesOut(run, sessionId, there))) ? request() : there;
    case 'failed':
    case 'cancelled': {
      // Its finished sections know nothing of what has been read since.
      if (readAnew) return request();
      const retried = await client.call('jobs.retry', { jobId: there.jobId });
      if (!retried.ok && retried.error.code !== 'already_running') unwrap(retried, words);
      return { ...there, state: 'making' };
    }
  }
}

/** Whether it was made without a document that has been read since. */
async function leavesOut({ client, context }: Run, sessionId: SessionId, { id }: VersionHead): Promise<boolean> {
  const { version } = unwrap(await client.call('synopses.open', { sessionId, versionId: id }), context.words);
  return version?.coverage.some(source => source.state === 'failed') ?? true;
}
