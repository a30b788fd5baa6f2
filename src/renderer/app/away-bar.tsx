import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../state/context.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import './away-bar.css';

/** What happened while no window was there, in one line. */
export function AwayBar() {
  const { app, jobs, view } = useServices();
  const { t } = useSpeech();
  const away = useStore(app, state => state.away);
  // What was answered since then is asked no more.
  const stillWaiting = useStore(jobs, state => state.counts.needsYou);
  if (!away) return null;
  const { finished, failed } = away.away;
  const needsYou = Math.min(away.away.needsYou, stillWaiting);
  const parts = [
    needsYou > 0 ? t.away.needsYou(needsYou) : null,
    failed > 0 ? t.away.failed(failed) : null,
    finished > 0 ? t.away.finished(finished) : null,
    ...away.notices.map(notice => t.away[notice.code](notice.count)),
  ].filter(part => part !== null);
  if (parts.length === 0) return null;
  return (
    <div className="away-bar" role="status">
      <span className="away-text">
        <strong>{t.away.title}:</strong> {parts.join('\u00A0· ')}
      </span>
      <Button
        size="s"
        variant="quiet"
        onClick={() => {
          if (!view.getState().tasksOpen) view.toggleTasks();
          app.dismissAway();
        }}
      >
        {t.away.show}
      </Button>
      <IconButton size="s" label={t.away.dismiss} icon={<X />} onClick={() => app.dismissAway()} />
    </div>
  );
}
