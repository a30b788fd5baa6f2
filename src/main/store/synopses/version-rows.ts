import { z } from 'zod';
import { coverageOfOrigins } from '../../../shared/domain/coverage-of-origins.ts';
import type { VersionId } from '../../../shared/domain/ids.ts';
import { versionId as versionIdSchema } from '../../../shared/domain/ids.ts';
import type {
  CoverageSource,
  JobVersionHead,
  Section,
  SectionKind,
  SynopsisNote,
  SynopsisVersion,
  VersionHead,
} from '../../../shared/domain/synopsis.ts';
import {
  coverageSource,
  jobVersionHead,
  section,
  sectionKind,
  synopsisNote,
  synopsisVersion,
  versionHead,
} from '../../../shared/domain/synopsis.ts';
import type { Database } from '../connection.ts';
import { storedJson } from '../stored-json.ts';

export interface HeadRow {
  readonly id: string;
  readonly synopsisId: string;
  readonly sessionId: string;
  readonly number: number;
  readonly state: string;
  /** Empty where no job made it. */
  readonly jobId: string;
  readonly detail: string;
  readonly language: string;
  readonly template: string;
  readonly title: string;
  readonly plannedSections: string;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
  readonly issues: string;
  readonly cause: string;
  readonly basedOn: string | null;
  readonly onlyKinds: string | null;
  readonly madeBy: string;
  readonly instruction: string | null;
  readonly isProposal: number;
}

/**
 * Proposals are numbered from here, so that the versions of a synopsis count from 1 without a hole: a synopsis does not get a
 * million of them.
 */
export const firstProposalNumber = 1_000_000;

export const headSelect = `
  SELECT v.id, v.synopsis_id AS synopsisId, synopsis.session_id AS sessionId, v.number, v.state, v.job_id AS jobId, v.detail, v.language, v.template,
    v.title, v.planned_sections AS plannedSections, v.created_at_ms AS createdAtMs, v.finished_at_ms AS finishedAtMs, v.issues,
    v.cause, v.based_on AS basedOn, v.only_kinds AS onlyKinds, v.made_by AS madeBy, v.instruction, v.is_proposal AS isProposal
  FROM synopsis_version AS v JOIN synopsis ON synopsis.id = v.synopsis_id`;

export function headOf(row: HeadRow): VersionHead {
  return versionHead.parse({
    id: row.id,
    synopsisId: row.synopsisId,
    number: row.isProposal === 1 ? row.number - firstProposalNumber + 1 : row.number,
    state: row.state,
    jobId: row.jobId === '' ? null : row.jobId,
    trigger: row.cause,
    basedOn: row.basedOn,
    only: row.onlyKinds === null ? null : storedJson(row.onlyKinds),
    madeBy: storedJson(row.madeBy),
    instruction: row.instruction,
    detail: row.detail,
    language: row.language,
    template: row.template,
    createdAtMs: row.createdAtMs,
    finishedAtMs: row.finishedAtMs,
    issues: storedJson(row.issues),
  });
}

/** Throws for a version that a person made. */
export function jobHeadOf(row: HeadRow): JobVersionHead {
  return jobVersionHead.parse(headOf(row));
}

/** A section with the version that made it: what it was made of is that one's coverage. */
export interface KeptSection {
  readonly section: Section;
  readonly madeIn: VersionId;
}

/** A section that an earlier version made is kept there; its row here only says where. */
const sectionSelect = `
  SELECT s.kind, coalesce(s.made_in, s.version_id) AS madeIn, coalesce(origin.body, s.body) AS body
  FROM synopsis_section AS s LEFT JOIN synopsis_section AS origin ON origin.version_id = s.made_in AND origin.kind = s.kind
  WHERE s.version_id = ? ORDER BY s.position`;

export const versionRowStatements = { sections: sectionSelect } as const;

