import type { VersionId } from '../../shared/domain/ids.ts';
import { sessionId as sessionIdSchema, synopsisId as synopsisIdSchema, versionId as versionIdSchema } from '../../shared/domain/ids.ts';
import { issuesWithSections } from '../../shared/domain/section-issues.ts';
import type { JobVersionHead, Provenance, VersionHead } from '../../shared/domain/synopsis.ts';
import { notesLimit } from '../../shared/domain/synopsis.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import { createProposals, proposalStatements } from './synopses/proposals.ts';
import type { ByPerson, Synopses } from './synopses/synopses-port.ts';
import { createVersionRows, headOf, headSelect, jobHeadOf, type HeadRow } from './synopses/version-rows.ts';
import { createVersionWrites, type PersonsChange } from './synopses/write-versions.ts';

export const synopsisStatements = {
  heads: `${headSelect} WHERE synopsis.session_id = ? AND v.is_proposal = 0 ORDER BY v.number DESC`,
  ofJob: `${headSelect} WHERE v.job_id = ? ORDER BY v.number DESC LIMIT 1`,
  making: `${headSelect} WHERE synopsis.session_id = ? AND v.state = 'making'`,
  current: `${headSelect} WHERE synopsis.session_id = ? AND v.id = synopsis.ready_version_id`,
  beforeCurrent: `${headSelect} JOIN synopsis_version AS current ON current.id = synopsis.ready_version_id
    WHERE synopsis.session_id = ? AND v.is_proposal = 0 AND v.state = 'ready' AND v.number < current.number ORDER BY v.number DESC LIMIT 1`,
  ...proposalStatements,
} as const;

