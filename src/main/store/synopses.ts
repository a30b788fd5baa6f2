import type { JobId, NoteId, SessionId, SynopsisId, VersionId } from '../../shared/domain/ids.ts';
import { sessionId as sessionIdSchema, synopsisId as synopsisIdSchema, versionId as versionIdSchema } from '../../shared/domain/ids.ts';
import type {
  CoverageSource,
  JobVersionHead,
  Provenance,
  Section,
  SectionKind,
  SynopsisIssue,
  SynopsisNote,
  SynopsisVersion,
  VersionHead,
  VersionTrigger,
} from '../../shared/domain/synopsis.ts';
import { notesLimit } from '../../shared/domain/synopsis.ts';
import { isSameSection } from '../../shared/domain/same-section.ts';
import { coverageOfOrigins } from '../../shared/domain/coverage-of-origins.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import { indexText } from './search-words.ts';
import {
  createVersionRows,
  firstProposalNumber,
  headOf,
  headSelect,
  jobHeadOf,
  searchedText,
  type HeadRow,
  type KeptSection,
} from './synopses/version-rows.ts';

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
  /** `request` when it is left out. */
  readonly trigger?: VersionTrigger;
  readonly basedOn?: VersionId | null;
  /** The sections that it makes itself; those of `basedOn` that are not among them are in it from its start. Null makes all. */
  readonly only?: readonly SectionKind[] | null;
  readonly instruction?: string | null;
}

export type VersionEnd =
  | {
      readonly state: 'ready';
      readonly coverage: readonly CoverageSource[];
      readonly issues: readonly SynopsisIssue[];
      readonly atMs: number;
      readonly noteVersionId?: VersionId;
    }
  | {
      readonly state: 'failed' | 'cancelled';
      readonly atMs: number;
      /** The id of the version that keeps notes changed meanwhile, where this one does not become the current one. */
      readonly noteVersionId?: VersionId;
    };

/** A finished version that was made elsewhere, for a session that has no synopsis yet. */
export interface ImportedVersion extends Pick<
  NewVersion,
  'versionId' | 'synopsisId' | 'sessionId' | 'title' | 'detail' | 'language' | 'template' | 'plannedSections' | 'coverage' | 'atMs'
> {
  readonly sections: readonly Section[];
  readonly issues: readonly SynopsisIssue[];
  readonly notes: readonly SynopsisNote[];
}

/** What the event `synopses.changed` says of a version. */
export interface VersionProgress {
  readonly sessionId: SessionId;
  readonly synopsisId: SynopsisId;
  readonly versionId: VersionId;
  readonly sectionsReady: number;
}

/** A section and the version whose coverage says what it was made of, or held against without a change. */
export interface SectionMaterial {
  readonly kind: SectionKind;
  readonly coverage: readonly CoverageSource[];
}

/** A refresh or a regeneration that is under way, failed, or waits for a person. */
export interface OpenProposal {
  readonly head: VersionHead;
  /** That nobody has decided about, with something new in them; of one being made, what is ready. */
  readonly sections: readonly Section[];
}

export type NoteChange =
  | { readonly change: 'put'; readonly id: NoteId; readonly after: SectionKind | null; readonly text: string }
  | { readonly change: 'remove'; readonly id: NoteId };

/** Ids and the moment of a version that a person makes. */
export interface ByPerson {
  readonly versionId: VersionId;
  readonly atMs: number;
}

/**
 * One synopsis a session, in versions that are only added. A ready version never changes again. What a person does (restore,
 * take over, annotate) is a version too; it is refused with null while one is being made, but for notes, which the version that
 * is being made takes with it at its end.
 */
