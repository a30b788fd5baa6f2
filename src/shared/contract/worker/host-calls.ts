import { z } from 'zod';
import { agentName, agentTask, modelTextLimit, personAnswer, personQuestion, shownPassage } from '../../domain/agent.ts';
import { browserTraceEntry, extractedTable, pageAddress, pageTarget, personInput, siteEntry, siteLimit } from '../../domain/browser.ts';
import { loginSession } from '../../domain/browser-login.ts';
import { changesPerPage, fileChange, keptFileLimit } from '../../domain/file-change.ts';
import { documentId, jobId, sessionId, sha256Hex } from '../../domain/ids.ts';
import { language } from '../../domain/language.ts';
import { detailLevel, sourceRef, template } from '../../domain/synopsis.ts';
import { citedLimit, partKey } from './agent-input.ts';
import { browserTab } from './browser-steps.ts';
import { encodedHash, encodedVector, lookedAt, path, shownPicture } from './task-values.ts';

/** In base64 three bytes take four letters. */
const keptFile = z.base64().max(Math.ceil(keptFileLimit / 3) * 4);

/** What a worker may ask of main while it works. Each answer comes from the database; a worker never opens it. */
export const hostCallSpecs = {
  /** The provider of a model cannot be reached. Main parks the job until it is tried again, so there is no answer. */
  'network.away': { input: z.strictObject({ message: z.string().max(500) }), output: z.null() },
  /** What the model that the person has chosen for images tells about a picture. A failed call of it is an answer too. */
  'picture.look': { input: z.strictObject({ jpeg: shownPicture, language }), output: z.discriminatedUnion('outcome', lookedAt) },
  /**
   * What an answer's message reads from now on: its text up to `at`, and `text` after it. Shown at once, stored in batches;
   * an attempt that begins anew writes over what the one before it left.
   */
  'answer.write': { input: z.strictObject({ at: z.int().nonnegative(), text: z.string().max(modelTextLimit) }), output: z.null() },
  /**
   * What a person wants of the browser, when it is something else than at `seen`. Answered when there is something: one call is
   * always under way. `holder` and `tabs` are how it stands.
   */
  'browser.orders': {
    input: z.strictObject({
      seen: z.int().nonnegative(),
      holder: z.enum(['task', 'person']),
      tabs: z.array(browserTab).max(50),
    }),
    output: z.strictObject({
      version: z.int().nonnegative(),
      holder: z.enum(['task', 'person']),
      isPaused: z.boolean(),
      /** Somebody waits for the next picture. */
      looks: z.boolean(),
      events: z.array(personInput).max(1_000),
    }),
  },
  /** The picture that somebody waits for; null where nothing has changed. */
  'browser.frame': {
    input: z.strictObject({
      picture: z.strictObject({ jpeg: shownPicture, width: z.int().positive(), height: z.int().positive() }).nullable(),
    }),
    output: z.null(),
  },
  /** A line of the trace, before an action and after it: the later one of the same step takes the place of the earlier. */
  'browser.traced': {
    input: z.strictObject({
      entry: browserTraceEntry.omit({ screenshot: true, atMs: true }),
      durable: pageTarget.nullable(),
      picture: shownPicture.nullable(),
      table: extractedTable.pick({ columns: true, rows: true }).nullable(),
      file: z.strictObject({ name: z.string().max(255), path, byteCount: z.int().nonnegative() }).nullable(),
      /** Worked since the last line, without what a person held or paused. */
      workedMs: z.number().nonnegative(),
    }),
    output: z.null(),
  },
  /**
   * Keeps what a page says as a source of the chat, so that it can be cited; answered once it has been read. Null where it cannot be
   * kept.
   */
  'browser.page': {
    input: z.strictObject({
      step: z.string().max(200),
      title: z.string().max(300),
      url: pageAddress,
      text: z.string().min(1).max(2_000_000),
      /** What the page says, or rows that were taken from it. */
      as: z.enum(['markdown', 'plain']),
    }),
    output: z.strictObject({ documentId, title: z.string().max(500), charCount: z.int().nonnegative() }).nullable(),
  },
  /** The sites of the task's login are left like this: the next task begins signed in. SECURITY: sealed before it is stored. */
  'browser.session': { input: z.strictObject({ session: loginSession }), output: z.null() },
  /** The person has agreed to these sites. */
  'browser.sites': { input: z.strictObject({ sites: z.array(siteEntry).min(1).max(siteLimit) }), output: z.null() },
  /** Parks the job until the person has answered; the worker is freed, and the next attempt asks again and is told. */
  'person.ask': { input: personQuestion, output: personAnswer },
  /** A part of a ready document's canonical text; `limit` characters at most. */
  'document.read': {
    input: z.strictObject({ documentId, start: z.int().nonnegative(), limit: z.int().min(1).max(50_000) }),
    output: z.strictObject({
      title: z.string().max(500),
      text: z.string(),
      start: z.int().nonnegative(),
      end: z.int().nonnegative(),
      charCount: z.int().nonnegative(),
      page: z.int().positive().nullable(),
      snapshotHash: sha256Hex,
    }),
  },
  /** Begins work in the background; the same `key` of the same job begins it once. */
  'work.start': {
    input: z.strictObject({
      key: z.string().min(1).max(200),
      work: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('agent'),
          agent: agentName,
          task: agentTask,
          title: z.string().min(1).max(200),
          /** Waits for it: its end wakes this job, which asks again and is told how it ended. */
          isPart: z.boolean(),
        }),
        z.strictObject({
          kind: z.literal('synopsis'),
          /** Null as the chat's newest one was made, else what the material looks like. */
          template: template.nullable(),
          /** Null as the chat's newest one was made, else as the person usually has it. */
          detail: detailLevel.nullable(),
          /** Null for the language most of the material is in. */
          language: language.nullable(),
        }),
        /** The sections of the finished synopsis that new material has outdated, as a proposal. */
        z.strictObject({ kind: z.literal('refresh') }),
        z.strictObject({ kind: z.literal('source'), url: z.string().min(1).max(4_096) }),
        z.strictObject({
          kind: z.literal('schedule'),
          task: agentTask,
          title: z.string().min(1).max(200),
          /** Five-field cron. */
          cron: z.string().min(1).max(200),
          timeZone: z.string().max(100).nullable(),
        }),
      ]),
    }),
    output: z.strictObject({
      jobId: jobId.nullable(),
      /** How it stands: begun, or for a part that has ended, how. */
      state: z.enum(['started', 'already_running', 'done', 'failed', 'cancelled']),
      /** The result of a part that is done, or why it is not. */
      text: z.string().max(modelTextLimit),
      /** The passages that it cites, under the part's own numbers. */
      passages: z.array(shownPassage).max(citedLimit).optional(),
    }),
  },
  /** What a part of this job's plan has changed outside, the last first, from this one on. While it is still at work, the job waits. */
  'part.changes': {
    input: z.strictObject({ key: partKey, from: z.int().nonnegative() }),
    output: z.strictObject({ changes: z.array(fileChange).max(changesPerPage), next: z.int().positive().nullable() }),
  },
  /** What a file holds that this job is about to replace. */
  'file.keep': { input: z.strictObject({ base64: keptFile }), output: z.strictObject({ sha256: sha256Hex }) },
  /** One that was kept, to be put back. */
  'file.kept': { input: z.strictObject({ sha256: sha256Hex }), output: z.strictObject({ base64: keptFile }) },
  /** The next passages without a vector after this number; those whose words have one already have been given it. */
  'passages.unembedded': {
    input: z.strictObject({ after: z.int().nonnegative() }),
    output: z.strictObject({
      texts: z.array(z.strictObject({ n: z.int().positive(), textHash: encodedHash, text: z.string() })).max(100),
      copied: z.int().nonnegative(),
      /** What to go on after; null at the end. */
      next: z.int().nonnegative().nullable(),
    }),
  },
  'passages.embedded': {
    input: z.strictObject({
      vectors: z.array(z.strictObject({ n: z.int().positive(), textHash: encodedHash, vector: encodedVector })).max(100),
    }),
    output: z.null(),
  },
  /** Search by words, and by meaning where a model does that, over the session's ready documents and its messages; best first. */
  'passages.search': {
    input: z.strictObject({ sessionId, query: z.string().max(2_000), limit: z.int().min(1).max(50) }),
    output: z.array(
      z.strictObject({
        source: sourceRef,
        title: z.string(),
        snapshotHash: sha256Hex,
        start: z.int().nonnegative(),
        end: z.int().nonnegative(),
        page: z.int().positive().nullable(),
        text: z.string(),
        prefix: z.string().max(64),
        suffix: z.string().max(64),
        /** Of the fused ranks: larger is better. */
        score: z.number(),
      }),
    ),
  },
} as const;
export type HostCallName = keyof typeof hostCallSpecs;
/** What may be asked while a job's steps are undone: nothing that begins, writes or asks a person. */
export const hostCallsOfUndo = ['part.changes', 'file.kept'] as const satisfies readonly HostCallName[];
export type HostCallInput<N extends HostCallName> = z.output<(typeof hostCallSpecs)[N]['input']>;
export type HostCallOutput<N extends HostCallName> = z.output<(typeof hostCallSpecs)[N]['output']>;
