import { RefreshCw, RotateCcw, Square } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { StaleReason } from '../../../shared/domain/stale-sections.ts';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import type { Speech } from '../../i18n/format.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { currentOf } from '../../state/synopsis-store.ts';
import { Button } from '../../ui/button.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { useDecideProposal } from './use-decide-proposal.ts';
import './version-strips.css';

export function reasonText(reason: StaleReason, { t }: Speech): string {
  switch (reason.code) {
    case 'source_added':
      return t.stale.reason.source_added(reason.title);
    case 'source_changed':
      return t.stale.reason.source_changed(reason.title, reason.cited);
    case 'source_removed':
      return t.stale.reason.source_removed(reason.title, reason.cited);
    case 'messages_added':
      return t.stale.reason.messages_added(reason.count);
    case 'messages_gone':
      return t.stale.reason.messages_gone(reason.cited);
  }
}

/** An earlier version is before the person: it can be taken back, or held against the current one. */
export function OlderVersion({ version }: { readonly version: SynopsisVersion }) {
  const { synopsis, toasts } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const current = useStore(synopsis, currentOf);
  const [busy, setBusy] = useState(false);
  if (current === null) return null;

  async function restore(): Promise<void> {
    setBusy(true);
    const result = await synopsis.restore(version.id);
    setBusy(false);
    if (!result.ok) return sayError(result.code);
    const made = currentOf(synopsis.getState())?.id ?? null;
    toasts.say({
      key: 'synopsis-restored',
      text: said => said.t.versions.restored(version.number),
      action: { label: said => said.t.common.undo, run: () => void actions.undoSynopsis(made) },
    });
  }

  return (
    <div className="version-strip">
      <p>{t.versions.older(version.number, speech.date(version.finishedAtMs ?? version.createdAtMs, Date.now()))}</p>
      <span className="version-strip-actions">
        <Button size="s" variant="quiet" onClick={() => void synopsis.choose(null)}>
          {t.versions.toCurrent}
        </Button>
        <Button size="s" onClick={() => void synopsis.compare(version.id, current.id).then(sayError)}>
          {t.versions.compare}
        </Button>
        <Button size="s" icon={<RotateCcw aria-hidden />} disabled={busy} onClick={() => void restore()}>
          {t.versions.restore}
        </Button>
      </span>
    </div>
  );
}

/** What the current version does not know of, in one line: what all outdated sections miss is said once. */
export function StaleStrip() {
  const { synopsis } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const stale = useStore(synopsis, state => state.stale);
  const [busy, setBusy] = useState(false);
  const shared = (stale[0]?.reasons ?? [])
    .map(reason => reasonText(reason, speech))
    .filter(text => stale.every(({ reasons }) => reasons.some(reason => reasonText(reason, speech) === text)));
  return (
    <div className="version-strip version-strip-stale">
      <p>
        {t.stale.sections(stale.length)}
        {shared.length > 0 && `: ${shared.join('; ')}`}
      </p>
      <span className="version-strip-actions">
        <Button
          size="s"
          icon={<RefreshCw aria-hidden />}
          disabled={busy}
          onClick={() => {
            setBusy(true);
            void synopsis
              .refresh(null)
              .then(sayError)
              .finally(() => setBusy(false));
          }}
        >
          {t.stale.refresh}
        </Button>
      </span>
    </div>
  );
}

/** Sections made anew beside the current version: under way, failed, or waiting for a word. */
export function ProposalStrip() {
  const { synopsis, jobs } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const proposal = useStore(synopsis, state => state.proposal);
  const jobId = proposal?.version.jobId ?? null;
  const job = useStore(jobs, state => (jobId === null ? null : (state.byId.get(jobId) ?? null)));
  const { busy, decide } = useDecideProposal();
  if (proposal === null) return null;
  const { version, sections } = proposal;
  const kinds = sections.map(({ kind }) => kind);
  const names = (version.only ?? []).map(kind => t.synopsis.section[kind]);

  if (version.state === 'making')
    return (
      <div className="version-strip" role="status">
        <WorkingMark />
        <p>{t.stale.refreshing(names.join(', '))}</p>
        <span className="version-strip-actions">
          <Button
            size="s"
            icon={<Square aria-hidden />}
            disabled={job?.cancelRequested ?? false}
            onClick={() => jobId !== null && void jobs.cancel(jobId).then(sayError)}
          >
            {t.common.stop}
          </Button>
        </span>
      </div>
    );
  if (version.state === 'failed')
    return (
      <div className="version-strip version-strip-failed" role="status">
        <p>
          {version.trigger === 'regenerate' ? t.stale.regenerateFailed(names.join(', ')) : t.stale.refreshFailed}{' '}
          {speech.error(job?.error?.code ?? 'internal')}
        </p>
        <span className="version-strip-actions">
          <Button size="s" onClick={() => jobId !== null && void jobs.retry(jobId).then(sayError)}>
            {t.common.retry}
          </Button>
        </span>
      </div>
    );
  return (
    <div className="version-strip version-strip-proposal" role="status">
      <p>{t.stale.proposed(sections.length)}</p>
      <span className="version-strip-actions">
        <Button size="s" variant="quiet" disabled={busy} onClick={() => void decide(kinds, false)}>
          {t.stale.rejectAll}
        </Button>
        <Button size="s" variant="accent" disabled={busy} onClick={() => void decide(kinds, true)}>
          {t.stale.acceptAll}
        </Button>
      </span>
    </div>
  );
}
