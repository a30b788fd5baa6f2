import type { BrowserTraceEntry } from '../../../shared/domain/browser.ts';
import type { OpenBrowserStep } from '../../store/browser-tasks.ts';

/**
 * The trace with what the journal knows of lines that their worker has left open: it looks at an element, shows it, and may be
 * closed before it acts. Only an action that was sent and has no outcome is one that nobody knows the outcome of.
 */
export function settledTrace(
  trace: readonly BrowserTraceEntry[],
  open: readonly OpenBrowserStep[],
  isRunning: boolean,
): BrowserTraceEntry[] {
  const byStep = new Map(open.map(each => [each.step, outcomeOf(each, isRunning)]));
  return trace.map(entry => (entry.outcome === null ? { ...entry, outcome: byStep.get(entry.step) ?? null } : entry));
}

function outcomeOf({ sent, asked }: OpenBrowserStep, isRunning: boolean): BrowserTraceEntry['outcome'] {
  if (sent !== null) {
    if (sent.outcome === 'succeeded' || sent.decision === 'done') return 'done';
    return sent.outcome === 'failed' ? 'not_done' : null;
  }
  if (asked === 'waiting') return 'asked';
  if (asked === 'deny') return 'declined';
  return isRunning ? null : 'not_done';
}
