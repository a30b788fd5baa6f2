/** A snapshot or an event: carries the revision of its route that it includes. */
export interface Revised {
  readonly revision: number;
}

export interface FollowParams<S extends Revised, E extends Revised> {
  /** Null when it could not be had; the follower stays where it is until it is asked again. */
  load(): Promise<S | null>;
  onSnapshot(snapshot: S): void;
  onEvent(event: E): void;
}

export interface Follower<E extends Revised> {
  take(event: E): void;
  /** Asks for the snapshot; calls while one is under way are answered by one more after it. */
  reload(): Promise<void>;
}

/**
 * Keeps a state made of a snapshot and the events after it complete: events that came while the snapshot was loading are
 * applied when they are newer, events it already includes are dropped, and a gap asks for the snapshot again.
 */
export function followRevision<S extends Revised, E extends Revised>(params: FollowParams<S, E>): Follower<E> {
  let revision: number | null = null;
  let loading: Promise<void> | null = null;
  let again = false;
  let early: E[] = [];

  function apply(event: E): void {
    if (revision === null || event.revision <= revision) return;
    if (event.revision > revision + 1) {
      void reload();
      return;
    }
    revision = event.revision;
    params.onEvent(event);
  }

  async function loadOnce(): Promise<void> {
    const snapshot = await params.load();
    if (snapshot && !again) {
      revision = snapshot.revision;
      params.onSnapshot(snapshot);
    }
    const events = early;
    early = [];
    loading = null;
    if (again) {
      again = false;
      return reload();
    }
    for (const event of events) take(event);
  }

  function reload(): Promise<void> {
    if (loading) {
      again = true;
      return loading;
    }
    // Set before `load` runs, so an event it provokes is kept for after it.
    const started = Promise.resolve().then(loadOnce);
    loading = started;
    return started;
  }

  function take(event: E): void {
    if (loading) early.push(event);
    else apply(event);
  }

  return { take, reload };
}
