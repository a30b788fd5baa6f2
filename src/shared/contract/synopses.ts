import { z } from 'zod';
import { epochMs, jobId, requestKey, sessionId, synopsisId, versionId } from '../domain/ids.ts';
import { jobView } from '../domain/job.ts';
import { language } from '../domain/language.ts';
import { detailLevel, synopsisEngine, synopsisVersion, template, versionHead, versionStates } from '../domain/synopsis.ts';
import { snippet } from '../domain/snippet.ts';
import { call, event } from './define.ts';
import { nextPage, pageErrors, pageRequest, revision } from './pagination.ts';

export const synopsisRoutes = {
  /** Starts making one, or joins the one being made for this session. Request and job are committed together. */
  'synopses.request': call({
    input: z.strictObject({
      sessionId,
      requestKey,
      detail: detailLevel.default('standard'),
      /** Null takes the chat’s newest one, else what the material looks like: a talk is a meeting, all else an article. */
      template: template.nullable().default(null),
      /** Null takes the language most of the material is in. */
      language: language.nullable().default(null),
      /** Who makes it; null takes the model where there is one that answers. */
      engine: synopsisEngine.nullable().default(null),
    }),
    output: z.strictObject({ version: versionHead, joined: z.boolean() }),
    errors: ['not_found', 'nothing_to_read', 'nothing_readable', 'still_stopping', 'queue_full', 'storage_full'],
  }),
  /** The newest version of a session, or the one asked for; null when none was ever made. */
  'synopses.open': call({
    input: z.strictObject({ sessionId, versionId: versionId.nullable().default(null) }),
    output: z.strictObject({ version: synopsisVersion.nullable(), versions: z.array(versionHead), revision }),
    errors: ['not_found'],
  }),
  'synopses.exportMarkdown': call({
    input: z.strictObject({ versionId, language }),
    output: z.strictObject({ fileName: z.string(), markdown: z.string() }),
    errors: ['not_found', 'not_ready'],
  }),
  /**
   * Writes the newest finished synopsis of every chat into a folder of the person's, a Markdown file each, as one job: it
   * goes on after a crash, writes over nothing, and takes back what it wrote when it is cancelled. For the command line alone:
   * a window does not name paths, it asks with `exportAll`.
   */
  'synopses.exportTo': call({
    input: z.strictObject({ folder: z.string().min(1).max(4_000), language: language.nullable().default(null) }),
    output: z.strictObject({ job: jobView, count: z.int().positive() }),
    errors: ['bad_folder', 'nothing_to_export', 'still_stopping', 'queue_full', 'storage_full'],
  }),
  /** `exportTo` into the folder the person picks in the system's dialog; null when they cancelled. The desktop alone has such a dialog. */
  'synopses.exportAll': call({
    input: z.strictObject({ language: language.nullable().default(null) }),
    output: z.strictObject({ started: z.strictObject({ job: jobView, count: z.int().positive() }).nullable() }),
    errors: ['no_dialog', 'bad_folder', 'nothing_to_export', 'still_stopping', 'queue_full', 'storage_full'],
  }),
  /** Finished ones of all sessions, newest first. */
  'synopses.list': call({
    input: z.strictObject({ ...pageRequest, search: z.string().max(200).default(''), withSnippets: z.boolean().default(false) }),
    output: z.strictObject({
      synopses: z.array(
        z.strictObject({
          synopsisId,
          sessionId,
          versionId,
          title: z.string(),
          language,
          finishedAtMs: epochMs,
          sourceCount: z.int().nonnegative(),
          issueCount: z.int().nonnegative(),
          /** With a search and when asked for: where its words are, or how the synopsis begins when they are in its title alone. */
          snippet: snippet.optional(),
        }),
      ),
      next: nextPage,
    }),
    errors: pageErrors,
  }),
  /** A version was started, gained a section or ended. */
  'synopses.changed': event(
    z.strictObject({
      revision,
      sessionId,
      synopsisId,
      versionId,
      jobId,
      state: z.enum(versionStates),
      sectionsReady: z.int().nonnegative(),
    }),
  ),
} as const;
