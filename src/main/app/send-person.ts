import type { Destination } from '../../shared/contract/app.ts';
import type { EventHub } from '../ipc/event-hub.ts';

export interface SendPerson {
  to(place: Destination): void;
  /** Where the person was sent while no window was there to go; it is told once. */
  take(): Destination | null;
  /** A window tells where it is: it heard whatever was said before. */
  windowIsThere(): void;
}

/** Sends the person to places in the window. What is said before there is a window waits for it; the last word counts. */
export function createSendPerson(events: Pick<EventHub, 'publish'>, hasWindow: () => boolean): SendPerson {
  let waiting: Destination | null = null;
  return {
    to(place) {
      waiting = hasWindow() ? null : place;
      events.publish('location.changed', { location: place });
    },
    take() {
      const place = waiting;
      waiting = null;
      return place;
    },
    windowIsThere() {
      waiting = null;
    },
  };
}
