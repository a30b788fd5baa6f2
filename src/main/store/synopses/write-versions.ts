import type { JobId, VersionId } from '../../../shared/domain/ids.ts';
import { sessionId as sessionIdSchema } from '../../../shared/domain/ids.ts';
import { coverageOfOrigins } from '../../../shared/domain/coverage-of-origins.ts';
import type {
  CoverageSource,
  Provenance,
  SectionKind,
  SynopsisIssue,
  VersionHead,
  VersionTrigger,
} from '../../../shared/domain/synopsis.ts';
import type { Database } from '../connection.ts';
import { indexText } from '../search-words.ts';
import type { ByPerson, NewVersion } from './synopses-port.ts';
import { firstProposalNumber, headOf, searchedText, type HeadRow, type KeptSection, type VersionRows } from './version-rows.ts';

/** A version that a person makes: what of which version, and what is amiss with it. */
export interface PersonsChange {
  readonly trigger: VersionTrigger;
  readonly basedOn: VersionId;
  readonly kept: readonly KeptSection[];
  readonly issues: readonly SynopsisIssue[];
  readonly madeBy?: readonly Provenance[];
}

/** Writing of versions; each in the transaction of its caller. */
export interface VersionWrites {
  insert(version: Omit<NewVersion, 'jobId' | 'synopsisId'> & { readonly synopsisId: string; readonly jobId: JobId | null }): HeadRow;
  saveCoverage(versionId: string, own: readonly CoverageSource[]): void;
  /** Once all of it is in its place. A refresh stays a proposal, and is given to `settle`. */
  finishReady(row: HeadRow, issues: readonly SynopsisIssue[], madeBy: readonly Provenance[], atMs: number): void;
  finishUnready(versionId: string, state: 'failed' | 'cancelled', atMs: number): void;
  /** A version by a person, ready at once. */
  byPerson(from: HeadRow, change: PersonsChange, by: ByPerson): VersionHead;
}

export function createVersionWrites(db: Database, rows: VersionRows, settle: (proposal: HeadRow, atMs: number) => void): VersionWrites {
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
  const takeSection = db.prepare<[string, number, string, string]>(`
    INSERT INTO synopsis_section (version_id, position, kind, body, made_in) VALUES (?, ?, ?, 'null', ?)
    ON CONFLICT (version_id, kind) DO UPDATE SET body = excluded.body, made_in = excluded.made_in`);
  const endVersion = db.prepare<{ id: string; state: string; issues: string; madeBy: string; atMs: number }>(`
    UPDATE synopsis_version SET state = @state, issues = @issues, made_by = @madeBy, finished_at_ms = @atMs WHERE id = @id AND state = 'making'`);
  const leaveProposals = db.prepare<{ id: string; synopsisId: string; numberedFrom: number; isProposal: number }>(`
    UPDATE synopsis_version SET is_proposal = 0, number = ${nextNumber} WHERE id = @id AND state = 'making'`);
  const setReady = db.prepare<{ versionId: string; atMs: number; synopsisId: string }>(
    'UPDATE synopsis SET ready_version_id = @versionId, ready_at_ms = @atMs WHERE id = @synopsisId',
  );
  const putIndex = db.prepare<[string, string]>('INSERT OR REPLACE INTO synopsis_fts (rowid, body) SELECT n, ? FROM synopsis WHERE id = ?');
  const keepNotes = db.prepare<[string, string]>('INSERT OR REPLACE INTO synopsis_version_notes (version_id, notes) VALUES (?, ?)');

  function expectRow(versionId: string): HeadRow {
    const row = rows.head(versionId);
    if (row === undefined) throw new Error(`Version ${versionId} was inserted and is not there.`);
    return row;
  }

  /** Its own is kept, for its own sections; the sources that are counted are those of all its sections. */
  function saveCoverage(versionId: string, own: readonly CoverageSource[]): void {
    const whole = coverageOfOrigins([...rows.coveragesTaken(versionId), own]);
    putCoverage.run(versionId, JSON.stringify(own), whole.filter(source => source.state === 'used').length);
  }

  function take(versionId: string, plan: readonly SectionKind[], kept: readonly KeptSection[]): void {
    for (const { section, madeIn } of kept) {
      const position = plan.indexOf(section.kind);
      if (position !== -1) takeSection.run(versionId, position, section.kind, madeIn);
    }
  }

  const writes: VersionWrites = {
    saveCoverage,
    insert(version) {
      const { trigger = 'request', basedOn = null, only = null, instruction = null } = version;
      // What a person takes out of a refresh is a version like the others.
      const isProposal = version.jobId !== null && (trigger === 'refresh' || trigger === 'regenerate');
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
        isProposal: isProposal ? 1 : 0,
        numberedFrom: isProposal ? firstProposalNumber : 1,
      });
      if (basedOn !== null && only !== null)
        take(
          version.versionId,
          version.plannedSections,
          rows.sections(basedOn).filter(({ section }) => !only.includes(section.kind)),
        );
      saveCoverage(version.versionId, version.coverage);
      return expectRow(version.versionId);
    },
    finishReady(row, issues, madeBy, atMs) {
      if (row.cause === 'regenerate' && row.isProposal === 1)
        leaveProposals.run({ id: row.id, synopsisId: row.synopsisId, numberedFrom: 1, isProposal: 0 });
      keepNotes.run(row.id, JSON.stringify(rows.presentNotes(row.synopsisId)));
      endVersion.run({ id: row.id, state: 'ready', issues: JSON.stringify(issues), madeBy: JSON.stringify(madeBy), atMs });
      const ready = expectRow(row.id);
      if (ready.isProposal === 1) return settle(ready, atMs);
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
    },
    finishUnready(id, state, atMs) {
      endVersion.run({ id, state, issues: '[]', madeBy: '[]', atMs });
    },
    byPerson(from, change, { versionId, atMs }) {
      const head = headOf(from);
      const plan = rows.plan(from);
      const row = writes.insert({
        versionId,
        synopsisId: from.synopsisId,
        sessionId: sessionIdSchema.parse(from.sessionId),
        jobId: null,
        title: from.title,
        detail: head.detail,
        language: head.language,
        template: head.template,
        plannedSections: plan,
        coverage: [],
        requestKey: null,
        atMs,
        trigger: change.trigger,
        basedOn: change.basedOn,
        only: null,
      });
      take(versionId, plan, change.kept);
      saveCoverage(versionId, []);
      writes.finishReady(row, change.issues, change.madeBy ?? [], atMs);
      return headOf(expectRow(versionId));
    },
  };
  return writes;
}
