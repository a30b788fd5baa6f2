import type { NoticeView } from '../domain/notice.ts';
import type { Location } from './app.ts';

/** Where a notice leads. */
export function placeOf({ event, jobId, sessionId }: Pick<NoticeView, 'event' | 'jobId' | 'sessionId'>): Location {
  switch (event) {
    case 'synopsis_ready':
    case 'synopsis_issues':
    case 'scheduled_synopsis':
    case 'proposal':
      if (sessionId !== null) return { kind: 'synopsis', sessionId, versionId: null };
      break;
    case 'browser_done':
    case 'task_done':
    case 'task_issues':
    case 'scheduled_done':
      if (sessionId !== null) return { kind: 'session', sessionId };
      break;
    case 'schedule_missed':
    case 'schedule_refused':
      return { kind: 'schedules' };
    case 'update_available':
    case 'update_ready':
      return { kind: 'settings', page: 'about' };
    case 'failed':
    case 'approval':
    case 'question':
    case 'unclear':
    case 'budget':
      break;
  }
  return jobId === null ? { kind: 'notices' } : { kind: 'job', jobId };
}
