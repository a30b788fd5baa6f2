import { z } from 'zod';
import { modelTextLimit } from '../../domain/agent.ts';
import { autoExportFileName, autoExportFileState, autoExportMode } from '../../domain/auto-export.ts';
import { recipe, siteEntry, siteLimit } from '../../domain/browser.ts';
import { givenLogin } from '../../domain/browser-login.ts';
import { usage } from '../../domain/budget.ts';
import { bundleManifest } from '../../domain/bundle.ts';
import { documentAuthor, documentDate, documentFormat } from '../../domain/document.ts';
import { documentId, jobId, messageId, sessionId, sha256Hex, versionId } from '../../domain/ids.ts';
import type { EffectClass } from '../../domain/job-step.ts';
import type { TaskName } from '../../domain/job.ts';
import { language } from '../../domain/language.ts';
import { mcpTestOutcome, mcpTransport } from '../../domain/mcp.ts';
import { modelId } from '../../domain/model-id.ts';
import {
  baseUrl,
  localProgram,
  localServer,
  modelConnection,
  modelListLimit,
  modelTest,
  modelView,
  providerConnection,
  providerName,
} from '../../domain/provider.ts';
import { proposedSource } from '../../domain/session.ts';
import { snapshotWarning } from '../../domain/snapshot.ts';
import { auditedItem, auditedItemLimit } from '../../domain/synopsis-audit.ts';
import { recordedCall, synopsisModel, synopsisModelLimit, synopsisSetup } from '../../domain/synopsis-model.ts';
import {
  citation,
  coverageSource,
  detailLevel,
  section,
  sectionKind,
  synopsisInstruction,
  synopsisIssue,
  template,
} from '../../domain/synopsis.ts';
import { webSearchConnection, webSearchTest } from '../../domain/web-search.ts';
import { agentCompensations, agentInput, agentReach, agentSteps } from './agent-input.ts';
import { browserStepDone, browserStepsTold } from './browser-steps.ts';
import { encodedVector, exportLimit, lookedAt, path, shownPicture, snapshotInput, stagedFile } from './task-values.ts';

/** What became of one file of a folder that is kept up to date. */
export const autoExported = z.strictObject({
  versionId,
  sessionId,
  /** `left`: nothing was written, for the person has deleted the file or changed the very text. */
  did: z.enum(['written', 'unchanged', 'left']),
  /** Where the version is now. */
  name: autoExportFileName,
  sha256: sha256Hex,
  state: autoExportFileState,
  /** What was known under another name: it was moved, or the person changed it and it was left to them. */
  before: z.strictObject({ name: autoExportFileName, now: autoExportFileName, isEdited: z.boolean() }).nullable(),
});
export type AutoExported = z.output<typeof autoExported>;

/**
 * What each kind of job gives its worker and takes back. `input` is built by main when the job is claimed and is never
 * stored; `steps` are the outputs recorded by `step(name, fn)` and `effect(name, …)`, keyed by the part of the name before
 * `:`; `effects` says which of them change something outside; `compensations` is what each way of undoing is given.
 */
