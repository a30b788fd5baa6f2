import { z } from 'zod';
import { usage } from '../../domain/budget.ts';
import {
  agentName,
  agentSetup,
  agentTask,
  modelStep,
  modelTextLimit,
  personAnswer,
  personQuestion,
  shownPassage,
  toolStep,
} from '../../domain/agent.ts';
import {
  browserTraceEntry,
  extractedTable,
  pageAddress,
  pageTarget,
  personInput,
  recipe,
  siteEntry,
  siteLimit,
} from '../../domain/browser.ts';
import { documentAuthor, documentDate, documentFormat } from '../../domain/document.ts';
import { documentId, jobId, messageId, sessionId, sha256Hex, versionId } from '../../domain/ids.ts';
import { language } from '../../domain/language.ts';
import { modelId } from '../../domain/model-id.ts';
import type { TaskName } from '../../domain/job.ts';
import { autoExportFileName, autoExportFileState, autoExportMode } from '../../domain/auto-export.ts';
import type { EffectClass } from '../../domain/job-step.ts';
import { changesPerPage, fileChange } from '../../domain/file-change.ts';
import { mcpServerLimit, mcpServerName, mcpTestOutcome, mcpTool, mcpToolLimit, mcpToolNameLimit, mcpTransport } from '../../domain/mcp.ts';
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
import { bundleManifest } from '../../domain/bundle.ts';
import { proposedSource } from '../../domain/session.ts';
import { webSearchConnection, webSearchTest } from '../../domain/web-search.ts';
import { snapshotWarning } from '../../domain/snapshot.ts';
import {
  citation,
  coverageSource,
  detailLevel,
  section,
  sectionKind,
  sourceRef,
  synopsisInstruction,
  synopsisIssue,
  template,
} from '../../domain/synopsis.ts';
import { auditedItem, auditedItemLimit } from '../../domain/synopsis-audit.ts';
import { recordedCall, synopsisModel, synopsisModelLimit, synopsisSetup } from '../../domain/synopsis-model.ts';

/** Synopses in one export: with their paths they fit a frame many times over. */
export const exportLimit = 5_000;

/** A signed byte a dimension, as base64; the longest vectors on offer have 4,096. */
const encodedVector = z.base64().min(1).max(22_000);
/** 16 bytes, as base64. */
const encodedHash = z.base64().length(24);

const path = z.string().min(1).max(4_096);

/** A picture as it is shown to a model, a JPEG as base64: one of the longest side that is sent takes a megabyte at the worst. */
const shownPicture = z.base64().startsWith('/9j/').max(5_000_000);

/** What came of showing one, with what it has used up either way. */
const lookedAt = [
  z.strictObject({ outcome: z.literal('told'), call: recordedCall, usage }),
  z.strictObject({
    outcome: z.literal('failed'),
    failure: z.strictObject({
      code: z.string().max(64),
      message: z.string().max(2_000),
      retryable: z.boolean(),
      retryAfterMs: z.number().nonnegative().nullable(),
    }),
    usage,
  }),
] as const;

/** Bytes of one staged file, 512 MiB: the longest text that is kept, in the widest letters and with its segments, takes a third of it. */
export const stagedByteLimit = 512 * 1024 * 1024;

/** A file the worker wrote into its staging folder; main checks the length and the hash and adopts it as an artifact. */
export const stagedFile = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,100}$/u),
  sha256: sha256Hex,
  byteCount: z.int().nonnegative().max(stagedByteLimit),
});
export type StagedFile = z.output<typeof stagedFile>;

/** A stored snapshot the worker may read: `path` is a read-only JSON file of the `snapshot` schema. */
export const snapshotInput = z.strictObject({ source: sourceRef, title: z.string().max(500), snapshotHash: sha256Hex, path });
export type SnapshotInput = z.output<typeof snapshotInput>;

/** Passages that the result of a part may cite. */
export const citedLimit = 200;

/** Messages of a chat that a model is given at most; older ones are left out. */
export const conversationLimit = 400;

