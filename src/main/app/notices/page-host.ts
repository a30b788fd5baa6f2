import type { EventHub } from '../../ipc/event-hub.ts';
import type { WhatIsSeen } from '../what-is-seen.ts';
import type { AnnouncingHost } from './announcer.ts';

/** Tells through the pages in a browser that may show notifications; without one of them it shows nothing. */
export function createPageHost(events: Pick<EventHub, 'publish'>, seen: Pick<WhatIsSeen, 'isLookedAt' | 'canNotify'>): AnnouncingHost {
  return {
    show({ id, title, body, location }, { silent }) {
      if (!seen.canNotify()) return;
      events.publish('notices.show', { id, title, body, location, silent });
    },
    isLookedAt: seen.isLookedAt,
    // A page asks its browser by itself: only there can it be allowed.
    test: () => Promise.resolve('unsupported'),
  };
}
