import type { UpdateState } from '../../src/shared/contract/updates.ts';

interface MemoryUpdatesDeps {
  readonly refuse: (code: 'no_update' | 'tasks_running') => never;
  readonly changed: (state: UpdateState) => void;
}

/** Newer versions, of the host in memory: what the scene says there is. */
export function createMemoryUpdates({ refuse, changed }: MemoryUpdatesDeps) {
  let state: UpdateState = { state: 'none', why: 'headless' };
  function become(next: UpdateState): UpdateState {
    state = next;
    changed(next);
    return next;
  }
  return {
    become,
    handlers: {
      'updates.read': () => state,
      'updates.check': () => state,
      'updates.download': () => (state.state === 'available' ? become({ state: 'ready', version: state.version }) : refuse('no_update')),
      'updates.install': () => refuse(state.state === 'ready' ? 'tasks_running' : 'no_update'),
    },
  };
}