/** What the tools of an agent may reach: only what is named here is there for it. */
export const agentReach = z.strictObject({
  /** Hosts in private networks that the person allows pages to be fetched from. */
  allowedHosts: z.array(z.string().max(255)).max(100),
  /** SECURITY: the key is in the frame alone. */
  webSearch: webSearchConnection.nullable(),
  folders: z.array(z.strictObject({ path, mayWrite: z.boolean() })).max(50),
  mcpServers: z
    .array(
      z.strictObject({
        /** Names its tools: `mcp__<name>__<tool>`. */
        name: mcpServerName,
        transport: mcpTransport,
        /** As the server listed them when the person tested it: what they have seen is what an agent gets. */
        tools: z.array(mcpTool).max(mcpToolLimit),
        /** Tools that change nothing outside, as the person has marked them; every other one asks first. */
        harmlessTools: z.array(z.string().max(mcpToolNameLimit)).max(mcpToolLimit),
      }),
    )
    .max(mcpServerLimit),
});
export type AgentReach = z.output<typeof agentReach>;

/** What an agent is given with each attempt. Its words and tools are its own and recorded with its first step. */
export const agentInput = z.strictObject({
  agent: agentName,
  language,
  /** SECURITY: holds a key; in a frame alone. */
  connection: modelConnection,
  sessionId,
  /** The chat up to the question, oldest first; of a background task what was said before it. */
  conversation: z.array(z.strictObject({ id: messageId, role: z.enum(['person', 'assistant']), text: z.string() })).max(conversationLimit),
  /** The task of a background agent; null for an answer in the chat, whose task is the last message. */
  task: agentTask.nullable(),
  documents: z
    .array(z.strictObject({ documentId, title: z.string().max(500), charCount: z.int().nonnegative(), isReady: z.boolean() }))
    .max(500),
  reach: agentReach,
  /** A plan or a part of one: what it changes outside is taken back when the plan does not come off. */
  inPlan: z.boolean(),
  /** 0 for an answer in the chat; a task begun by a background task has 2. */
  depth: z.int().nonnegative().max(10),
});
export type AgentInput = z.output<typeof agentInput>;

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

/** Names a part of a plan within it. */
const partKey = z.string().min(1).max(200);

/** Steps of a browser task that the next attempt is told of: enough for what was done on one page. */
export const browserStepsTold = 200;

/** One thing that was done in a browser, with what means the same element on the next load of the page. */
export const browserStepDone = z.strictObject({ entry: browserTraceEntry, durable: pageTarget.nullable() });
export type BrowserStepDone = z.output<typeof browserStepDone>;

/** A tab of a browser at work. */
const browserTab = z.strictObject({ index: z.int().nonnegative(), title: z.string().max(500), url: pageAddress, isShown: z.boolean() });

/**
 * Steps of an agent: `setup`, `model:<n>`, `tool:<n>.<i>`, `act:<n>.<i>` for a tool that changes something outside, and
 * `part:<n>.<i>.<k>` before a planner begins a part.
 */
const agentSteps = { setup: agentSetup, model: modelStep, tool: toolStep, part: z.strictObject({ key: partKey }), act: toolStep } as const;
/** How what an agent has changed for a plan is taken back: a file, and whatever a part of the plan has changed. */
const agentCompensations = { 'restore-file': fileChange, 'take-back-part': z.strictObject({ key: partKey }) } as const;

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
        z.strictObject({ kind: z.literal('recipe'), recipe, sessionId, language, allowedHosts: agentReach.shape.allowedHosts }),
      ]),
      jobId,
      /** The browser's program. */
      browserPath: path,
      /** Of this task alone: its profile, what it downloads, and the file by which its browser is found after a crash. */
      folder: path,
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
      /** Since the last call, without what a person held or paused. */
      workedMs: z.number().nonnegative(),
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
    }),
    output: z.strictObject({ documentId, title: z.string().max(500), charCount: z.int().nonnegative() }).nullable(),
  },
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
        z.strictObject({ kind: z.literal('synopsis') }),
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
export const hostCallsOfUndo = ['part.changes'] as const satisfies readonly HostCallName[];
export type HostCallInput<N extends HostCallName> = z.output<(typeof hostCallSpecs)[N]['input']>;
export type HostCallOutput<N extends HostCallName> = z.output<(typeof hostCallSpecs)[N]['output']>;