export interface Synopses {
  /** Throws when a version of this session is already being made; ask `making` first. */
  startVersion(version: NewVersion): JobVersionHead;
  /** Ready at once. Throws when the session has a synopsis. */
  importVersion(version: ImportedVersion): VersionHead;
  making(sessionId: SessionId): JobVersionHead | null;
  findByRequestKey(requestKey: string): JobVersionHead | null;
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
  /**
   * A failed or cancelled version is made further by its retried job. Null when it is neither, when another one is being made, or
   * when a newer one is ready: what has come since is not gone back behind.
   */
  reopenVersion(versionId: VersionId): VersionHead | null;
  head(versionId: VersionId): VersionHead | null;
  /** Newest first, proposals left out. */
  heads(sessionId: SessionId): VersionHead[];
  ofJob(jobId: JobId): VersionHead | null;
  title(versionId: VersionId): string | null;
  progress(versionId: VersionId): VersionProgress | null;
  /** The version asked for, if it is this session's; with null the newest that is no proposal. */
  open(sessionId: SessionId, versionId: VersionId | null): SynopsisVersion | null;
  /** The newest finished version of a session. */
  current(sessionId: SessionId): VersionHead | null;
  /** What each section of a version knows of. */
  materials(versionId: VersionId): SectionMaterial[];
  /** Of the session's newest synopsis; null when there is nothing to show or to decide. */
  proposal(sessionId: SessionId): OpenProposal | null;
  /** The sections of `versionId` again, with the notes there are; with `withNotes` with its own. */
  restore(versionId: VersionId, by: ByPerson & { readonly withNotes: boolean }): VersionHead | null;
  /** What `restore` takes back; null when the current version is the first. */
  beforeCurrent(sessionId: SessionId): VersionHead | null;
  /** The current version with these sections of a proposal in the place of its own. */
  accept(proposal: VersionId, kinds: readonly SectionKind[], by: ByPerson): VersionHead | null;
  /** They stay as they are; how the sources are now is known of them all the same. */
  reject(proposal: VersionId, kinds: readonly SectionKind[], atMs: number): void;
  /** Null when nothing was changed: the note is not there, or says the same. */
  changeNote(sessionId: SessionId, note: NoteChange, by: ByPerson): { readonly version: VersionHead | null } | null;
  /** A person's notes as they are now. */
  presentNotes(sessionId: SessionId): SynopsisNote[];
  /** Whether it knows of all that its chat holds, as it was found; true when that is news. */
  setStale(sessionId: SessionId, isStale: boolean): boolean;
}

export const synopsisStatements = {
  heads: `${headSelect} WHERE synopsis.session_id = ? AND v.is_proposal = 0 ORDER BY v.number DESC`,
  ofJob: `${headSelect} WHERE v.job_id = ? ORDER BY v.number DESC LIMIT 1`,
  making: `${headSelect} WHERE synopsis.session_id = ? AND v.state = 'making'`,
  current: `${headSelect} WHERE synopsis.session_id = ? AND v.id = synopsis.ready_version_id`,
  beforeCurrent: `${headSelect} JOIN synopsis_version AS current ON current.id = synopsis.ready_version_id
    WHERE synopsis.session_id = ? AND v.is_proposal = 0 AND v.state = 'ready' AND v.number < current.number ORDER BY v.number DESC LIMIT 1`,
  proposal: `${headSelect} WHERE synopsis.session_id = ? AND v.is_proposal = 1 ORDER BY v.number DESC LIMIT 1`,
} as const;

