import type { VersionId } from '../../../shared/domain/ids.ts';
import { isSameSection } from '../../../shared/domain/same-section.ts';
import type { SectionKind } from '../../../shared/domain/synopsis.ts';
import type { Database } from '../connection.ts';
import type { OpenProposal } from './synopses-port.ts';
import { headOf, headSelect, type HeadRow, type KeptSection, type VersionRows } from './version-rows.ts';

/**
 * Proposals of one synopsis, newest first. Between two makings of the whole nobody leaves more of them undecided, and what is older
 * is made anew by the next refresh.
 */
const proposalsLookedAt = 50;

export const proposalStatements = {
  proposals: `${headSelect} WHERE synopsis.session_id = ? AND v.is_proposal = 1 ORDER BY v.number DESC LIMIT ${proposalsLookedAt}`,
} as const;

/** What is proposed, and what was decided about it. */
export interface Proposals {
  open(sessionId: string, current: HeadRow | undefined): OpenProposal | null;
  /** Its sections that wait for a person. */
  waiting(proposal: HeadRow, current: HeadRow): KeptSection[];
  decide(proposal: HeadRow, kinds: readonly SectionKind[], decision: 'accepted' | 'rejected', current: HeadRow, atMs: number): void;
  /** Nobody is asked about a section that came out as it was. */
  settleSame(proposal: HeadRow, atMs: number): void;
  /** The newest proposal that a section made in `madeIn` was held against without a change. */
  heldAgainst(madeIn: VersionId, kind: SectionKind): string | null;
}

export function createProposals(db: Database, rows: VersionRows): Proposals {
  const proposals = db.prepare<[string], HeadRow>(proposalStatements.proposals);
  const decide = db.prepare<{ versionId: string; kind: string; decision: string; against: string | null; atMs: number }>(`
    INSERT INTO synopsis_decision (version_id, kind, decision, against, at_ms) VALUES (@versionId, @kind, @decision, @against, @atMs)
    ON CONFLICT (version_id, kind) DO NOTHING`);
  const decided = db.prepare<[string], { kind: string }>('SELECT kind FROM synopsis_decision WHERE version_id = ?');
  const heldAgainst = db.prepare<[string, string], { id: string }>(`
    SELECT version_id AS id FROM synopsis_decision WHERE against = ? AND kind = ? AND decision <> 'accepted' ORDER BY version_id DESC LIMIT 1`);
  const madeAnewSince = db.prepare<[string, number], { found: number }>(`
    SELECT 1 AS found FROM synopsis_version WHERE synopsis_id = ? AND is_proposal = 0 AND state = 'ready' AND cause IN ('request','import')
      AND created_at_ms > ? LIMIT 1`);

  /** The sections that it made itself. */
  const own = (row: HeadRow): KeptSection[] => rows.sections(row.id).filter(({ madeIn }) => madeIn === row.id);

  /** When the sections of a version were begun, by kind: one that is newer than a proposal is not proposed to become older. */
  function begunAt(version: HeadRow | undefined): ReadonlyMap<SectionKind, number> {
    const kept = version === undefined ? [] : rows.sections(version.id);
    return new Map(kept.map(({ section, madeIn }) => [section.kind, rows.head(madeIn)?.createdAtMs ?? 0]));
  }

  function undecided(row: HeadRow, begun: ReadonlyMap<SectionKind, number>, newer: ReadonlySet<SectionKind>): KeptSection[] {
    const past = new Set(decided.all(row.id).map(({ kind }) => kind));
    return own(row).filter(({ section: { kind } }) => !past.has(kind) && !newer.has(kind) && (begun.get(kind) ?? 0) <= row.createdAtMs);
  }

  return {
    open(sessionId, current) {
      const begun = begunAt(current);
      const newer = new Set<SectionKind>();
      let failed: OpenProposal | null = null;
      for (const row of proposals.all(sessionId)) {
        if (madeAnewSince.get(row.synopsisId, row.createdAtMs) !== undefined) break;
        const kept = row.state === 'cancelled' ? [] : undecided(row, begun, newer);
        const proposal = { head: headOf(row), sections: kept.map(({ section }) => section) };
        if (row.state === 'making' || (row.state === 'ready' && kept.length > 0)) return proposal;
        // What was done after it failed is past it.
        if (row.state === 'failed' && (current?.createdAtMs ?? 0) <= row.createdAtMs) failed ??= proposal;
        if (row.state === 'ready') for (const { section } of own(row)) newer.add(section.kind);
      }
      return failed;
    },
    waiting(proposal, current) {
      const newer = proposals
        .all(proposal.sessionId)
        .filter(row => row.state === 'ready' && row.number > proposal.number)
        .flatMap(row => own(row).map(({ section }) => section.kind));
      return undecided(proposal, begunAt(current), new Set(newer));
    },
    decide(proposal, kinds, decision, current, atMs) {
      const before = new Map(rows.sections(current.id).map(({ section, madeIn }) => [section.kind, madeIn]));
      for (const kind of kinds) decide.run({ versionId: proposal.id, kind, decision, against: before.get(kind) ?? null, atMs });
    },
    settleSame(proposal, atMs) {
      const base = new Map(proposal.basedOn === null ? [] : rows.sections(proposal.basedOn).map(kept => [kept.section.kind, kept]));
      for (const { section } of own(proposal)) {
        const before = base.get(section.kind);
        if (before !== undefined && isSameSection(before.section, section))
          decide.run({ versionId: proposal.id, kind: section.kind, decision: 'same', against: before.madeIn, atMs });
      }
    },
    heldAgainst: (madeIn, kind) => heldAgainst.get(madeIn, kind)?.id ?? null,
  };
}
