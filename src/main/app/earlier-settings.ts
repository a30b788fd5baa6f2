import type { NoticeWay } from '../../shared/domain/notice.ts';
import type { Settings } from '../../shared/domain/settings.ts';

/** Switches of before, and the settings that have taken their place. */
const switches: Readonly<Record<string, readonly (keyof Settings)[]>> = {
  notifyDone: ['notifyFinished', 'notifyBrowser'],
  notifyFailed: ['notifyFailed'],
  notifyAsks: ['notifyQuestion'],
};

/** What is stored, with what an earlier program wrote in today's words. What today's wrote comes first. */
export function withEarlierSettings(stored: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const today: Record<string, unknown> = { ...stored };
  for (const [name, settings] of Object.entries(switches)) {
    const was = stored[name];
    if (typeof was !== 'boolean') continue;
    const way: NoticeWay = was ? 'system' : 'centre';
    for (const setting of settings) if (typeof stored[setting] !== 'string') today[setting] = way;
  }
  return today;
}
