import { z } from 'zod';
import { documentError, documentFormat } from '../../domain/document.ts';
import { documentId, messageId, sessionId, sha256Hex, versionId } from '../../domain/ids.ts';
import { language } from '../../domain/language.ts';
import type { TaskName } from '../../domain/job.ts';
import type { EffectClass } from '../../domain/job-step.ts';
import {
  baseUrl,
  localProgram,
  localServer,
  modelConnection,
  modelListLimit,
  modelTest,
  modelView,
  providerConnection,
} from '../../domain/provider.ts';
import { snapshotWarning } from '../../domain/snapshot.ts';
import { citation, coverageSource, detailLevel, section, sectionKind, sourceRef, synopsisIssue, template } from '../../domain/synopsis.ts';

/** Synopses in one export: with their paths they fit a frame many times over. */
export const exportLimit = 5_000;

const path = z.string().min(1).max(4_096);

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
    }),
    steps: {},
    effects: {},
    compensations: {},
    output: z.discriminatedUnion('result', [
      z.strictObject({
        result: z.literal('read'),
        format: documentFormat,
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
      /** The document is at fault and trying again gives the same; a passing fault is thrown as retryable instead. */
      z.strictObject({ result: z.literal('refused'), error: documentError }),
    ]),
  },
  'synopsis.make': {
    input: z.strictObject({
      title: z.string().max(500),
      detail: detailLevel,
      template,
      language,
      sections: z.array(sectionKind).min(1),
      sources: z.array(snapshotInput),
      /** Coverage as main sees it: documents that failed or are not ready are in it already. */
      coverage: z.array(coverageSource),
      stagingDir: path,
    }),
    steps: {
      /** One per section, `section:<kind>`: shown in the window as soon as it is recorded. */
      section,
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
    }),
    steps: {},
    effects: {},
    compensations: {},
    output: z.strictObject({
      note: z.enum(['no_model', 'no_model_no_documents', 'no_model_nothing_found', 'documents_not_ready']),
      /** Markdown with `[n]` markers, from the material only. */
      text: z.string().max(100_000),
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
  /** SECURITY: a key is in the input alone, which is in a frame and nowhere else. */
  'provider.ask': {
    input: z.discriminatedUnion('ask', [
      z.strictObject({ ask: z.literal('models'), connection: providerConnection }),
      z.strictObject({ ask: z.literal('test'), connection: modelConnection }),
      z.strictObject({ ask: z.literal('probe'), places: z.array(z.strictObject({ program: localProgram, origin: baseUrl })).max(10) }),
    ]),
    steps: {},
    effects: {},
    compensations: {},
    output: z.discriminatedUnion('ask', [
      z.strictObject({ ask: z.literal('models'), models: z.array(modelView).max(modelListLimit) }),
      z.strictObject({ ask: z.literal('test'), result: modelTest }),
      z.strictObject({ ask: z.literal('probe'), found: z.array(localServer).max(10) }),
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
  /** Full-text search over the session's ready documents and its messages, best first. */
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
        /** BM25 as FTS5 gives it: smaller is better. */
        score: z.number(),
      }),
    ),
  },
} as const;
export type HostCallName = keyof typeof hostCallSpecs;
export type HostCallInput<N extends HostCallName> = z.output<(typeof hostCallSpecs)[N]['input']>;
export type HostCallOutput<N extends HostCallName> = z.output<(typeof hostCallSpecs)[N]['output']>;
