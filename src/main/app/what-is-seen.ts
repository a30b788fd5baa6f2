import type { Location } from '../../shared/contract/app.ts';

/** What one window told of itself. */
export interface Report {
  readonly visible: boolean;
  readonly focused: boolean;
  readonly location: Location | null;
  /** It may show notifications of its own. */
  readonly notifies: boolean;
}

export interface WhatIsSeen {
  report(channelId: string, report: Report, signal: AbortSignal): void;
  /** Whether some focused window shows this place, so that it needs no announcement. */
  isSeen(location: Location): boolean;
  /** Whether some window is on the screen, looked at or not. */
  isVisible(): boolean;
  /** Whether the person looks at some window. */
  isLookedAt(): boolean;
  /** Whether some window may show notifications of its own. */
  canNotify(): boolean;
  hasWindow(): boolean;
}

/** The person's eyes, as far as windows tell: a window that is gone sees nothing. */
export function createWhatIsSeen(): WhatIsSeen {
  const reports = new Map<string, Report>();
  const all = () => [...reports.values()];
  return {
    report(channelId, report, signal) {
      if (!reports.has(channelId)) {
        signal.addEventListener('abort', () => {
          reports.delete(channelId);
        });
      }
      reports.set(channelId, report);
    },
    isSeen: location =>
      all().some(report => report.visible && report.focused && report.location !== null && isSamePlace(report.location, location)),
    isVisible: () => all().some(report => report.visible),
    isLookedAt: () => all().some(report => report.visible && report.focused),
    canNotify: () => all().some(report => report.notifies),
    hasWindow: () => reports.size > 0,
  };
}

/** A session's page shows its synopsis and documents coming and going. What is no part of a chat has one place. */
function isSamePlace(shown: Location, wanted: Location): boolean {
  if ('sessionId' in shown && 'sessionId' in wanted) return shown.sessionId === wanted.sessionId;
  if (shown.kind === 'job' && wanted.kind === 'job') return shown.jobId === wanted.jobId;
  return shown.kind === wanted.kind && !('sessionId' in shown) && shown.kind !== 'job';
}
