import { sessionId, type JobId } from '../../../shared/domain/ids.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { openDemo } from '../demo.ts';
import { newId } from '../new-id.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** Jobs of one chat read together when it is removed. All of them are looked at: a dropped folder makes thousands. */
const jobsAtOnce = 200;

export function sessionCalls(context: CallContext): HandlersOf<'sessions'> {
  const { store, reader, jobViews, engine, events, changes, now } = context;
  return {
    'sessions.list': async ({ before, limit, search, withSnippets }) => {
      // A search reads the texts of all messages: not on main. The revision is taken first, so nothing newer is missed.
      const revision = events.revision('sessions.changed');
      return {
        ...(search === ''
          ? store.sessions.list({ before, limit, search })
          : await reader.searchSessions({ before, limit, search, withSnippets })),
        revision,
      };
    },

    'sessions.create': ({ requestKey, title }) => {
      const { session } = store.sessions.insert({ id: newId(sessionId), title, demoLanguage: null, requestKey, atMs: now() });
      // The same command again names the same chat, and a removed one comes back with it.
      const there = store.sessions.get(session.id) ?? store.sessions.restore(session.id, now()) ?? session;
      changes.sessions([there.id]);
      return there;
    },

    'sessions.openDemo': ({ language }) => openDemo(context, language),

    'sessions.rename': ({ sessionId: id, title }) => {
      const renamed = expectFound(store.sessions.rename(id, title, now()), 'chat', id);
      changes.sessions([id]);
      return renamed;
    },

    'sessions.pin': ({ sessionId: id, pinned }) => {
      const changed = expectFound(store.sessions.pin(id, pinned ? now() : null), 'chat', id);
      changes.sessions([id]);
      return changed;
    },

    'sessions.remove': async ({ sessionId: id }) => {
      if (!store.sessions.remove(id, now())) expectFound(null, 'chat', id);
      changes.sessions([id]);
      const live: JobId[] = [];
      for (let before: string | null = null, isLast = false; !isLast;) {
        const page = jobViews.ofSession(id, before, jobsAtOnce);
        live.push(...page.jobs.filter(job => job.finishedAtMs === null).map(job => job.id));
        before = page.next;
        isLast = before === null;
      }
      // One that ends in the meantime needs no cancelling.
      await Promise.allSettled(live.map(job => engine.cancel(job)));
      return { cancelledJobs: live.length };
    },

    'sessions.restore': ({ sessionId: id }) => {
      const restored = expectFound(store.sessions.restore(id, now()), 'chat', id);
      changes.sessions([id]);
      return restored;
    },

    'sessions.markRead': ({ sessionId: id }) => {
      expectFound(store.sessions.markRead(id), 'chat', id);
      changes.sessions([id]);
      return {};
    },
  };
}
