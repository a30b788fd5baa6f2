import type { OpenReport } from '../store/open-store.ts';
import type { Notice } from './calls/app-calls.ts';

/** What happened at opening that the person must know. */
export function noticesOf(opened: OpenReport, resumed: number): Notice[] {
  const happened: readonly (Notice & { readonly is: boolean })[] = [
    { code: 'restored_backup', count: 1, is: opened.restored !== null },
    { code: 'restored_as_wanted', count: 1, is: opened.wanted?.ok === true },
    { code: 'wanted_not_restored', count: 1, is: opened.wanted?.ok === false },
    { code: 'recent_changes_lost', count: 1, is: opened.recentChangesLost },
    { code: 'indexes_rebuilt', count: 1, is: opened.indexesRebuilt },
    { code: 'resumed_jobs', count: resumed, is: resumed > 0 },
  ];
  return happened.filter(({ is }) => is).map(({ code, count }) => ({ code, count }));
}
