import { noteId as noteIdSchema, versionId, type SessionId, type VersionId } from '../../../shared/domain/ids.ts';
import { notesLimit, type VersionHead } from '../../../shared/domain/synopsis.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { newId } from '../new-id.ts';
import { beingMade, currentVersion, refreshSynopsis, remakeSynopsis } from '../remake-synopsis.ts';
import { synopsisFreshness } from '../synopsis-freshness.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

type VersionRoute =
  | 'synopses.refresh'
  | 'synopses.regenerate'
  | 'synopses.decide'
  | 'synopses.restore'
  | 'synopses.undo'
  | 'synopses.putNote'
  | 'synopses.removeNote'
  | 'synopses.freshness';

/** What becomes of the versions of a synopsis once there is one. */
export function versionCalls(context: CallContext): Pick<HandlersOf<'synopses'>, VersionRoute> {
  const { store, models, changes, now } = context;

  /** A version that a person makes, once for each key. */
  function once(route: VersionRoute, requestKey: string, make: () => VersionHead): VersionHead {
    const head = store.inTransaction(() => {
      const earlier = store.requests.find(route, requestKey);
      if (earlier !== null) return expectFound(store.synopses.head(versionId.parse(earlier)), 'version', earlier);
      const made = make();
      store.requests.record({ route, requestKey, resultId: made.id, atMs: now() });
      return made;
    });
    changes.synopsis(head.id);
    return head;
  }

  function unlessBeingMade(head: VersionHead | null, session: SessionId): VersionHead {
    if (head !== null) return head;
    if (store.synopses.making(session) === null) throw new ExpectedError('not_found', 'There is no finished version of this synopsis.');
    throw beingMade();
  }

  const sessionOf = (version: VersionId): SessionId => expectFound(store.synopses.progress(version), 'version', version).sessionId;
  const currentOf = (session: SessionId): VersionHead => currentVersion(context, session);

  return {
    'synopses.freshness': async ({ sessionId }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const { versionId: current, stale } = await synopsisFreshness(context, sessionId);
      if (current !== null && store.synopses.setStale(sessionId, stale.length > 0)) changes.synopsis(current);
      return { versionId: current, stale: [...stale] };
    },

    'synopses.refresh': async ({ sessionId, requestKey, only }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      return { version: await refreshSynopsis(context, { sessionId, requestKey, only }), joined: false };
    },

    'synopses.regenerate': ({ sessionId, requestKey, kind, instruction }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      if (instruction !== null && !models.canAnswer('synopsis').can)
        throw new ExpectedError(
          'no_model',
          'An instruction is followed by a model, and none is connected. Connect one, or make the section anew without it.',
        );
      return {
        version: remakeSynopsis(context, { sessionId, requestKey, only: [kind], instruction, trigger: 'regenerate' }),
        joined: false,
      };
    },

    'synopses.decide': ({ requestKey, proposalId, kinds, accept }) => {
      const session = sessionOf(proposalId);
      const proposedBy = store.synopses.head(proposalId)?.jobId ?? null;
      if (proposedBy !== null) store.notices.readOfJob(proposedBy, now());
      if (!accept) {
        store.synopses.reject(proposalId, kinds, now());
        changes.synopsis(proposalId);
        return { version: null };
      }
      const by = { versionId: newId(versionId), atMs: now() };
      return { version: once('synopses.decide', requestKey, () => unlessBeingMade(store.synopses.accept(proposalId, kinds, by), session)) };
    },

    'synopses.restore': ({ requestKey, versionId: id }) => {
      const session = sessionOf(id);
      const head = expectFound(store.synopses.head(id), 'version', id);
      if (head.state !== 'ready') throw new ExpectedError('not_ready', `Version ${head.number} was not finished and cannot be restored.`);
      const by = { versionId: newId(versionId), atMs: now(), withNotes: false };
      return { version: once('synopses.restore', requestKey, () => unlessBeingMade(store.synopses.restore(id, by), session)) };
    },

    'synopses.undo': ({ requestKey, sessionId, undoes }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const done = store.requests.find('synopses.undo', requestKey);
      const undone = done === null ? currentOf(sessionId) : expectFound(store.synopses.beforeCurrent(sessionId), 'version before', done);
      const version = once('synopses.undo', requestKey, () => {
        if (undoes !== null && undoes !== undone.id)
          throw new ExpectedError('changed_since', 'Another version has come since; look at it before anything is taken back.');
        const before = store.synopses.beforeCurrent(sessionId);
        if (before === null) throw new ExpectedError('nothing_to_undo', 'This is the first version; there is nothing before it.');
        // Notes are a person's own: only a change that was about them takes them back.
        const withNotes = undone.trigger === 'note' || undone.trigger === 'restore';
        return unlessBeingMade(store.synopses.restore(before.id, { versionId: newId(versionId), atMs: now(), withNotes }), sessionId);
      });
      return { version, undone };
    },

    'synopses.putNote': ({ requestKey, sessionId, noteId, after, text }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const earlier = store.requests.find('synopses.putNote', requestKey);
      if (earlier !== null) return { noteId: noteIdSchema.parse(earlier) };
      const id = noteId ?? newId(noteIdSchema);
      const changed = store.inTransaction(() => {
        const current = currentOf(sessionId);
        const there = store.synopses.presentNotes(sessionId);
        if (noteId !== null && there.every(note => note.id !== noteId)) expectFound(null, 'note', noteId);
        if (noteId === null && there.length >= notesLimit)
          throw new ExpectedError('too_many_notes', `A synopsis takes ${notesLimit} notes. Put this into one of them.`);
        const result = store.synopses.changeNote(
          sessionId,
          { change: 'put', id, after, text },
          { versionId: newId(versionId), atMs: now() },
        );
        store.requests.record({ route: 'synopses.putNote', requestKey, resultId: id, atMs: now() });
        return result?.version?.id ?? current.id;
      });
      changes.synopsis(changed);
      return { noteId: id };
    },

    'synopses.removeNote': ({ sessionId, noteId }) => {
      const by = { versionId: newId(versionId), atMs: now() };
      const result = store.synopses.changeNote(sessionId, { change: 'remove', id: noteId }, by);
      const shown = result === null ? null : (result.version?.id ?? store.synopses.current(sessionId)?.id ?? null);
      if (shown !== null) changes.synopsis(shown);
      return {};
    },
  };
}
