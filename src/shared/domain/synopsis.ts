import { z } from 'zod';
import { documentId, epochMs, jobId, messageId, noteId, sessionId, sha256Hex, synopsisId, versionId } from './ids.ts';
import { language } from './language.ts';
import { snapshotWarning } from './snapshot.ts';

/** Sections in reading order. Each is generated, recorded and shown on its own. */
export const sectionKinds = [
  'summary',
  'theses',
  'terms',
  'timeline',
  'decisions',
  'tasks',
  'figures',
  'contradictions',
  'questions',
  'selfCheck',
] as const;
export const sectionKind = z.enum(sectionKinds);
export type SectionKind = (typeof sectionKinds)[number];

export const detailLevels = ['short', 'standard', 'full'] as const;
export const detailLevel = z.enum(detailLevels);
export type DetailLevel = (typeof detailLevels)[number];

export const templates = ['lecture', 'meeting', 'article', 'research', 'brief'] as const;
export const template = z.enum(templates);
export type Template = (typeof templates)[number];

/** Where a quote comes from: a document of the session, or the chat itself. */
export const sourceRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('document'), documentId }),
  z.strictObject({ kind: z.literal('chat') }),
]);
export type SourceRef = z.output<typeof sourceRef>;

/**
 * How well the quote is found in its snapshot: `verified` character for character or up to typography, `approximate`
 * after a few replaced words, `missing` not at all. A missing quote is shown as such and never hidden.
 */
export const supports = ['verified', 'approximate', 'missing'] as const;
export const support = z.enum(supports);
export type Support = (typeof supports)[number];

export const citation = z.strictObject({
  source: sourceRef,
  snapshotHash: sha256Hex,
  /** The source's own words at [start, end); for `missing` the words that were claimed. */
  quote: z.string().min(1).max(4_000),
  /** Up to 64 characters on each side, to find the place again and to show it in context. */
  prefix: z.string().max(64),
  suffix: z.string().max(64),
  /** UTF-16 offsets in the snapshot's text; null only when the quote is missing. */
  start: z.int().nonnegative().nullable(),
  end: z.int().nonnegative().nullable(),
  page: z.int().positive().nullable(),
  messageId: messageId.nullable(),
  /** Recordings only: milliseconds from its beginning to where the paragraph of the quote is said. */
  timeMs: z.int().nonnegative().optional(),
  support,
});
export type Citation = z.output<typeof citation>;

const itemBase = {
  /** Stable within its section: `<kind>-<n>`. */
  id: z.string().max(64),
  text: z.string().min(1).max(8_000),
  citations: z.array(citation).min(1).max(16),
};

export const plainItem = z.strictObject(itemBase);
export const termItem = z.strictObject({ ...itemBase, term: z.string().min(1).max(300) });
export const timelineItem = z.strictObject({
  ...itemBase,
  when: z.string().min(1).max(200),
  /** ISO 8601 date or year, when it can be told. */ date: z.string().max(32).nullable(),
});
export const taskItem = z.strictObject({ ...itemBase, who: z.string().max(200).nullable(), due: z.string().max(200).nullable() });
export const figureItem = z.strictObject({ ...itemBase, figure: z.string().min(1).max(200) });
export const selfCheckItem = z.strictObject({ ...itemBase, answer: z.string().min(1).max(4_000) });

/** Why a section holds nothing: the material has none of it, or the engine at work cannot make it. */
export const emptyReasons = ['nothing_found', 'needs_model'] as const;
export type EmptyReason = (typeof emptyReasons)[number];

/** Who makes the sections: the engine that is built in, or a model the person has connected. */
export const synopsisEngines = ['builtin', 'model'] as const;
export const synopsisEngine = z.enum(synopsisEngines);
export type SynopsisEngine = (typeof synopsisEngines)[number];

/** What a person wants of a section, in their own words: a paragraph or two. */
export const synopsisInstruction = z.string().trim().min(1).max(2_000);

export const provenance = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('extractive'), version: z.string().max(32) }),
  z.strictObject({ kind: z.literal('model'), provider: z.string().max(100), model: z.string().max(200) }),
]);
export type Provenance = z.output<typeof provenance>;

function sectionOf<K extends SectionKind, I extends z.ZodType>(kind: K, item: I) {
  return z.strictObject({
    kind: z.literal(kind),
    items: z.array(item).max(500),
    /** Set exactly when `items` is empty. */
    emptyReason: z.enum(emptyReasons).nullable(),
    provenance,
    /** Hashes of the snapshots it was made of; absent in older sections, which are made of the version's coverage. */
    material: z.array(sha256Hex).optional(),
    /** Items of a model that nothing was found for and that are not shown; absent for none. */
    leftOut: z.int().positive().optional(),
    /** No model could write it, so the built-in engine has made it in its stead. */
    isStandIn: z.boolean().optional(),
  });
}

