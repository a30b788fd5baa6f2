import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { synopsisMarkdown } from '../export/synopsis-markdown.ts';
import { requestSynopsis } from '../synopsis-request.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function synopsisCalls(context: CallContext): HandlersOf<'synopses'> {
  const { store, reader, events, changes } = context;
  return {
    'synopses.request': request => {
      const { version, startedMessage, joined } = requestSynopsis(context, request);
      if (startedMessage !== null) {
        changes.synopsis(version.id);
        changes.messages(request.sessionId, [startedMessage]);
        changes.sessions([request.sessionId]);
      }
      return { version, joined };
    },

    'synopses.open': ({ sessionId, versionId: wanted }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const version = store.synopses.open(sessionId, wanted);
      if (version === null && wanted !== null) expectFound(null, 'version', wanted);
      return { version, versions: store.synopses.heads(sessionId), revision: events.revision('synopses.changed') };
    },

    'synopses.exportMarkdown': ({ versionId: id, language }) => {
      const progress = expectFound(store.synopses.progress(id), 'version', id);
      const version = expectFound(store.synopses.open(progress.sessionId, id), 'version', id);
      if (version.state === 'making')
        throw new ExpectedError('not_ready', 'This synopsis is still being made; export it when it is ready.', { retryable: true });
      return synopsisMarkdown(version, language);
    },

    'synopses.list': ({ before, limit, search }) =>
      search === '' ? store.synopses.list({ before, limit, search }) : reader.searchSynopses({ before, limit, search }),
  };
}
