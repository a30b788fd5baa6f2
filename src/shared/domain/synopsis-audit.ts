import { z } from 'zod';
import { epochMs, jobId, versionId } from './ids.ts';
import { modelId } from './model-id.ts';
import { providerName } from './provider.ts';
import { sectionKind, type Section } from './synopsis.ts';

/** Whether a claim follows from its quotes, as a model has judged it; null where it has not said. */
export const verdicts = ['supported', 'partly', 'not'] as const;
export const verdict = z.enum(verdicts);
export type Verdict = (typeof verdicts)[number];

export const auditedItem = z.strictObject({
  section: sectionKind,
  /** The item's id. */
  item: z.string().max(64),
  verdict: verdict.nullable(),
  /** Numbers of the claim that none of its quotes has, as they are written. */
  foreignFigures: z.array(z.string().max(64)).max(20),
});
export type AuditedItem = z.output<typeof auditedItem>;

/** Items of all sections of a version together are fewer. */
export const auditedItemLimit = 2_000;

/** What the audit of a version has found. It lies beside the version, which does not change any more. */
export const synopsisAudit = z.strictObject({
  versionId,
  jobId,
  judge: z.strictObject({ provider: providerName, model: modelId }),
  items: z.array(auditedItem).max(auditedItemLimit),
  atMs: epochMs,
});
export type SynopsisAudit = z.output<typeof synopsisAudit>;

/**
 * The label of a claim: the judge's verdict, one step lower when the claim has numbers that its quotes have not. A claim
 * without a quote that was found is not supported, whatever the judge says.
 */
export function labelOf(
  { verdict: said, foreignFigures }: Pick<AuditedItem, 'verdict' | 'foreignFigures'>,
  hasQuote: boolean,
): Verdict | null {
  if (!hasQuote) return 'not';
  if (said === null) return foreignFigures.length > 0 ? 'partly' : null;
  return said === 'supported' && foreignFigures.length > 0 ? 'partly' : said;
}

export interface AuditSummary {
  readonly supported: number;
  readonly partly: number;
  readonly not: number;
  /**
   * Citation health, from 0 to 1: the share of judged claims that are supported, those in part counted half. Null when none was
   * judged.
   */
  readonly health: number | null;
}

const weight: Readonly<Record<Verdict, number>> = { supported: 1, partly: 0.5, not: 0 };

/** Labels of the items of a version by section and id, and their sum. */
export function readAudit(
  { items }: Pick<SynopsisAudit, 'items'>,
  sections: readonly Section[],
): { readonly labels: ReadonlyMap<string, Verdict>; readonly summary: AuditSummary } {
  const found = new Set(
    sections.flatMap(section =>
      section.items.filter(item => item.citations.some(({ support }) => support !== 'missing')).map(({ id }) => itemKey(section.kind, id)),
    ),
  );
  const labels = new Map<string, Verdict>();
  for (const item of items) {
    const key = itemKey(item.section, item.item);
    const label = labelOf(item, found.has(key));
    if (label !== null) labels.set(key, label);
  }
  const count = (wanted: Verdict): number => [...labels.values()].filter(label => label === wanted).length;
  const sum = [...labels.values()].reduce((total, label) => total + weight[label], 0);
  return {
    labels,
    summary: {
      supported: count('supported'),
      partly: count('partly'),
      not: count('not'),
      // A claim without a quote is labelled without a judge; that alone says nothing of the others.
      health: items.some(({ verdict: said }) => said !== null) ? sum / labels.size : null,
    },
  };
}

export function itemKey(section: Section['kind'], item: string): string {
  return `${section}/${item}`;
}
