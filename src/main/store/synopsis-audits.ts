import { z } from 'zod';
import { jobId, sha256Hex, type Sha256, type SynopsisId } from '../../shared/domain/ids.ts';
import { auditedItem, synopsisAudit } from '../../shared/domain/synopsis-audit.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import { storedJson } from './stored-json.ts';

const claimLabel = z.strictObject({
  /** The hash of what was judged: words and quotes. */
  claim: sha256Hex,
  verdict: auditedItem.shape.verdict,
  foreignFigures: auditedItem.shape.foreignFigures,
  judge: synopsisAudit.shape.judge,
  jobId,
  atMs: synopsisAudit.shape.atMs,
});
export type ClaimLabel = z.output<typeof claimLabel>;

/** What audits have found of the claims of a synopsis, beside its versions, which do not change any more. */
export interface SynopsisAudits {
  /** A later audit of the same claim replaces the one before. */
  put(synopsis: SynopsisId, labels: readonly ClaimLabel[]): void;
  of(synopsis: SynopsisId): ReadonlyMap<Sha256, ClaimLabel>;
}

interface LabelRow extends Record<'claim' | 'figures' | 'judge' | 'jobId', string> {
  readonly verdict: string | null;
  readonly atMs: number;
}

export function createSynopsisAudits(db: Database): SynopsisAudits {
  const put = db.prepare<LabelRow & { readonly synopsisId: string }>(`
    INSERT INTO synopsis_claim_label (synopsis_id, claim, verdict, figures, judge, job_id, at_ms)
    VALUES (@synopsisId, @claim, @verdict, @figures, @judge, @jobId, @atMs)
    ON CONFLICT (synopsis_id, claim) DO UPDATE
      SET verdict = excluded.verdict, figures = excluded.figures, judge = excluded.judge, job_id = excluded.job_id, at_ms = excluded.at_ms`);
  const all = db.prepare<[string], LabelRow>(
    'SELECT claim, verdict, figures, judge, job_id AS jobId, at_ms AS atMs FROM synopsis_claim_label WHERE synopsis_id = ?',
  );
  return {
    put(synopsisId, labels) {
      inWriteTransaction(db, () => {
        for (const { foreignFigures, judge, ...label } of labels)
          put.run({ ...label, synopsisId, figures: JSON.stringify(foreignFigures), judge: JSON.stringify(judge) });
      });
    },
    of: synopsisId =>
      new Map(
        all.all(synopsisId).map(({ figures, judge, ...row }) => {
          const label = claimLabel.parse({ ...row, foreignFigures: storedJson(figures), judge: storedJson(judge) });
          return [label.claim, label];
        }),
      ),
  };
}