/** Of a stored section what a search looks into: a search reads hundreds of them, and their quotes are most of what they hold. */
const searchedSection = z.object({ items: z.array(z.object({ text: z.string(), term: z.string().optional() })) });
interface SearchedSection {
  readonly items: readonly { readonly text: string; readonly term?: string | undefined }[];
}

export interface VersionRows {
  head(id: string): HeadRow | undefined;
  sections(id: string): KeptSection[];
  /** What the sections were made of that it made itself. */
  coverage(id: string): CoverageSource[];
  /** The same of the versions whose sections it has, oldest first. */
  coveragesTaken(id: string): CoverageSource[][];
  /** Of a finished version as they were at its end, of one that is being made as they are. */
  notes(row: HeadRow): SynopsisNote[];
  /** As they are now. */
  presentNotes(synopsisId: string): SynopsisNote[];
  full(row: HeadRow): SynopsisVersion;
  plan(row: HeadRow): SectionKind[];
  /** Its items and notes, as a search looks into them. */
  texts(id: string): Generator<string>;
}

/** Reading of versions, as each of the repositories beside this file needs it. */
export function createVersionRows(db: Database): VersionRows {
  const head = db.prepare<[string], HeadRow>(`${headSelect} WHERE v.id = ?`);
  const sections = db.prepare<[string], { kind: string; madeIn: string; body: string }>(sectionSelect);
  const coverage = db.prepare<[string], { coverage: string }>('SELECT coverage FROM synopsis_coverage WHERE version_id = ?');
  const ownNotes = db.prepare<[string], { notes: string }>('SELECT notes FROM synopsis_version_notes WHERE version_id = ?');
  const presentNotes = db.prepare<[string], { id: string; after: string | null; text: string; createdAtMs: number; updatedAtMs: number }>(`
    SELECT id, after_kind AS after, text, created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs FROM synopsis_note WHERE synopsis_id = ?
    ORDER BY id`);

  const noteOf = (row: unknown): SynopsisNote => synopsisNote.parse(row);
  const listed = (json: string): unknown[] => {
    const value = storedJson(json);
    return Array.isArray(value) ? value : [];
  };

  function* texts(id: string): Generator<string> {
    for (const { body } of sections.iterate(id)) yield* searchedText(searchedSection.parse(storedJson(body)));
    const row = head.get(id);
    if (row !== undefined) yield* rows.notes(row).map(note => note.text);
  }

  const rows: VersionRows = {
    head: id => head.get(id),
    sections: id =>
      sections.all(id).map(row => ({ section: section.parse(storedJson(row.body)), madeIn: versionIdSchema.parse(row.madeIn) })),
    coverage: id => listed(coverage.get(id)?.coverage ?? '[]').map(line => coverageSource.parse(line)),
    coveragesTaken: id =>
      // Ids are in order of time.
      [...new Set(sections.all(id).map(({ madeIn }) => madeIn))]
        .filter(madeIn => madeIn !== id)
        .sort()
        .map(madeIn => rows.coverage(madeIn)),
    presentNotes: synopsisId => presentNotes.all(synopsisId).map(noteOf),
    notes(row) {
      if (row.state === 'making') return rows.presentNotes(row.synopsisId);
      return listed(ownNotes.get(row.id)?.notes ?? '[]').map(noteOf);
    },
    texts,
    plan: row => listed(row.plannedSections).map(kind => sectionKind.parse(kind)),
    full: row =>
      synopsisVersion.parse({
        ...headOf(row),
        title: row.title,
        sessionId: row.sessionId,
        coverage: coverageOfOrigins([...rows.coveragesTaken(row.id), rows.coverage(row.id)]),
        sections: sections.all(row.id).map(({ body }) => storedJson(body)),
        plannedSections: storedJson(row.plannedSections),
        notes: rows.notes(row),
      }),
  };
  return rows;
}

/** The texts of a section that a search looks into. */
export function searchedText({ items }: SearchedSection): string[] {
  return items.flatMap(item => (item.term === undefined ? [item.text] : [item.term, item.text]));
}
