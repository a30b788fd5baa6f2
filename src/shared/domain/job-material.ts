import { z } from 'zod';
import { agentName } from './agent.ts';
import { siteEntry, siteLimit } from './browser.ts';
import { documentOrigin, documentView } from './document.ts';
import { sessionId } from './ids.ts';
import { language } from './language.ts';
import { modelId } from './model-id.ts';
import { messageNotes, messageStates } from './session.ts';
import { coverageSource, sectionKind, versionHead } from './synopsis.ts';

/** Characters of a question or an answer that a view of its job takes up: a screenful. The whole is in the chat. */
export const excerptLimit = 1_200;
/** Sources and files that a view of one job names; how many there are beyond is counted. */
export const namedLimit = 200;

const excerpt = z.string().max(excerptLimit);
const title = z.string().max(500);

const givenAnswer = z.strictObject({
  state: z.enum(messageStates),
  text: excerpt,
  note: z.enum(messageNotes).nullable(),
  citationCount: z.int().nonnegative(),
  /** The text goes on. */
  isCut: z.boolean(),
});

/** What became of a file that a job wrote: it was left there, or taken back when the job was stopped. */
export const writtenStates = ['written', 'undone'] as const;

/**
 * What a job is given and what has come of it, read anew from the database: nothing of it is kept for the view. What has
 * been deleted since is null.
 */
export const jobMaterial = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('document.import'),
    origin: documentOrigin,
    /** Null when the document was deleted, or when another job has read it since. */
    document: documentView.nullable(),
  }),
  z.strictObject({
    kind: z.literal('synopsis.make'),
    sessionId,
    version: versionHead,
    title,
    planned: z.array(sectionKind),
    /** Sections that are there, with how many items each has. */
    sections: z.array(z.strictObject({ kind: sectionKind, items: z.int().nonnegative() })),
    /** The first of them. */
    sources: z.array(coverageSource).max(namedLimit),
    sourceCount: z.int().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('chat.answer'),
    question: excerpt.nullable(),
    answer: givenAnswer.nullable(),
  }),
  z.strictObject({
    kind: z.literal('agent.run'),
    agent: agentName,
    task: excerpt,
    answer: givenAnswer.nullable(),
  }),
  z.strictObject({
    kind: z.literal('browser.run'),
    /** The task in words, or the name of the recipe. */
    task: excerpt,
    isRecipe: z.boolean(),
    sites: z.array(siteEntry).max(siteLimit),
    answer: givenAnswer.nullable(),
  }),
  z.strictObject({
    kind: z.literal('synopsis.audit'),
    sessionId,
    version: versionHead,
    title,
    /** How many claims there are, and what was found of them; null until it was. */
    claims: z.int().nonnegative(),
    found: z
      .strictObject({
        supported: z.int().nonnegative(),
        partly: z.int().nonnegative(),
        not: z.int().nonnegative(),
        health: z.number().min(0).max(1).nullable(),
      })
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal('passages.embed'),
    model: modelId,
    /** Passages that a search may find, and how many of them the model has put into numbers by now. */
    total: z.int().nonnegative(),
    done: z.int().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('synopses.export'),
    folder: z.string().max(4_000),
    /** Of the headings; null for each synopsis's own. */
    language: language.nullable(),
    titles: z.array(title).max(namedLimit),
    count: z.int().nonnegative(),
    /** In the order they were written. */
    files: z.array(z.strictObject({ path: z.string().max(8_000), state: z.enum(writtenStates) })).max(namedLimit),
    fileCount: z.int().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('synopsis.autoexport'),
    folder: z.string().max(4_096),
    files: z.array(z.strictObject({ path: z.string().max(8_000), state: z.enum(writtenStates) })).max(namedLimit),
    fileCount: z.int().nonnegative(),
  }),
]);
export type JobMaterial = z.output<typeof jobMaterial>;
export type JobMaterialOf<K extends JobMaterial['kind']> = Extract<JobMaterial, { kind: K }>;
