import { createHash } from 'node:crypto';
import type { TaskInput } from '../../shared/contract/worker/tasks.ts';
import { sha256Hex, type Sha256 } from '../../shared/domain/ids.ts';
import type { SynopsisAudit } from '../../shared/domain/synopsis-audit.ts';
import type { Section, SynopsisVersion } from '../../shared/domain/synopsis.ts';
import type { Store } from '../store/store.ts';

export type Claim = TaskInput<'synopsis.audit'>['claims'][number];
type OfVersion = Pick<SynopsisVersion, 'id' | 'synopsisId' | 'sections'>;

/** The claims of a version that a model has made. What the built-in engine made is the source's own words and proves itself. */
export function claimsOf({ sections }: Pick<SynopsisVersion, 'sections'>): Claim[] {
  return sections
    .filter(({ provenance }) => provenance.kind === 'model')
    .flatMap(section => section.items.map(item => claimOf(section.kind, item)));
}

function claimOf(section: Section['kind'], item: Section['items'][number]): Claim {
  const parts = [
    'term' in item ? item.term : null,
    'when' in item ? item.when : null,
    'figure' in item ? item.figure : null,
    item.text,
    'answer' in item ? item.answer : null,
    'who' in item ? item.who : null,
    'due' in item ? item.due : null,
  ];
  return {
    section,
    item: item.id,
    text: parts.filter(part => part !== null).join(' — '),
    quotes: item.citations.filter(({ support }) => support !== 'missing').map(({ quote }) => quote),
  };
}

/** What a judge sees of a claim; where it stands makes no difference. */
export function claimHash({ text, quotes }: Pick<Claim, 'text' | 'quotes'>): Sha256 {
  return sha256Hex.parse(
    createHash('sha256')
      .update(JSON.stringify([text, quotes]))
      .digest('hex'),
  );
}

/** The claims of a version that nobody has judged, in this version or another of the same synopsis. */
export function claimsToJudge(version: OfVersion, { synopsisAudits }: Pick<Store, 'synopsisAudits'>): Claim[] {
  const labels = synopsisAudits.of(version.synopsisId);
  return claimsOf(version).filter(claim => (labels.get(claimHash(claim))?.verdict ?? null) === null);
}

/** What is known of the claims of a version; null when nothing is. The judge and the moment are those of the last look at any of them. */
export function auditOf(version: OfVersion, { synopsisAudits }: Pick<Store, 'synopsisAudits'>): SynopsisAudit | null {
  const labels = synopsisAudits.of(version.synopsisId);
  const found = claimsOf(version).flatMap(claim => {
    const label = labels.get(claimHash(claim));
    return label === undefined ? [] : [{ claim, label }];
  });
  const [first, ...others] = found;
  if (first === undefined) return null;
  const { jobId, judge, atMs } = others.reduce((last, { label }) => (label.atMs > last.atMs ? label : last), first.label);
  return {
    versionId: version.id,
    jobId,
    judge,
    atMs,
    items: found.map(({ claim: { section, item }, label: { verdict, foreignFigures } }) => ({ section, item, verdict, foreignFigures })),
  };
}