export function createSynopses(db: Database): Synopses {
  const rows = createVersionRows(db);
  const proposals = createProposals(db, rows);
  const writes = createVersionWrites(db, rows, proposals.settleSame);
  const synopsisOf = db.prepare<[string], { id: string }>('SELECT id FROM synopsis WHERE session_id = ?');
  const insertSynopsis = db.prepare<[string, string, number]>('INSERT INTO synopsis (id, session_id, created_at_ms) VALUES (?, ?, ?)');
  const heads = db.prepare<[string], HeadRow>(synopsisStatements.heads);
  const newest = db.prepare<[string], HeadRow>(`${synopsisStatements.heads} LIMIT 1`);
  const ofJob = db.prepare<[string], HeadRow>(synopsisStatements.ofJob);
  const making = db.prepare<[string], HeadRow>(synopsisStatements.making);
  const current = db.prepare<[string], HeadRow>(synopsisStatements.current);
  const beforeCurrent = db.prepare<[string], HeadRow>(synopsisStatements.beforeCurrent);
  const byRequest = db.prepare<[string], HeadRow>(`${headSelect} WHERE v.request_key = ?`);
  const putSection = db.prepare<[string, number, string, string]>(`
    INSERT INTO synopsis_section (version_id, position, kind, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (version_id, kind) DO UPDATE SET body = excluded.body, made_in = NULL`);
  const dropSections = db.prepare<[string, string]>(
    `DELETE FROM synopsis_section WHERE version_id = ? AND kind IN (SELECT value FROM json_each(?))`,
  );
  const sectionCount = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM synopsis_section WHERE version_id = ?');
  const describe = db.prepare<{ id: string; title: string; language: string | null }>(
    "UPDATE synopsis_version SET title = @title, language = coalesce(@language, language) WHERE id = @id AND state = 'making'",
  );
  const reopen = db.prepare<[string]>(
    "UPDATE synopsis_version SET state = 'making', finished_at_ms = NULL WHERE id = ? AND state IN ('failed','cancelled')",
  );
  const putNote = db.prepare<{ id: string; synopsisId: string; after: string | null; text: string; createdAtMs: number; atMs: number }>(`
    INSERT INTO synopsis_note (id, synopsis_id, after_kind, text, created_at_ms, updated_at_ms) VALUES (@id, @synopsisId, @after, @text, @createdAtMs, @atMs)
    ON CONFLICT (id) DO UPDATE SET after_kind = excluded.after_kind, text = excluded.text, updated_at_ms = excluded.updated_at_ms
      WHERE synopsis_id = excluded.synopsis_id`);
  const removeNote = db.prepare<[string, string]>('DELETE FROM synopsis_note WHERE id = ? AND synopsis_id = ?');
  const removeNotes = db.prepare<[string]>('DELETE FROM synopsis_note WHERE synopsis_id = ?');
  const setStale = db.prepare<{ sessionId: string; isStale: number }>(
    'UPDATE synopsis SET is_stale = @isStale WHERE session_id = @sessionId AND is_stale <> @isStale',
  );

  function one(row: HeadRow | undefined): VersionHead | null {
    return row === undefined ? null : headOf(row);
  }

  function oneOfJob(row: HeadRow | undefined): JobVersionHead | null {
    return row === undefined ? null : jobHeadOf(row);
  }

  /** Null while another version is being made. */
  function byPerson(from: HeadRow, change: PersonsChange, by: ByPerson): VersionHead | null {
    return making.get(from.sessionId) === undefined ? writes.byPerson(from, change, by) : null;
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

  return {
    startVersion: version =>
      inWriteTransaction(db, () => {
        const found = synopsisOf.get(version.sessionId)?.id;
        const synopsisId = found ?? version.synopsisId;
        if (found === undefined) insertSynopsis.run(synopsisId, version.sessionId, version.atMs);
        return jobHeadOf(writes.insert({ ...version, synopsisId }));
      }),
    importVersion: version =>
      inWriteTransaction(db, () => {
        const { sections, issues, notes, ...head } = version;
        insertSynopsis.run(head.synopsisId, head.sessionId, head.atMs);
        const row = writes.insert({ ...head, jobId: null, requestKey: null, trigger: 'import' });
        for (const { updatedAtMs, ...note } of notes) putNote.run({ ...note, synopsisId: head.synopsisId, atMs: updatedAtMs });
        for (const section of sections) {
          const position = head.plannedSections.indexOf(section.kind);
          if (position !== -1) putSection.run(head.versionId, position, section.kind, JSON.stringify(section));
        }
        writes.finishReady(row, issues, distinct(sections.map(({ provenance }) => provenance)), head.atMs);
        return headOf(rows.head(head.versionId) ?? row);
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
        if (rows.head(versionId)?.state === 'making') writes.saveCoverage(versionId, sources);
      });
    },
    finishVersion: (versionId, end) =>
      inWriteTransaction(db, () => {
        const row = rows.head(versionId);
        if (row === undefined || row.state !== 'making') return null;
        if (end.state === 'ready') {
          writes.saveCoverage(versionId, end.coverage);
          const all = rows.sections(versionId);
          const own = all.filter(({ madeIn }) => madeIn === versionId);
          const issues = issuesWithSections(
            end.issues,
            all.map(({ section }) => section),
          );
          writes.finishReady(row, issues, distinct(own.map(({ section }) => section.provenance)), end.atMs);
        } else {
          writes.finishUnready(versionId, end.state, end.atMs);
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
        coverage: rows.coverage(proposals.heldAgainst(madeIn, kind) ?? madeIn),
      })),
    ownCoverage: versionId => rows.coverage(versionId),
    proposal: sessionId => proposals.open(sessionId, current.get(sessionId)),
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
        const taken = proposals.waiting(row, now).filter(({ section: { kind } }) => kinds.includes(kind));
        if (taken.length === 0) return null;
        const before = rows.sections(now.id);
        const takenKinds = taken.map(({ section }) => section.kind);
        const kept = [...before.filter(({ section }) => !takenKinds.includes(section.kind)), ...taken];
        const version = byPerson(
          now,
          {
            trigger: 'refresh',
            basedOn: idOf(now),
            kept,
            issues: issuesWithSections(
              headOf(row).issues,
              kept.map(({ section }) => section),
            ),
            madeBy: distinct(taken.map(({ section }) => section.provenance)),
          },
          by,
        );
        if (version !== null) proposals.decide(row, takenKinds, 'accepted', now, by.atMs);
        return version;
      }),
    reject(proposal, kinds, atMs) {
      inWriteTransaction(db, () => {
        const row = rows.head(proposal);
        const now = row === undefined ? undefined : current.get(row.sessionId);
        if (row === undefined || now === undefined || row.state !== 'ready') return;
        const made = headOf(row).only ?? rows.plan(row);
        proposals.decide(
          row,
          made.filter(each => kinds.includes(each)),
          'rejected',
          now,
          atMs,
        );
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