export function createSynopses(db: Database): Synopses {
  const rows = createVersionRows(db);
  const synopsisOf = db.prepare<[string], { id: string }>('SELECT id FROM synopsis WHERE session_id = ?');
  const insertSynopsis = db.prepare<[string, string, number]>('INSERT INTO synopsis (id, session_id, created_at_ms) VALUES (?, ?, ?)');
  const nextNumber = `(SELECT max(@numberedFrom, 1 + coalesce(max(number), 0)) FROM synopsis_version WHERE synopsis_id = @synopsisId AND is_proposal = @isProposal)`;
  const insertVersion = db.prepare<
    Record<'versionId' | 'synopsisId' | 'jobId' | 'detail' | 'language' | 'template' | 'title' | 'plannedSections' | 'cause', string> &
      Record<'requestKey' | 'basedOn' | 'onlyKinds' | 'instruction', string | null> &
      Record<'isProposal' | 'numberedFrom' | 'atMs', number>
  >(`
    INSERT INTO synopsis_version (id, synopsis_id, number, state, job_id, detail, language, template, title, planned_sections, request_key, created_at_ms,
      cause, based_on, only_kinds, instruction, is_proposal)
    VALUES (@versionId, @synopsisId, ${nextNumber}, 'making', @jobId, @detail, @language, @template, @title, @plannedSections, @requestKey, @atMs,
      @cause, @basedOn, @onlyKinds, @instruction, @isProposal)`);
  const putCoverage = db.prepare<[string, string, number]>(`
    INSERT INTO synopsis_coverage (version_id, coverage, used_count) VALUES (?, ?, ?)
    ON CONFLICT (version_id) DO UPDATE SET coverage = excluded.coverage, used_count = excluded.used_count`);
  const heads = db.prepare<[string], HeadRow>(synopsisStatements.heads);
  const newest = db.prepare<[string], HeadRow>(`${synopsisStatements.heads} LIMIT 1`);
  const ofJob = db.prepare<[string], HeadRow>(synopsisStatements.ofJob);
  const making = db.prepare<[string], HeadRow>(synopsisStatements.making);
  const current = db.prepare<[string], HeadRow>(synopsisStatements.current);
  const beforeCurrent = db.prepare<[string], HeadRow>(synopsisStatements.beforeCurrent);
  const newestProposal = db.prepare<[string], HeadRow>(synopsisStatements.proposal);
  const byRequest = db.prepare<[string], HeadRow>(`${headSelect} WHERE v.request_key = ?`);
  const putSection = db.prepare<[string, number, string, string]>(`
    INSERT INTO synopsis_section (version_id, position, kind, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (version_id, kind) DO UPDATE SET body = excluded.body, made_in = NULL`);
  const takeSection = db.prepare<[string, number, string, string]>(`
    INSERT INTO synopsis_section (version_id, position, kind, body, made_in) VALUES (?, ?, ?, 'null', ?)
    ON CONFLICT (version_id, kind) DO UPDATE SET body = excluded.body, made_in = excluded.made_in`);
  const dropSections = db.prepare<[string, string]>(
    `DELETE FROM synopsis_section WHERE version_id = ? AND kind IN (SELECT value FROM json_each(?))`,
  );
  const sectionCount = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM synopsis_section WHERE version_id = ?');
  const endVersion = db.prepare<{ id: string; state: string; issues: string; madeBy: string; atMs: number }>(`
    UPDATE synopsis_version SET state = @state, issues = @issues, made_by = @madeBy, finished_at_ms = @atMs WHERE id = @id AND state = 'making'`);
  const leaveProposals = db.prepare<{ id: string; synopsisId: string; numberedFrom: number; isProposal: number }>(`
    UPDATE synopsis_version SET is_proposal = 0, number = ${nextNumber} WHERE id = @id AND state = 'making'`);
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
  const keepNotes = db.prepare<[string, string]>('INSERT OR REPLACE INTO synopsis_version_notes (version_id, notes) VALUES (?, ?)');
  const putNote = db.prepare<{ id: string; synopsisId: string; after: string | null; text: string; createdAtMs: number; atMs: number }>(`
    INSERT INTO synopsis_note (id, synopsis_id, after_kind, text, created_at_ms, updated_at_ms) VALUES (@id, @synopsisId, @after, @text, @createdAtMs, @atMs)
    ON CONFLICT (id) DO UPDATE SET after_kind = excluded.after_kind, text = excluded.text, updated_at_ms = excluded.updated_at_ms
      WHERE synopsis_id = excluded.synopsis_id`);
  const removeNote = db.prepare<[string, string]>('DELETE FROM synopsis_note WHERE id = ? AND synopsis_id = ?');
  const removeNotes = db.prepare<[string]>('DELETE FROM synopsis_note WHERE synopsis_id = ?');
  const decide = db.prepare<{ versionId: string; kind: string; decision: string; against: string | null; atMs: number }>(`
    INSERT INTO synopsis_decision (version_id, kind, decision, against, at_ms) VALUES (@versionId, @kind, @decision, @against, @atMs)
    ON CONFLICT (version_id, kind) DO NOTHING`);
  const decided = db.prepare<[string], { kind: string }>('SELECT kind FROM synopsis_decision WHERE version_id = ?');
  const heldAgainst = db.prepare<[string, string], { id: string }>(`
    SELECT version_id AS id FROM synopsis_decision WHERE against = ? AND kind = ? AND decision <> 'accepted' ORDER BY version_id DESC LIMIT 1`);
  const madeAnewSince = db.prepare<[string, number], { found: number }>(`
    SELECT 1 AS found FROM synopsis_version WHERE synopsis_id = ? AND is_proposal = 0 AND state = 'ready' AND cause IN ('request','import')
      AND created_at_ms > ? LIMIT 1`);
  const setStale = db.prepare<{ sessionId: string; isStale: number }>(
    'UPDATE synopsis SET is_stale = @isStale WHERE session_id = @sessionId AND is_stale <> @isStale',
  );

  function one(row: HeadRow | undefined): VersionHead | null {
    return row === undefined ? null : headOf(row);
  }

  function oneOfJob(row: HeadRow | undefined): JobVersionHead | null {
    return row === undefined ? null : jobHeadOf(row);
  }

  function saveCoverage(versionId: string, sources: readonly CoverageSource[]): void {
    putCoverage.run(versionId, JSON.stringify(sources), sources.filter(source => source.state === 'used').length);
  }

  function take(versionId: string, plan: readonly SectionKind[], kept: readonly KeptSection[]): void {
    for (const { section, madeIn } of kept) {
      const position = plan.indexOf(section.kind);
      if (position !== -1) takeSection.run(versionId, position, section.kind, madeIn);
    }
  }

  function insert(
    version: Omit<NewVersion, 'jobId' | 'synopsisId'> & { readonly synopsisId: string; readonly jobId: JobId | null },
  ): HeadRow {
    const { trigger = 'request', basedOn = null, only = null, instruction = null } = version;
    const isProposal = trigger === 'refresh' || trigger === 'regenerate';
    insertVersion.run({
      versionId: version.versionId,
      synopsisId: version.synopsisId,
      jobId: version.jobId ?? '',
      detail: version.detail,
      language: version.language,
      template: version.template,
      title: version.title,
      plannedSections: JSON.stringify(version.plannedSections),
      requestKey: version.requestKey,
      atMs: version.atMs,
      cause: trigger,
      basedOn,
      onlyKinds: only === null ? null : JSON.stringify(only),
      instruction,
      // What a person takes out of a refresh is a version like the others.
      isProposal: isProposal && version.jobId !== null ? 1 : 0,
      numberedFrom: isProposal && version.jobId !== null ? firstProposalNumber : 1,
    });
    saveCoverage(version.versionId, version.coverage);
    if (basedOn !== null && only !== null)
      take(
        version.versionId,
        version.plannedSections,
        rows.sections(basedOn).filter(({ section }) => !only.includes(section.kind)),
      );
    return expectRow(version.versionId);
  }

  function expectRow(versionId: string): HeadRow {
    const row = rows.head(versionId);
    if (row === undefined) throw new Error(`Version ${versionId} was inserted and is not there.`);
    return row;
  }

  /** In the transaction that has put all of it in place. `notes` are kept with it. */
  function finishReady(row: HeadRow, issues: readonly SynopsisIssue[], madeBy: readonly Provenance[], atMs: number): void {
    if (row.cause === 'regenerate' && row.isProposal === 1)
      leaveProposals.run({ id: row.id, synopsisId: row.synopsisId, numberedFrom: 1, isProposal: 0 });
    keepNotes.run(row.id, JSON.stringify(rows.presentNotes(row.synopsisId)));
    endVersion.run({ id: row.id, state: 'ready', issues: JSON.stringify(issues), madeBy: JSON.stringify(madeBy), atMs });
    const ready = expectRow(row.id);
    if (ready.isProposal === 1) return settleSame(ready, atMs);
    setReady.run({ versionId: ready.id, atMs, synopsisId: ready.synopsisId });
    putIndex.run(
      indexText(
        [
          ready.title,
          ...rows.sections(ready.id).flatMap(({ section }) => searchedText(section)),
          ...rows.notes(ready).map(note => note.text),
        ].join('\n'),
      ),
      ready.synopsisId,
    );
  }

  /** Nobody is asked about a section that came out as it was. */
  function settleSame(proposal: HeadRow, atMs: number): void {
    const base = new Map(proposal.basedOn === null ? [] : rows.sections(proposal.basedOn).map(kept => [kept.section.kind, kept]));
    for (const { section, madeIn } of rows.sections(proposal.id)) {
      const before = base.get(section.kind);
      if (madeIn === proposal.id && before !== undefined && isSameSection(before.section, section))
        decide.run({ versionId: proposal.id, kind: section.kind, decision: 'same', against: before.madeIn, atMs });
    }
  }

  /** A version by a person, ready at once. Null while another is being made. */
  function byPerson(
    from: HeadRow,
    change: {
      readonly trigger: VersionTrigger;
      readonly basedOn: VersionId;
      readonly kept: readonly KeptSection[];
      readonly issues: readonly SynopsisIssue[];
      readonly madeBy?: readonly Provenance[];
    },
    { versionId, atMs }: ByPerson,
  ): VersionHead | null {
    if (making.get(from.sessionId) !== undefined) return null;
    const head = headOf(from);
    const plan = rows.plan(from);
    const origins = [...new Set(change.kept.map(({ madeIn }) => madeIn))].sort();
    const row = insert({
      versionId,
      synopsisId: from.synopsisId,
      sessionId: sessionIdSchema.parse(from.sessionId),
      jobId: null,
      title: from.title,
      detail: head.detail,
      language: head.language,
      template: head.template,
      plannedSections: plan,
      coverage: coverageOfOrigins(origins.map(id => rows.coverage(id))),
      requestKey: null,
      atMs,
      trigger: change.trigger,
      basedOn: change.basedOn,
      only: null,
    });
    take(versionId, plan, change.kept);
    finishReady(row, change.issues, change.madeBy ?? [], atMs);
    return headOf(expectRow(versionId));
  }

  function idOf(row: HeadRow): VersionId {
    return versionIdSchema.parse(row.id);
  }

  /** Notes that were changed while a version was being made that then did not become the current one. */
  function keepLateNotes(row: HeadRow, atMs: number, versionId: VersionId | null): void {
    const now = current.get(row.sessionId);
    if (now === undefined || versionId === null) return;
    if (JSON.stringify(rows.notes(now)) === JSON.stringify(rows.presentNotes(row.synopsisId))) return;
    byPerson(now, { trigger: 'note', basedOn: idOf(now), kept: rows.sections(now.id), issues: headOf(now).issues }, { versionId, atMs });
  }

  const madeKinds = (row: HeadRow): readonly SectionKind[] => headOf(row).only ?? rows.plan(row);

  return {
    startVersion: version =>
      inWriteTransaction(db, () => {
        const found = synopsisOf.get(version.sessionId)?.id;
        const synopsisId = found ?? version.synopsisId;
        if (found === undefined) insertSynopsis.run(synopsisId, version.sessionId, version.atMs);
        return jobHeadOf(insert({ ...version, synopsisId }));
      }),
    importVersion: version =>
      inWriteTransaction(db, () => {
        const { sections, issues, notes, ...head } = version;
        insertSynopsis.run(head.synopsisId, head.sessionId, head.atMs);
        const row = insert({ ...head, jobId: null, requestKey: null, trigger: 'import' });
        for (const { updatedAtMs, ...note } of notes) putNote.run({ ...note, synopsisId: head.synopsisId, atMs: updatedAtMs });
        for (const section of sections) {
          const position = head.plannedSections.indexOf(section.kind);
          if (position !== -1) putSection.run(head.versionId, position, section.kind, JSON.stringify(section));
        }
        finishReady(row, issues, distinct(sections.map(({ provenance }) => provenance)), head.atMs);
        return headOf(expectRow(head.versionId));
      }),
    making: sessionId => oneOfJob(making.get(sessionId)),
    findByRequestKey: requestKey => oneOfJob(byRequest.get(requestKey)),
    addSection: (versionId, section) =>
      inWriteTransaction(db, () => {
        const row = rows.head(versionId);
        if (row === undefined || row.state !== 'making') return false;
        const position = rows.plan(row).indexOf(section.kind);
        if (position === -1) throw new Error(`Version ${versionId} has no section "${section.kind}" in its plan ${row.plannedSections}.`);
        putSection.run(versionId, position, section.kind, JSON.stringify(section));
        return true;
      }),
    removeSections(versionId, kinds) {
      inWriteTransaction(db, () => {
        if (rows.head(versionId)?.state === 'making') dropSections.run(versionId, JSON.stringify(kinds));
      });
    },
    describe(versionId, { title, language: known }) {
      inWriteTransaction(db, () => {
        describe.run({ id: versionId, title, language: known });
      });
    },
    setCoverage(versionId, sources) {
      inWriteTransaction(db, () => {
        if (rows.head(versionId)?.state === 'making') saveCoverage(versionId, sources);
      });
    },
    finishVersion: (versionId, end) =>
      inWriteTransaction(db, () => {
        const row = rows.head(versionId);
        if (row === undefined || row.state !== 'making') return null;
        if (end.state === 'ready') {
          saveCoverage(versionId, end.coverage);
          const own = rows.sections(versionId).filter(({ madeIn }) => madeIn === versionId);
          finishReady(row, end.issues, distinct(own.map(({ section }) => section.provenance)), end.atMs);
        } else {
          endVersion.run({ id: versionId, state: end.state, issues: '[]', madeBy: '[]', atMs: end.atMs });
        }
        keepLateNotes(row, end.atMs, end.noteVersionId ?? null);
        return one(rows.head(versionId));
      }),
    reopenVersion: versionId =>
      inWriteTransaction(db, () => {
        const row = rows.head(versionId);
        if (row === undefined || making.get(row.sessionId) !== undefined) return null;
        // What has come since would be passed by, and a regeneration holds sections of a version that is no longer the current one.
        if ((current.get(row.sessionId)?.createdAtMs ?? 0) > row.createdAtMs) return null;
        return reopen.run(versionId).changes === 1 ? one(rows.head(versionId)) : null;
      }),
    head: versionId => one(rows.head(versionId)),
    heads: sessionId => heads.all(sessionId).map(headOf),
    ofJob: jobId => one(ofJob.get(jobId)),
    title: versionId => rows.head(versionId)?.title ?? null,
    progress(versionId) {
      const row = rows.head(versionId);
      if (row === undefined) return null;
      return {
        sessionId: sessionIdSchema.parse(row.sessionId),
        synopsisId: synopsisIdSchema.parse(row.synopsisId),
        versionId,
        sectionsReady: sectionCount.get(versionId)?.count ?? 0,
      };
    },
    open(sessionId, versionId) {
      const row = versionId === null ? newest.get(sessionId) : rows.head(versionId);
      return row === undefined || row.sessionId !== sessionId ? null : rows.full(row);
    },
    current: sessionId => one(current.get(sessionId)),
    materials: versionId =>
      rows.sections(versionId).map(({ section: { kind }, madeIn }) => ({
        kind,
        coverage: rows.coverage(heldAgainst.get(madeIn, kind)?.id ?? madeIn),
      })),
    proposal(sessionId) {
      const row = newestProposal.get(sessionId);
      if (row === undefined || row.state === 'cancelled' || madeAnewSince.get(row.synopsisId, row.createdAtMs) !== undefined) return null;
      const head = headOf(row);
      const now = current.get(sessionId);
      // What was done after it failed is past it.
      if (row.state === 'failed' && (now?.createdAtMs ?? 0) > row.createdAtMs) return null;
      const past = new Set(decided.all(row.id).map(({ kind }) => kind));
      const own = rows.sections(row.id).filter(({ section, madeIn }) => madeIn === row.id && !past.has(section.kind));
      return row.state === 'ready' && own.length === 0 ? null : { head, sections: own.map(({ section }) => section) };
    },
    beforeCurrent: sessionId => one(beforeCurrent.get(sessionId)),
    restore: (versionId, { withNotes, ...by }) =>
      inWriteTransaction(db, () => {
        const row = rows.head(versionId);
        if (row === undefined || row.state !== 'ready' || making.get(row.sessionId) !== undefined) return null;
        if (withNotes) {
          removeNotes.run(row.synopsisId);
          for (const { updatedAtMs, ...note } of rows.notes(row)) putNote.run({ ...note, synopsisId: row.synopsisId, atMs: updatedAtMs });
        }
        const kept = rows.sections(versionId);
        return byPerson(row, { trigger: 'restore', basedOn: versionId, kept, issues: headOf(row).issues }, by);
      }),
    accept: (proposal, kinds, by) =>
      inWriteTransaction(db, () => {
        const row = rows.head(proposal);
        const now = row === undefined ? undefined : current.get(row.sessionId);
        if (row === undefined || now === undefined || row.state !== 'ready') return null;
        const past = new Set(decided.all(proposal).map(({ kind }) => kind));
        const taken = rows
          .sections(proposal)
          .filter(({ section: { kind }, madeIn }) => madeIn === proposal && kinds.includes(kind) && !past.has(kind));
        if (taken.length === 0) return null;
        const before = rows.sections(now.id);
        const takenKinds = new Set(taken.map(({ section }) => section.kind));
        const kept = [...before.filter(({ section }) => !takenKinds.has(section.kind)), ...taken];
        const version = byPerson(
          now,
          {
            trigger: 'refresh',
            basedOn: idOf(now),
            kept,
            issues: issuesWith(headOf(row).issues, kept),
            madeBy: distinct(taken.map(({ section }) => section.provenance)),
          },
          by,
        );
        if (version === null) return null;
        for (const { section } of taken) {
          const against = before.find(each => each.section.kind === section.kind)?.madeIn ?? null;
          decide.run({ versionId: proposal, kind: section.kind, decision: 'accepted', against, atMs: by.atMs });
        }
        return version;
      }),
    reject(proposal, kinds, atMs) {
      inWriteTransaction(db, () => {
        const row = rows.head(proposal);
        const now = row === undefined ? undefined : current.get(row.sessionId);
        if (row === undefined || now === undefined || row.state !== 'ready') return;
        const before = new Map(rows.sections(now.id).map(({ section, madeIn }) => [section.kind, madeIn]));
        for (const kind of madeKinds(row).filter(each => kinds.includes(each)))
          decide.run({ versionId: proposal, kind, decision: 'rejected', against: before.get(kind) ?? null, atMs });
      });
    },
    changeNote: (sessionId, note, by) =>
      inWriteTransaction(db, () => {
        const synopsisId = synopsisOf.get(sessionId)?.id;
        if (synopsisId === undefined) return null;
        const there = rows.presentNotes(synopsisId);
        const same = there.find(({ id }) => id === note.id);
        if (note.change === 'remove') {
          if (removeNote.run(note.id, synopsisId).changes === 0) return null;
        } else {
          if (same === undefined && there.length >= notesLimit) return null;
          if (same?.text === note.text && same.after === note.after) return null;
          const createdAtMs = same?.createdAtMs ?? by.atMs;
          if (putNote.run({ id: note.id, synopsisId, after: note.after, text: note.text, createdAtMs, atMs: by.atMs }).changes === 0)
            return null;
        }
        const now = current.get(sessionId);
        if (now === undefined) return { version: null };
        const version = byPerson(now, { trigger: 'note', basedOn: idOf(now), kept: rows.sections(now.id), issues: headOf(now).issues }, by);
        return { version };
      }),
    presentNotes(sessionId) {
      const id = synopsisOf.get(sessionId)?.id;
      return id === undefined ? [] : rows.presentNotes(id);
    },
    setStale: (sessionId, isStale) => inWriteTransaction(db, () => setStale.run({ sessionId, isStale: isStale ? 1 : 0 }).changes === 1),
  };
}

function distinct(provenances: readonly Provenance[]): Provenance[] {
  return [...new Map(provenances.map(each => [JSON.stringify(each), each])).values()];
}

/** What is amiss with the sources is the proposal's to say; quotes that are missing are counted in the sections it has now. */
function issuesWith(issues: readonly SynopsisIssue[], kept: readonly KeptSection[]): SynopsisIssue[] {
  const missing = kept
    .flatMap(({ section }) => section.items)
    .reduce((sum, { citations }) => sum + citations.filter(({ support }) => support === 'missing').length, 0);
  const others = issues.filter(({ code }) => code !== 'citation_missing');
  return missing === 0 ? others : [...others, { code: 'citation_missing', count: missing }];
}
