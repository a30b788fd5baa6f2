import { writeFile } from 'node:fs/promises';
import { v5 as uuidOf, v4 as newUuid } from 'uuid';
import type { Client } from '../../../shared/contract/client.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { DetailLevel, Template, VersionHead } from '../../../shared/domain/synopsis.ts';
import { documentErrorCode, type DocumentView } from '../../../shared/domain/document.ts';
import { attach, type Attached } from '../attach.ts';
import { startInBackground } from '../background.ts';
import { programPaths } from '../../app/program-paths.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { followJob } from '../follow-job.ts';
import { readGivenSource, uploadFile, type GivenSource } from '../given-source.ts';
import { createProgressLine } from '../progress-line.ts';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import { unwrap } from '../unwrap.ts';

export interface SynopsisOptions {
  readonly sources: readonly string[];
  /** Null or `-` prints to standard output. */
  readonly out: string | null;
  readonly lang: Language | null;
  readonly detail: DetailLevel;
  readonly template: Template;
  readonly again: boolean;
  readonly background: boolean;
}

/** Namespace of the request keys made here (RFC 9562 version 5), so that the same command names the same chat. */
const keyNamespace = '5f0a1d3e-93d1-4c39-8f0e-6f1f0f7f5c11';
const titleLimit = 200;

/**
 * Makes a synopsis and waits for it. The same material and options name the same chat and version, so a command that
 * was cut short goes on where it stopped, and one that had finished prints what is there.
 */
export async function makeSynopsis(context: CommandContext, options: SynopsisOptions): Promise<ExitCode> {
  const { words, dataDir, locale } = context;
  const sources: GivenSource[] = [];
  for (const argument of options.sources) sources.push(await readGivenSource(argument, words));

  const hostOptions = { dataDir, locale, withPage: false, port: 0, paths: programPaths() };
  const attached = options.background ? await startInBackground(dataDir, words) : await attach(hostOptions, words);
  try {
    return await makeWith(attached, context, options, sources);
  } finally {
    await attached.close();
  }
}

async function makeWith(attached: Attached, context: CommandContext, options: SynopsisOptions, sources: readonly GivenSource[]): Promise<ExitCode> {
  const { client } = attached;
  const { words, out, err } = context;
  const fingerprint = sources.map(source => source.fingerprint).toSorted().join('\n');
  const title = sources.map(source => source.name).join(', ').slice(0, titleLimit);
  const session = unwrap(await client.call('sessions.create', { requestKey: uuidOf(fingerprint, keyNamespace), title }), words);
  await addSources(client, session.id, sources, context);

  if (options.background) {
    const { version } = unwrap(await request(client, session.id, options), words);
    out.write(`${version.jobId}\n`);
    err.write(`${words.background(version.jobId)}\n`);
    return exitCodes.done;
  }

  const stop = waitForStopSignal();
  let underWay: JobId | null = null;
  const cancel = () => {
    err.write(`\n${words.cancelling}\n`);
    if (underWay !== null) void client.call('jobs.cancel', { jobId: underWay });
  };
  stop.signal.addEventListener('abort', cancel);
  const follow = async (jobId: JobId) => {
    underWay = jobId;
    const ended = await followJob(client, jobId, createProgressLine(err), words);
    underWay = null;
    return ended;
  };

  try {
    for (const document of unwrap(await client.call('documents.list', { sessionId: session.id }), words).documents) {
      if (document.state === 'importing' && document.jobId !== null) await follow(document.jobId);
      if (stop.signal.aborted) return cancelledByHand(context);
    }
    const documents = unwrap(await client.call('documents.list', { sessionId: session.id }), words).documents;
    for (const document of documents) {
      if (document.state === 'failed') err.write(`${words.notRead(document.title, reasonOf(document, context))}\n`);
    }
    if (!documents.some(document => document.state === 'ready')) throw new CommandError(exitCodes.failed, words.nothingRead);

    const version = await versionToFollow(client, session.id, options, context);
    if (version.state === 'making') {
      const job = await follow(version.jobId);
      if (job.state === 'cancelled') return cancelledByHand(context);
      if (job.state === 'failed') throw new CommandError(exitCodes.failed, words.failed(job.error?.message ?? ''));
    }
    return await deliver(client, session.id, version, options, context);
  } finally {
    stop.signal.removeEventListener('abort', cancel);
    stop.release();
  }
}