export const taskSpecs = {
  'document.import': {
    input: z.strictObject({
      documentId,
      from: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('file'), path, name: z.string().max(255) }),
        z.strictObject({ kind: z.literal('url'), url: z.string().max(4_096), allowedHosts: z.array(z.string().max(255)) }),
      ]),
      stagingDir: path,
      /**
       * Whether main has a picture read, `picture.look`; not where no model is chosen for that. SECURITY: this worker opens foreign
       * bytes, and no key comes into it.
       */
      canLook: z.boolean(),
      /** Of what a model tells about a picture. */
      language,
    }),
    steps: {
      /** What a model has read from one picture, `ask:<what>`. */
      ask: recordedCall,
      /** Pages read in one go, `pages:<first>`: what was found on them lies in a file of the staging folder until the document is read. */
      pages: stagedFile,
    },
    effects: {},
    compensations: {},
    /** A document that is at fault fails the task with its error, see `jobErrorOf`, and is not retried. */
    output: z.strictObject({
      format: documentFormat,
      author: documentAuthor.nullable(),
      date: documentDate.nullable(),
      title: z.string().max(500).nullable(),
      language: language.nullable(),
      /** Hash of the canonical text. */
      snapshotHash: sha256Hex,
      /** JSON of the `snapshot` schema. */
      snapshot: stagedFile,
      /** The fetched bytes; null when the original was given as a file. */
      original: stagedFile.nullable(),
      byteCount: z.int().nonnegative(),
      charCount: z.int().nonnegative(),
      pageCount: z.int().nonnegative().nullable(),
      warnings: z.array(snapshotWarning).max(20),
    }),
  },
  'synopsis.make': {
    input: z.strictObject({
      title: z.string().max(500),
      detail: detailLevel,
      template,
      language,
      /** The sections to make. */
      sections: z.array(sectionKind).min(1),
      /** Null for the built-in engine. */
      model: z
        .strictObject({
          /** The person's choice first; those behind it take its place when it fails. */
          models: z.array(synopsisModel).min(1).max(synopsisModelLimit),
          /** What the person wants of the sections. */
          instruction: synopsisInstruction.nullable(),
        })
        .nullable()
        .default(null),
      /** Missing citations of the sections that were taken over from an earlier version. */
      missingBefore: z.int().nonnegative().default(0),
      sources: z.array(snapshotInput),
      /** Coverage as main sees it: documents that failed or are not ready are in it already. */
      coverage: z.array(coverageSource),
      stagingDir: path,
    }),
    steps: {
      /** One per section, `section:<kind>`: shown in the window as soon as it is recorded. */
      section,
      /** With a model: first of all, and one per call, `ask:<purpose>-<hash of what is asked>`. */
      setup: synopsisSetup,
      ask: recordedCall,
    },
    effects: {},
    compensations: {},
    output: z.strictObject({ coverage: z.array(coverageSource), issues: z.array(synopsisIssue) }),
  },
  'chat.answer': {
    input: z.strictObject({
      sessionId,
      messageId,
      question: z.string(),
      language,
      hasDocuments: z.boolean(),
      documentsNotReady: z.int().nonnegative(),
      /** Null where no model answers: then passages of the material do. */
      model: agentInput.nullable(),
    }),
    steps: agentSteps,
    effects: { act: 'once' },
    compensations: agentCompensations,
    output: z.strictObject({
      /** Null for an answer of a model. */
      note: z.enum(['no_model', 'no_model_no_documents', 'no_model_nothing_found', 'documents_not_ready']).nullable(),
      /** Markdown with `[n]` markers; without a model from the material only. */
      text: z.string().max(modelTextLimit),
      citations: z.array(citation).max(50),
    }),
  },
  /** An agent in the background: its result arrives in the chat as a message. */
  'agent.run': {
    input: agentInput,
    steps: agentSteps,
    effects: { act: 'once' },
    compensations: agentCompensations,
    output: z.strictObject({
      /** Markdown. */
      text: z.string().max(modelTextLimit),
      citations: z.array(citation).max(50),
      /** Sources that a source finder proposes; the person adds them. */
      sources: z.array(proposedSource).max(50),
    }),
  },
  /** A task in a browser of its own: an agent with a model, or a recipe without one. */
  'browser.run': {
    input: z.strictObject({
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('task'), agent: agentInput }),
        z.strictObject({
          kind: z.literal('recipe'),
          recipe,
          sessionId,
          language,
          allowedHosts: agentReach.shape.allowedHosts,
          /** Out of which pages may be given files. */
          folders: agentReach.shape.folders,
        }),
      ]),
      jobId,
      /** The browser's program. */
      browserPath: path,
      /** Of this task alone: its profile, what it downloads, and the file by which its browser is found after a crash. */
      folder: path,
      /** SECURITY: with the words of its secrets; null for a task without one. */
      login: givenLogin.nullable(),
      /** Sites that the person has agreed to in an earlier attempt. */
      sites: z.array(siteEntry).max(siteLimit),
      /** What earlier attempts did, the newest last. */
      before: z.array(browserStepDone).max(browserStepsTold),
      /** Steps that they did in all, and how long they worked. */
      spent: z.strictObject({ steps: z.int().nonnegative(), ms: z.number().nonnegative() }),
    }),
    steps: agentSteps,
    effects: { act: 'once' },
    compensations: agentCompensations,
    output: z.strictObject({
      /** Markdown. */
      text: z.string().max(modelTextLimit),
      citations: z.array(citation).max(50),
    }),
  },
  'synopses.export': {
    input: z.strictObject({
      /** Where the person wants the files; absolute. */
      folder: path,
      /** `staged` is the whole text, written by main; `fileName` is wished for and may be taken. */
      files: z.array(z.strictObject({ versionId, staged: path, sha256: sha256Hex, fileName: z.string().min(1).max(255) })).max(exportLimit),
    }),
    steps: {
      /** The paths that the files get, chosen once. `isThere`: the same text lies there already. */
      plan: z.array(z.strictObject({ versionId, path, isThere: z.boolean() })).max(exportLimit),
      /** One per file, `file:<version>`. */
      file: z.strictObject({ path }),
    },
    effects: { file: 'once' },
    compensations: {
      /** Removes the file while it still holds what was written. */
      'remove-file': z.strictObject({ path, sha256: sha256Hex }),
    },
    output: z.strictObject({ written: z.int().nonnegative(), there: z.int().nonnegative() }),
  },
  /** Brings a folder of the person's up to date. */
  'synopsis.autoexport': {
    input: z.strictObject({
      /** Real path; absolute. */
      folder: path,
      mode: autoExportMode,
      /** Files that the person has deleted are written again. */
      restore: z.boolean(),
      files: z
        .array(
          z.strictObject({
            versionId,
            sessionId,
            /** The whole text, written by main. */
            staged: path,
            sha256: sha256Hex,
            /** Wished for; may be taken. */
            fileName: z.string().min(1).max(255),
            /** Put into the name of a second file of this title, as in `Title (note 2).md`. */
            besideWord: z.string().min(1).max(40),
            /** The line of the front matter that a moved file is known by. */
            mark: z.string().min(1).max(200),
            /** The file of this version, or where one is kept current of this chat; null when there is none yet. */
            known: z.strictObject({ name: autoExportFileName, sha256: sha256Hex, isSameVersion: z.boolean() }).nullable(),
          }),
        )
        .max(exportLimit),
    }),
    steps: {
      /** One per version, `file:<version>`. */
      file: autoExported,
    },
    effects: { file: 'idempotent' },
    compensations: {},
    output: z.strictObject({ written: z.int().nonnegative(), left: z.int().nonnegative() }),
  },
  /** Judges the claims of a finished synopsis by their quotes. */
  'synopsis.audit': {
    input: z.strictObject({
      language,
      models: z.array(synopsisModel).min(1).max(synopsisModelLimit),
      claims: z
        .array(
          z.strictObject({
            section: sectionKind,
            item: z.string().max(64),
            text: z.string(),
            /** The source's own words; none for a claim whose quotes were not found. */
            quotes: z.array(z.string()).max(16),
          }),
        )
        .max(auditedItemLimit),
    }),
    steps: { ask: recordedCall },
    effects: {},
    compensations: {},
    output: z.strictObject({
      judge: z.strictObject({ provider: providerName, model: modelId }),
      items: z.array(auditedItem).max(auditedItemLimit),
    }),
  },
  /** A model puts passages into numbers, by which they are found by what they mean. */
  'passages.embed': {
    input: z.strictObject({
      /** SECURITY: holds a key; in a frame alone. */
      connection: modelConnection,
      /** Passages that have no vector yet. */
      total: z.int().nonnegative(),
    }),
    steps: {
      /** One call, `batch:<number of its first passage>-<attempt>`; the vectors are in the database by then. */
      batch: z.strictObject({ count: z.int().nonnegative(), tokens: z.int().nonnegative() }),
    },
    effects: {},
    compensations: {},
    /** Not complete where there were more than one job does. */
    output: z.strictObject({ passages: z.int().nonnegative(), isComplete: z.boolean() }),
  },
  /** A synopsis as a file that a person waits for. Main writes Markdown itself and prints PDF from the page. */
  'synopsis.file': {
    input: z.strictObject({
      format: z.enum(['html', 'docx', 'apkg', 'cards', 'bundle']),
      /** JSON of `synopsisVersion`: a long one is more than a frame carries. */
      version: path,
      /** Of headings and of what the program says. */
      language,
      /** Where quotes of sources without pages stand, by `<snapshot> <start>`. */
      places: z.record(z.string(), z.strictObject({ kind: z.enum(['heading', 'paragraph']), text: z.string() })),
      /** Of a bundle; null otherwise. */
      bundle: z
        .strictObject({
          manifest: bundleManifest,
          snapshots: z.array(z.strictObject({ hash: sha256Hex, path })).max(2_001),
          /** JSON of `jobTrace`; null where the job is no longer known. */
          trace: path.nullable(),
        })
        .nullable(),
      /** Where the file is written; absolute, nothing lies there. */
      to: path,
    }),
    steps: {},
    effects: {},
    compensations: {},
    /** False when the synopsis has nothing for such a file: no question and no term to make cards of. */
    output: z.strictObject({ written: z.boolean() }),
  },
  /** A bundle from anywhere: what is in it is checked before main sees any of it. */
  'bundle.read': {
    input: z.strictObject({ path, stagingDir: path }),
    steps: {},
    effects: {},
    compensations: {},
    /** A bundle that is at fault fails with `not_a_bundle`, `bundle_too_new`, `bundle_too_large` or `bundle_damaged`. */
    output: z.strictObject({
      manifest: bundleManifest,
      /** JSON of `synopsisVersion`, whose quotes stand where they say in the snapshots. */
      synopsis: stagedFile,
      snapshots: z
        .array(
          z.strictObject({
            hash: sha256Hex,
            file: stagedFile,
            charCount: z.int().nonnegative(),
            pageCount: z.int().nonnegative().nullable(),
            language: language.nullable(),
          }),
        )
        .max(2_001),
    }),
  },
  /** What a person who sets something up waits for. SECURITY: a key is in the input alone, which is in a frame and nowhere else. */
  'provider.ask': {
    input: z.discriminatedUnion('ask', [
      z.strictObject({ ask: z.literal('models'), connection: providerConnection }),
      z.strictObject({ ask: z.literal('test'), connection: modelConnection }),
      z.strictObject({ ask: z.literal('mcp'), transport: mcpTransport }),
      z.strictObject({ ask: z.literal('probe'), places: z.array(z.strictObject({ program: localProgram, origin: baseUrl })).max(10) }),
      z.strictObject({ ask: z.literal('search'), connection: webSearchConnection }),
      z.strictObject({ ask: z.literal('embed'), connection: modelConnection, text: z.string().max(2_000) }),
      /** For a reading, which waits for it as long as it takes. */
      z.strictObject({ ask: z.literal('look'), model: synopsisModel, language, jpeg: shownPicture }),
    ]),
    steps: {},
    effects: {},
    compensations: {},
    output: z.discriminatedUnion('ask', [
      z.strictObject({ ask: z.literal('models'), models: z.array(modelView).max(modelListLimit) }),
      z.strictObject({ ask: z.literal('test'), result: modelTest, usage }),
      z.strictObject({ ask: z.literal('mcp'), outcome: mcpTestOutcome }),
      z.strictObject({ ask: z.literal('probe'), found: z.array(localServer).max(10) }),
      z.strictObject({ ask: z.literal('search'), result: webSearchTest }),
      z.strictObject({ ask: z.literal('embed'), vector: encodedVector, usage }),
      z.discriminatedUnion('outcome', [lookedAt[0].extend({ ask: z.literal('look') }), lookedAt[1].extend({ ask: z.literal('look') })]),
    ]),
  },
} as const satisfies Record<TaskName, TaskSpec>;

interface TaskSpec {
  readonly input: z.ZodType;
  readonly steps: Readonly<Record<string, z.ZodType>>;
  readonly effects: Readonly<Record<string, EffectClass>>;
  readonly compensations: Readonly<Record<string, z.ZodType>>;
  readonly output: z.ZodType;
}

export type TaskInput<K extends TaskName> = z.output<(typeof taskSpecs)[K]['input']>;
export type TaskOutput<K extends TaskName> = z.output<(typeof taskSpecs)[K]['output']>;
