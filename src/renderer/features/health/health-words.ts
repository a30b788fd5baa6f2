import type { Health } from '../../../shared/contract/health.ts';
import type { Speech } from '../../i18n/format.ts';

const msPerSecond = 1_000;

/** The one sentence above the figures, the worst news first. */
export function verdictOf(health: Health, { t }: Speech): { readonly tone: 'ok' | 'warn' | 'bad'; readonly text: string } {
  if (health.storage !== 'ok') return { tone: 'bad', text: health.storage === 'full' ? t.strip.storageFull : t.strip.storageReadOnly };
  const broken = health.workers.filter(worker => worker.state === 'broken');
  if (broken.length > 0) return { tone: 'bad', text: t.health.broken(broken.map(worker => t.strip.worker[worker.name]).join(', ')) };
  if (health.paused) return { tone: 'warn', text: t.strip.paused };
  if (health.pausedKinds.length > 0)
    return { tone: 'warn', text: t.health.pausedKinds(health.pausedKinds.map(kind => t.jobs.kind[kind]).join(', ')) };
  if (health.workers.some(worker => worker.state === 'restarting')) return { tone: 'warn', text: t.health.restarting };
  return { tone: 'ok', text: t.health.allWell };
}

/** Milliseconds under a second, else as everywhere. */
export function shortTime(ms: number, speech: Speech): string {
  return ms < msPerSecond
    ? speech.t.health.milliseconds(speech.number(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)))
    : speech.duration(ms);
}