async function addSources(client: Client, sessionId: SessionId, sources: readonly GivenSource[], { words, err }: CommandContext): Promise<void> {
  const known = unwrap(await client.call('documents.list', { sessionId }), words).documents;
  for (const source of sources) {
    const there = known.find(document => nameOf(document) === source.name);
    if (there?.state === 'failed') unwrap(await client.call('documents.retry', { documentId: there.id }), words);
    if (there !== undefined) continue;
    if (err.isTTY) err.write(`${words.reading(source.name)}\n`);
    const from = source.kind === 'url' ? { kind: 'url' as const, url: source.url } : { kind: 'upload' as const, uploadId: await uploadFile(client, source, words) };
    unwrap(await client.call('documents.add', { sessionId, requestKey: uuidOf(`${sessionId} ${source.fingerprint}`, keyNamespace), from }), words);
  }
}

function nameOf(document: DocumentView): string {
  return document.origin.kind === 'url' ? document.origin.url : document.origin.name;
}

function reasonOf(document: DocumentView, { words }: CommandContext): string {
  const code = documentErrorCode.catch('internal').parse(document.error?.code);
  const detail = document.error?.detail;
  return detail === null || detail === undefined ? words.documentErrors[code] : `${words.documentErrors[code]} (${detail})`;
}

function request(client: Client, sessionId: SessionId, options: SynopsisOptions) {
  return client.call('synopses.request', { sessionId, requestKey: newUuid(), detail: options.detail, template: options.template, language: options.lang });
}

/** The version of these options that is there already, brought back to work where it stopped; else a new one. */
async function versionToFollow(client: Client, sessionId: SessionId, options: SynopsisOptions, { words }: CommandContext): Promise<VersionHead> {
  const { versions } = unwrap(await client.call('synopses.open', { sessionId }), words);
  const there = versions
    .toSorted((a, b) => b.number - a.number)
    .find(head => head.detail === options.detail && head.template === options.template && (options.lang === null || head.language === options.lang));
  if (there === undefined || (options.again && there.state === 'ready')) return unwrap(await request(client, sessionId, options), words).version;
  if (there.state === 'failed' || there.state === 'cancelled') {
    unwrap(await client.call('jobs.retry', { jobId: there.jobId }), words);
    return { ...there, state: 'making' };
  }
  return there;
}

async function deliver(client: Client, sessionId: SessionId, version: VersionHead, options: SynopsisOptions, { words, out, err }: CommandContext): Promise<ExitCode> {
  const { markdown } = unwrap(await client.call('synopses.exportMarkdown', { versionId: version.id, language: options.lang ?? version.language }), words);
  if (options.out === null || options.out === '-') {
    out.write(markdown);
  } else {
    await writeFile(options.out, markdown).catch((error: unknown) => {
      throw new CommandError(exitCodes.usage, words.cannotWrite(options.out ?? '', error instanceof Error ? error.message : String(error)));
    });
    err.write(`${words.written(options.out)}\n`);
  }
  const { versions } = unwrap(await client.call('synopses.open', { sessionId, versionId: version.id }), words);
  const issues = versions.find(head => head.id === version.id)?.issues ?? [];
  for (const issue of issues) err.write(`${words.issues[issue.code](issue.count)}\n`);
  return issues.length === 0 ? exitCodes.done : exitCodes.issues;
}

function cancelledByHand({ err, words }: CommandContext): ExitCode {
  err.write(`${words.cancelled}\n`);
  return exitCodes.cancelled;
}
