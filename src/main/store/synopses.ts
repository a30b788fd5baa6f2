import { z } from 'zod';
import type { JobId, SessionId, SynopsisId, VersionId } from '../../shared/domain/ids.ts';
import {
  epochMs,
  sessionId as sessionIdSchema,
  synopsisId as synopsisIdSchema,
  versionId as versionIdSchema,
} from '../../shared/domain/ids.ts';
import { language } from '../../shared/domain/language.ts';
import type { CoverageSource, Section, SectionKind, SynopsisIssue, SynopsisVersion, VersionHead } from '../../shared/domain/synopsis.ts';
import { sectionKind, synopsisVersion, versionHead } from '../../shared/domain/synopsis.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import type { PageRequest } from './page-cursor.ts';
import { cutPage, decodeTimeCursor, encodeTimeCursor } from './page-cursor.ts';
import { indexText, matchQuery } from './search-words.ts';
import { storedJson } from './stored-json.ts';

export interface NewVersion {
  readonly versionId: VersionId;
  /** Used when the session has no synopsis yet; otherwise the version is added to the one it has. */
  readonly synopsisId: SynopsisId;
  readonly sessionId: SessionId;
  readonly jobId: JobId;
  readonly title: string;
  readonly detail: VersionHead['detail'];
  readonly language: VersionHead['language'];
  readonly template: VersionHead['template'];
  readonly plannedSections: readonly SectionKind[];
  readonly coverage: readonly CoverageSource[];
  readonly requestKey: string | null;
  readonly atMs: number;
}

export type VersionEnd =
  | {
      readonly state: 'ready';
      readonly coverage: readonly CoverageSource[];
      readonly issues: readonly SynopsisIssue[];
      readonly atMs: number;
    }
  | { readonly state: 'failed' | 'cancelled'; readonly atMs: number };

/** What the event `synopses.changed` says of a version. */
export interface VersionProgress {
  readonly sessionId: SessionId;
  readonly synopsisId: SynopsisId;
  readonly versionId: VersionId;
  readonly sectionsReady: number;
}

const synopsisListItem = z.strictObject({
  synopsisId: synopsisIdSchema,
  sessionId: sessionIdSchema,
  versionId: versionIdSchema,
  title: z.string(),
  language,
  finishedAtMs: epochMs,
  sourceCount: z.int().nonnegative(),
  issueCount: z.int().nonnegative(),
});
export type SynopsisListItem = z.output<typeof synopsisListItem>;

/** One synopsis a session, in versions that are only added. A ready version never changes again. */
export interface Synopses {
  /** Throws when a version of this session is already being made; ask `making` first. */
  startVersion(version: NewVersion): VersionHead;
  making(sessionId: SessionId): VersionHead | null;
  findByRequestKey(requestKey: string): VersionHead | null;
  /** Shown as soon as it is recorded; the same kind again replaces it. False when the version is no longer being made. */
  addSection(versionId: VersionId, section: Section): boolean;
  /** The sections that are to be made again. Changes nothing unless the version is being made. */
  removeSections(versionId: VersionId, kinds: readonly SectionKind[]): void;
  /** What became known once the sources were read; a null language leaves it. Changes nothing unless the version is being made. */
  describe(versionId: VersionId, known: { readonly title: string; readonly language: VersionHead['language'] | null }): void;
  /** What it is being made of. Changes nothing unless the version is being made. */
  setCoverage(versionId: VersionId, coverage: readonly CoverageSource[]): void;
  /** Null when the version is not being made. */
  finishVersion(versionId: VersionId, end: VersionEnd): VersionHead | null;
  /** A failed or cancelled version is made further by its retried job. Null when it is neither, or another one is being made. */
  reopenVersion(versionId: VersionId): VersionHead | null;
  head(versionId: VersionId): VersionHead | null;
  /** Newest first. */
  heads(sessionId: SessionId): VersionHead[];
  ofJob(jobId: JobId): VersionHead | null;
  title(versionId: VersionId): string | null;
  progress(versionId: VersionId): VersionProgress | null;
  /** The version asked for, if it is this session's; with null the newest. */
  open(sessionId: SessionId, versionId: VersionId | null): SynopsisVersion | null;
  /** The newest ready version of every synopsis, newest first. `search` looks into titles and items. */
  list(page: PageRequest & { readonly search: string }): { readonly synopses: SynopsisListItem[]; readonly next: string | null };
}

