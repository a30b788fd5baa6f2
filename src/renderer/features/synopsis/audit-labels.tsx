import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { itemKey, readAudit, type AuditSummary, type SynopsisAudit, type Verdict } from '../../../shared/domain/synopsis-audit.ts';
import type { Section, SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

interface Audited {
  readonly labels: ReadonlyMap<string, Verdict>;
  readonly figures: ReadonlyMap<string, readonly string[]>;
  readonly summary: AuditSummary | null;
  /** Its sections were made by more than one engine or model, so each says by which. */
  readonly isMixed: boolean;
}

const nothing: Audited = { labels: new Map(), figures: new Map(), summary: null, isMixed: false };
const AuditContext = createContext<Audited>(nothing);

/** What is known of the claims of a version, for everything of it that is shown within. */
export function AuditOf({ version, children }: { readonly version: SynopsisVersion; readonly children: ReactNode }) {
  const audit = useAudit(version);
  const { sections } = version;
  const audited = useMemo((): Audited => {
    const isMixed = new Set(sections.map(({ provenance }) => JSON.stringify(provenance))).size > 1;
    if (audit === null) return { ...nothing, isMixed };
    return {
      ...readAudit(audit, sections),
      figures: new Map(audit.items.map(({ section, item, foreignFigures }) => [itemKey(section, item), foreignFigures])),
      isMixed,
    };
  }, [audit, sections]);
  return <AuditContext value={audited}>{children}</AuditContext>;
}

function useAudit({ id, state }: SynopsisVersion): SynopsisAudit | null {
  const { client } = useServices();
  const [audit, setAudit] = useState<SynopsisAudit | null>(null);
  useEffect(() => {
    let isLeft = false;
    const load = (): void => {
      void client.call('audits.open', { versionId: id }).then(result => {
        if (!isLeft) setAudit(result.ok ? result.value.audit : null);
      });
    };
    if (state !== 'ready') return;
    load();
    const stop = client.onEvent('audits.changed', ({ versionId }) => {
      if (versionId === id) load();
    });
    return () => {
      isLeft = true;
      stop();
    };
  }, [client, id, state]);
  // That of the version before is gone with its sections.
  return audit?.versionId === id ? audit : null;
}

/** What was found of one claim. One that is supported gets a mark and no word: most are, and nobody wants to read it of each. */
export function ClaimLabel({ kind, item }: { readonly kind: Section['kind']; readonly item: string }) {
  const { labels, figures } = useContext(AuditContext);
  const { t } = useSpeech();
  const key = itemKey(kind, item);
  const label = labels.get(key);
  if (label === undefined) return null;
  const foreign = figures.get(key) ?? [];
  const hint = [t.audit.labelHint[label], ...(foreign.length > 0 ? [t.audit.foreignFigures(foreign.join(', '))] : [])].join(' ');
  return (
    <span className={`claim-label claim-label-${label}`} title={hint}>
      {label === 'supported' ? (
        <>
          <span aria-hidden>✓</span>
          <span className="visually-hidden">{t.audit.label.supported}</span>
        </>
      ) : (
        t.audit.label[label]
      )}
    </span>
  );
}

/** The one figure of an audit, for the head of a synopsis. */
export function CitationHealth() {
  const { summary } = useContext(AuditContext);
  const { t } = useSpeech();
  if (summary?.health == null) return null;
  const { supported, partly, not, health } = summary;
  return (
    <span className="citation-health" title={t.audit.healthHint(supported, partly, not)}>
      {t.audit.health(Math.round(health * 100))}
    </span>
  );
}

/** Who made a section, where not all of them were made by the same. */
export function SectionProvenance({ provenance }: Pick<Section, 'provenance'>) {
  const { isMixed } = useContext(AuditContext);
  const { t, language } = useSpeech();
  if (!isMixed) return null;
  return (
    <p className="section-provenance" lang={language}>
      {provenance.kind === 'model' ? t.audit.sectionBy(provenance.model) : t.audit.sectionBuiltIn}
    </p>
  );
}
