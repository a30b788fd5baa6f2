/** In the order of `Date.getDay`, which begins with Sunday. */
const daysOfDate = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** As a week is written here. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly (typeof daysOfDate)[number][];
export type Weekday = (typeof weekdays)[number];

/** `22:00`. */
export const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;

/** When nothing is told outside the list. Of the settings. */
export interface QuietHours {
  readonly quietHours: boolean;
  /** In local time. With `quietTo` at or before it, they end on the next day. */
  readonly quietFrom: string;
  readonly quietTo: string;
  /** The days on which they begin. */
  readonly quietDays: readonly Weekday[];
  /** Whether a question that would expire in them is shown all the same. */
  readonly quietLetsExpiring: boolean;
}

/** Stretches that follow each other without a gap are one; a week of them is looked ahead, then asked again. */
const stretchesJoined = 7;

/** When the quiet hours end that are now, by the clock on the wall, through changes of summer time; null when there are none. */
export function quietUntil(hours: QuietHours, nowMs: number): number | null {
  if (!hours.quietHours) return null;
  let endMs = endOfStretch(hours, nowMs);
  for (let joined = 0; endMs !== null && joined < stretchesJoined; joined += 1) {
    const nextMs = endOfStretch(hours, endMs);
    if (nextMs === null) return endMs;
    endMs = nextMs;
  }
  return endMs;
}

/** Until when something is held back that could be told now; null when it may be told. */
export function heldUntil(hours: QuietHours, nowMs: number, expiresAtMs: number | null): number | null {
  const endMs = quietUntil(hours, nowMs);
  const wouldExpire = endMs !== null && expiresAtMs !== null && expiresAtMs <= endMs;
  return wouldExpire && hours.quietLetsExpiring ? null : endMs;
}

/** Of the stretch that began on this day or on the one before, and is not over. */
function endOfStretch({ quietFrom, quietTo, quietDays }: QuietHours, nowMs: number): number | null {
  for (const daysAgo of [1, 0]) {
    const startMs = momentOn(nowMs, -daysAgo, quietFrom);
    const endMs = momentOn(nowMs, quietTo > quietFrom ? -daysAgo : 1 - daysAgo, quietTo);
    const day = daysOfDate[new Date(startMs).getDay()];
    if (day !== undefined && quietDays.includes(day) && startMs <= nowMs && nowMs < endMs) return endMs;
  }
  return null;
}

function momentOn(nowMs: number, days: number, time: string): number {
  const now = new Date(nowMs);
  const [hour, minute] = time.split(':').map(Number);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, minute).getTime();
}