interface HeadRow {
  readonly id: string;
  readonly synopsisId: string;
  readonly sessionId: string;
  readonly number: number;
  readonly state: string;
  readonly jobId: string;
  readonly detail: string;
  readonly language: string;
  readonly template: string;
  readonly title: string;
  readonly plannedSections: string;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
  readonly issues: string;
}

interface ListRow extends Omit<SynopsisListItem, 'synopsisId' | 'sessionId' | 'versionId' | 'language'> {
  readonly synopsisId: string;
  readonly sessionId: string;
  readonly versionId: string;
  readonly language: string;
}

const headSelect = `
  SELECT v.id, v.synopsis_id AS synopsisId, synopsis.session_id AS sessionId, v.number, v.state, v.job_id AS jobId, v.detail, v.language, v.template,
    v.title, v.planned_sections AS plannedSections, v.created_at_ms AS createdAtMs, v.finished_at_ms AS finishedAtMs, v.issues
  FROM synopsis_version AS v JOIN synopsis ON synopsis.id = v.synopsis_id`;

const listSelect = `
  SELECT s.id AS synopsisId, s.session_id AS sessionId, v.id AS versionId, v.title, v.language, s.ready_at_ms AS finishedAtMs,
    synopsis_coverage.used_count AS sourceCount, json_array_length(v.issues) AS issueCount
  FROM synopsis AS s
    JOIN synopsis_version AS v ON v.id = s.ready_version_id
    JOIN synopsis_coverage ON synopsis_coverage.version_id = v.id
    JOIN session ON session.id = s.session_id`;

export const synopsisStatements = {
  heads: `${headSelect} WHERE synopsis.session_id = ? ORDER BY v.number DESC`,
  ofJob: `${headSelect} WHERE v.job_id = ? ORDER BY v.number DESC LIMIT 1`,
  making: `${headSelect} WHERE synopsis.session_id = ? AND v.state = 'making'`,
  list: `${listSelect}
    WHERE s.ready_at_ms IS NOT NULL AND (s.ready_at_ms, s.id) < (@atMs, @id) AND session.removed_at_ms IS NULL
    ORDER BY s.ready_at_ms DESC, s.id DESC LIMIT @take`,
  search: `${listSelect}
    WHERE s.ready_at_ms IS NOT NULL AND (s.ready_at_ms, s.id) < (@atMs, @id) AND session.removed_at_ms IS NULL
      AND s.n IN (SELECT rowid FROM synopsis_fts WHERE synopsis_fts MATCH @query)
    ORDER BY s.ready_at_ms DESC, s.id DESC LIMIT @take`,
} as const;

const newestPlace = { atMs: Number.MAX_SAFE_INTEGER, id: '~' } as const;