export const section = z.discriminatedUnion('kind', [
  sectionOf('summary', plainItem),
  sectionOf('theses', plainItem),
  sectionOf('terms', termItem),
  sectionOf('timeline', timelineItem),
  sectionOf('decisions', plainItem),
  sectionOf('tasks', taskItem),
  sectionOf('figures', figureItem),
  sectionOf('contradictions', plainItem),
  sectionOf('questions', plainItem),
  sectionOf('selfCheck', selfCheckItem),
]);
export type Section = z.output<typeof section>;
export type SectionOf<K extends SectionKind> = Extract<Section, { kind: K }>;

/** Quotes of a section that were not found in their source. */
export function missingCitations({ items }: Section): number {
  return items.reduce((sum, item) => sum + item.citations.filter(({ support: found }) => found === 'missing').length, 0);
}

export const sourceStates = ['used', 'skipped', 'failed'] as const;

/** One line of the coverage bar: what of this source was read. */
export const coverageSource = z.strictObject({
  source: sourceRef,
  title: z.string().max(500),
  snapshotHash: sha256Hex.nullable(),
  state: z.enum(sourceStates),
  /**
   * For skipped and failed ones: the document's error code or `not_ready`, `duplicate`, `snapshot_damaged`. For a used one
   * null, or `removed` when it was taken out of the chat before the version was finished.
   */
  reason: z.string().max(64).nullable(),
  charCount: z.int().nonnegative(),
  pageCount: z.int().nonnegative().nullable(),
  pagesRead: z.int().nonnegative().nullable(),
  warnings: z.array(snapshotWarning),
  /** As the document says of itself; absent where it does not. */
  author: z.string().max(300).optional(),
  date: z.string().max(10).optional(),
});
export type CoverageSource = z.output<typeof coverageSource>;

/** Named shortcomings of a finished version; any of them makes the job `done` with issues. */
export const synopsisIssueCodes = [
  'source_failed',
  'source_incomplete',
  'citation_missing',
  'items_left_out',
  'section_without_model',
  'too_little_text',
] as const;
export type SynopsisIssueCode = (typeof synopsisIssueCodes)[number];
export const synopsisIssue = z.strictObject({ code: z.enum(synopsisIssueCodes), count: z.int().positive() });
export type SynopsisIssue = z.output<typeof synopsisIssue>;

export const versionStates = ['making', 'ready', 'failed', 'cancelled'] as const;
export type VersionState = (typeof versionStates)[number];

/** What a version came of. A refresh makes the sections whose material has changed, a regeneration those a person named. */
export const versionTriggers = ['request', 'refresh', 'regenerate', 'restore', 'note', 'import'] as const;
export type VersionTrigger = (typeof versionTriggers)[number];

/** Markdown of a person's own between two sections; no engine touches it, and every later version has it. */
export const synopsisNote = z.strictObject({
  id: noteId,
  /** The section it stands below; null above the first. Where the version has no such section, it keeps that one's place. */
  after: sectionKind.nullable(),
  text: z.string().min(1).max(20_000),
  createdAtMs: epochMs,
  updatedAtMs: epochMs,
});
export type SynopsisNote = z.output<typeof synopsisNote>;
/** More would be a text of its own. */
export const notesLimit = 200;

/** What a list of versions shows. */
export const versionHead = z.strictObject({
  id: versionId,
  synopsisId,
  number: z.int().positive(),
  state: z.enum(versionStates),
  /** Null where a person made it: restored, annotated, taken over, imported. */
  jobId: jobId.nullable(),
  trigger: z.enum(versionTriggers).default('request'),
  /** The version whose other sections it has, or that was restored; null where it began with nothing. */
  basedOn: versionId.nullable().default(null),
  /** The sections it made itself; null for all. */
  only: z.array(sectionKind).nullable().default(null),
  /** What made those sections; empty where a person is the author. */
  madeBy: z.array(provenance).default([]),
  /** What the person wanted of the sections it made. */
  instruction: synopsisInstruction.nullable().default(null),
  detail: detailLevel,
  language,
  template,
  createdAtMs: epochMs,
  finishedAtMs: epochMs.nullable(),
  issues: z.array(synopsisIssue),
});
export type VersionHead = z.output<typeof versionHead>;

/** A version that a job was begun for. */
export const jobVersionHead = z.strictObject({ ...versionHead.shape, jobId });
export type JobVersionHead = z.output<typeof jobVersionHead>;

/** A version with everything the overlay shows. Immutable once its state is not `making`. */
export const synopsisVersion = z.strictObject({
  ...versionHead.shape,
  title: z.string().max(500),
  sessionId,
  coverage: z.array(coverageSource),
  /** Finished sections, in reading order; while making, those ready so far. */
  sections: z.array(section),
  /** Sections this version will have, in reading order. */
  plannedSections: z.array(sectionKind),
  /** In reading order. */
  notes: z.array(synopsisNote).default([]),
});
export type SynopsisVersion = z.output<typeof synopsisVersion>;
