import type { VersionId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { saveExport } from '../export/save-export.ts';
import { synopsisMarkdown } from '../export/synopsis-markdown.ts';
import { requestSynopsis } from '../synopsis-request.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function synopsisCalls(context: CallContext): HandlersOf<'synopses'> {
  const { store, reader, events, changes } = context;

  function exported(id: VersionId, language: Language): ReturnType<typeof synopsisMarkdown> {
    const progress = expectFound(store.synopses.progress(id), 'version', id);
    const version = expectFound(store.synopses.open(progress.sessionId, id), 'version', id);
    if (version.state === 'making')
      throw new ExpectedError('not_ready', 'This synopsis is still being made; export it when it is ready.', { retryable: true });
    return synopsisMarkdown(version, language);
  }

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

    'synopses.exportMarkdown': ({ versionId: id, language }) => exported(id, language),

    'synopses.saveMarkdown': ({ versionId: id, language }) => {
      if (context.chooseFile === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a file with. Export the synopsis and save it yourself.');
      const { fileName, markdown } = exported(id, language);
      return saveExport({ fileName, text: markdown }, context.chooseFile);
    },

    'synopses.list': ({ before, limit, search }) =>
      search === '' ? store.synopses.list({ before, limit, search }) : reader.searchSynopses({ before, limit, search }),
  };
}
