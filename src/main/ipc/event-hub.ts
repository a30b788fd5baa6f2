import { contract, eventNames, type EventName, type EventPayload } from '../../shared/contract/contract.ts';

export interface EventFrame {
  readonly type: 'event';
  readonly route: EventName;
  readonly payload: unknown;
}

export interface EventHub {
  /** Adds the next revision and sends it to every channel. A payload that breaks its schema throws: it is a bug here. */
  publish<N extends EventName>(route: N, payload: Omit<EventPayload<N>, 'revision'>): void;
  /** The revision a snapshot taken now includes. */
  revision(route: EventName): number;
  subscribe(listener: (frame: EventFrame) => void): () => void;
}

export function createEventHub(): EventHub {
  const revisions = new Map<EventName, number>(eventNames.map(name => [name, 0]));
  const listeners = new Set<(frame: EventFrame) => void>();
  const revision = (route: EventName) => revisions.get(route) ?? 0;
  return {
    publish(route, payload) {
      const next = revision(route) + 1;
      const checked = contract[route].payload.parse({ ...payload, revision: next });
      revisions.set(route, next);
      for (const listener of listeners) listener({ type: 'event', route, payload: checked });
    },
    revision,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
