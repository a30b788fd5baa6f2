import type { Speech } from '../../i18n/format.ts';

/** Below this, in milliseconds, tenths of a second are told: most steps are that short. */
const tenthsBelowMs = 10_000;

/** How long a step took: `0,4 с`, `12 с`, `3 мин 5 с`. */
export function durationOf(ms: number, speech: Speech): string {
  if (ms >= tenthsBelowMs) return speech.duration(ms);
  const tenths = Math.round(ms / 100) / 10;
  const unit = speech.t.time.seconds(0).replace(/^0\s*/u, '');
  return tenths === 0 && ms > 0 ? `<${speech.number(0.1)} ${unit}` : `${speech.number(tenths)} ${unit}`;
}
