import { ChevronDown, CirclePause, Pause } from 'lucide-react';
import { useStore } from 'zustand';
import { jobKinds } from '../../../shared/domain/job.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

/** Pauses the whole queue, or kinds of it from a menu. */
export function QueuePause() {
  const { app } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const paused = useStore(app, state => state.status?.paused ?? false);
  const pausedKinds = useStore(app, state => state.status?.pausedKinds) ?? [];

  // The banner has the button that goes on, and kinds are of no matter until then.
  if (paused) return null;

  async function pause(): Promise<void> {
    sayError(await app.setPaused(true));
  }

  return (
    <span className="queue-pause">
      <Tooltip label={t.queue.pauseMeans} side="top">
        <Button size="s" variant="quiet" icon={<Pause aria-hidden />} aria-description={t.queue.pauseMeans} onClick={() => void pause()}>
          {t.queue.pause}
        </Button>
      </Tooltip>
      <Menu
        trigger={<IconButton size="s" label={t.queue.pauseKinds} icon={<ChevronDown />} />}
        entries={jobKinds.map(kind => ({
          key: kind,
          label: t.queue.kinds[kind],
          hint: t.queue.pausesKinds,
          toggles: true,
          checked: pausedKinds.includes(kind),
          onSelect: () => void app.setKindPaused(kind, !pausedKinds.includes(kind)).then(sayError),
        }))}
      />
    </span>
  );
}

/** Says that something is paused for as long as it is, and whether any of it is still at work: who paused to switch something off waits for that. */
export function PauseBanner() {
  const { app, jobs, announcer } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const paused = useStore(app, state => state.status?.paused ?? false);
  const pausedKinds = useStore(app, state => state.status?.pausedKinds) ?? [];
  const running = useStore(jobs, ({ counts, byId }) =>
    paused ? counts.running : [...byId.values()].filter(job => job.state === 'running' && pausedKinds.includes(job.kind)).length,
  );
  if (!paused && pausedKinds.length === 0) return null;

  async function resume(): Promise<void> {
    // The banner is gone then and tells nothing.
    announcer.announce(t.queue.announceResumed);
    if (paused) return sayError(await app.setPaused(false));
    for (const kind of pausedKinds) sayError(await app.setKindPaused(kind, false));
  }

  return (
    <Banner
      tone="warn"
      icon={<CirclePause aria-hidden />}
      action={
        <Button size="s" onClick={() => void resume()}>
          {paused || pausedKinds.length === 1 ? t.queue.resume : t.queue.resumeKinds}
        </Button>
      }
    >
      {paused ? (
        <>
          <strong>{t.queue.paused}</strong> {t.queue.stillRuns(running)}
        </>
      ) : (
        <>
          {t.queue.pausedKinds(pausedKinds.map(kind => t.queue.kinds[kind]).join(', '))} {t.queue.stillRuns(running)} {t.queue.othersGoOn}
        </>
      )}
    </Banner>
  );
}