export function createSynopses(db: Database): Synopses {
  const synopsisOf = db.prepare<[string], { id: string }>('SELECT id FROM synopsis WHERE session_id = ?');
  const insertSynopsis = db.prepare<[string, string, number]>('INSERT INTO synopsis (id, session_id, created_at_ms) VALUES (?, ?, ?)');
  const insertVersion = db.prepare<
    Record<'versionId' | 'synopsisId' | 'jobId' | 'detail' | 'language' | 'template' | 'title' | 'plannedSections', string> & {
      requestKey: string | null;
      atMs: number;
    }
  >(`
    INSERT INTO synopsis_version (id, synopsis_id, number, state, job_id, detail, language, template, title, planned_sections, request_key, created_at_ms)
    VALUES (@versionId, @synopsisId, (SELECT 1 + coalesce(max(number), 0) FROM synopsis_version WHERE synopsis_id = @synopsisId), 'making', @jobId, @detail,
      @language, @template, @title, @plannedSections, @requestKey, @atMs)`);
  const putCoverage = db.prepare<[string, string, number]>(`
    INSERT INTO synopsis_coverage (version_id, coverage, used_count) VALUES (?, ?, ?)
    ON CONFLICT (version_id) DO UPDATE SET coverage = excluded.coverage, used_count = excluded.used_count`);
  const head = db.prepare<[string], HeadRow>(`${headSelect} WHERE v.id = ?`);
  const heads = db.prepare<[string], HeadRow>(synopsisStatements.heads);
  const newest = db.prepare<[string], HeadRow>(`${synopsisStatements.heads} LIMIT 1`);
  const ofJob = db.prepare<[string], HeadRow>(synopsisStatements.ofJob);
  const making = db.prepare<[string], HeadRow>(synopsisStatements.making);
  const byRequest = db.prepare<[string], HeadRow>(`${headSelect} WHERE v.request_key = ?`);
  const putSection = db.prepare<[string, number, string, string]>(`
    INSERT INTO synopsis_section (version_id, position, kind, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (version_id, kind) DO UPDATE SET body = excluded.body`);
  const dropSections = db.prepare<[string, string]>(
    `DELETE FROM synopsis_section WHERE version_id = ? AND kind IN (SELECT value FROM json_each(?))`,
  );
  const sections = db.prepare<[string], { body: string }>('SELECT body FROM synopsis_section WHERE version_id = ? ORDER BY position');
  const sectionCount = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM synopsis_section WHERE version_id = ?');
  const coverage = db.prepare<[string], { coverage: string }>('SELECT coverage FROM synopsis_coverage WHERE version_id = ?');
  const endVersion = db.prepare<{ id: string; state: string; issues: string; atMs: number }>(`
    UPDATE synopsis_version SET state = @state, issues = @issues, finished_at_ms = @atMs WHERE id = @id AND state = 'making'`);
  const describe = db.prepare<{ id: string; title: string; language: string | null }>(
    "UPDATE synopsis_version SET title = @title, language = coalesce(@language, language) WHERE id = @id AND state = 'making'",
  );
  const reopen = db.prepare<[string]>(
    "UPDATE synopsis_version SET state = 'making', finished_at_ms = NULL WHERE id = ? AND state IN ('failed','cancelled')",
  );
  const setReady = db.prepare<{ versionId: string; atMs: number; synopsisId: string }>(
    'UPDATE synopsis SET ready_version_id = @versionId, ready_at_ms = @atMs WHERE id = @synopsisId',
  );
  const putIndex = db.prepare<[string, string]>('INSERT OR REPLACE INTO synopsis_fts (rowid, body) SELECT n, ? FROM synopsis WHERE id = ?');
  const list = db.prepare<{ atMs: number; id: string; take: number }, ListRow>(synopsisStatements.list);
  const search = db.prepare<{ atMs: number; id: string; take: number; query: string }, ListRow>(synopsisStatements.search);

  function one(row: HeadRow | undefined): VersionHead | null {
    return row === undefined ? null : headOf(row);
  }

  function saveCoverage(versionId: string, sources: readonly CoverageSource[]): void {
    putCoverage.run(versionId, JSON.stringify(sources), sources.filter(source => source.state === 'used').length);
  }

  function full(row: HeadRow): SynopsisVersion {
    return synopsisVersion.parse({
      ...headOf(row),
      title: row.title,
      sessionId: row.sessionId,
      coverage: storedJson(coverage.get(row.id)?.coverage ?? '[]'),
      sections: sections.all(row.id).map(({ body }) => storedJson(body)),
      plannedSections: storedJson(row.plannedSections),
    });
  }

  return {
    startVersion: version =>
      inWriteTransaction(db, () => {
        const found = synopsisOf.get(version.sessionId)?.id;
        const synopsisId = found ?? version.synopsisId;
        if (found === undefined) insertSynopsis.run(synopsisId, version.sessionId, version.atMs);
        insertVersion.run({
          versionId: version.versionId,
          synopsisId,
          jobId: version.jobId,
          detail: version.detail,
          language: version.language,
          template: version.template,
          title: version.title,
          plannedSections: JSON.stringify(version.plannedSections),
          requestKey: version.requestKey,
          atMs: version.atMs,
        });
        saveCoverage(version.versionId, version.coverage);
        const row = head.get(version.versionId);
        if (row === undefined) throw new Error(`Version ${version.versionId} was inserted and is not there.`);
        return headOf(row);
      }),
    making: sessionId => one(making.get(sessionId)),
    findByRequestKey: requestKey => one(byRequest.get(requestKey)),
    addSection: (versionId, section) =>
      inWriteTransaction(db, () => {
        const row = head.get(versionId);
        if (row === undefined || row.state !== 'making') return false;
        const position = z.array(sectionKind).parse(storedJson(row.plannedSections)).indexOf(section.kind);
        if (position === -1) throw new Error(`Version ${versionId} has no section "${section.kind}" in its plan ${row.plannedSections}.`);
        putSection.run(versionId, position, section.kind, JSON.stringify(section));
        return true;
      }),
    removeSections(versionId, kinds) {
      inWriteTransaction(db, () => {
        if (head.get(versionId)?.state === 'making') dropSections.run(versionId, JSON.stringify(kinds));
      });
    },
    describe(versionId, { title, language: known }) {
      inWriteTransaction(db, () => {
        describe.run({ id: versionId, title, language: known });
      });
    },
    setCoverage(versionId, sources) {
      inWriteTransaction(db, () => {
        if (head.get(versionId)?.state === 'making') saveCoverage(versionId, sources);
      });
    },
    finishVersion: (versionId, end) =>
      inWriteTransaction(db, () => {
        const row = head.get(versionId);
        if (row === undefined || row.state !== 'making') return null;
        if (end.state === 'ready') {
          saveCoverage(versionId, end.coverage);
          setReady.run({ versionId, atMs: end.atMs, synopsisId: row.synopsisId });
          putIndex.run(indexText([row.title, ...full(row).sections.flatMap(searchedText)].join('\n')), row.synopsisId);
        }
        endVersion.run({
          id: versionId,
          state: end.state,
          issues: JSON.stringify(end.state === 'ready' ? end.issues : []),
          atMs: end.atMs,
        });
        return one(head.get(versionId));
      }),
    reopenVersion: versionId =>
      inWriteTransaction(db, () => {
        const row = head.get(versionId);
        if (row === undefined || making.get(row.sessionId) !== undefined) return null;
        return reopen.run(versionId).changes === 1 ? one(head.get(versionId)) : null;
      }),
    head: versionId => one(head.get(versionId)),
    heads: sessionId => heads.all(sessionId).map(headOf),
    ofJob: jobId => one(ofJob.get(jobId)),
    title: versionId => head.get(versionId)?.title ?? null,
    progress(versionId) {
      const row = head.get(versionId);
      if (row === undefined) return null;
      return {
        sessionId: sessionIdSchema.parse(row.sessionId),
        synopsisId: synopsisIdSchema.parse(row.synopsisId),
        versionId,
        sectionsReady: sectionCount.get(versionId)?.count ?? 0,
      };
    },
    open(sessionId, versionId) {
      const row = versionId === null ? newest.get(sessionId) : head.get(versionId);
      return row === undefined || row.sessionId !== sessionId ? null : full(row);
    },
    list({ before, limit, search: typed }) {
      const place = { ...(decodeTimeCursor(before) ?? newestPlace), take: limit + 1 };
      const query = matchQuery(typed, 'all');
      if (query === null && typed.trim() !== '') return { synopses: [], next: null };
      const found = query === null ? list.all(place) : search.all({ ...place, query });
      const page = cutPage(found, limit, row => encodeTimeCursor({ atMs: row.finishedAtMs, id: row.synopsisId }));
      return { synopses: page.rows.map(row => synopsisListItem.parse(row)), next: page.next };
    },
  };
}

function headOf(row: HeadRow): VersionHead {
  return versionHead.parse({
    id: row.id,
    synopsisId: row.synopsisId,
    number: row.number,
    state: row.state,
    jobId: row.jobId,
    detail: row.detail,
    language: row.language,
    template: row.template,
    createdAtMs: row.createdAtMs,
    finishedAtMs: row.finishedAtMs,
    issues: storedJson(row.issues),
  });
}

/** The texts of a section that a search looks into. */
export function searchedText(section: Section): string[] {
  return section.items.flatMap(item => ('term' in item ? [item.term, item.text] : [item.text]));
}
