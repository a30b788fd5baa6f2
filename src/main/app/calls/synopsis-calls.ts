import { messageId, synopsisId, versionId, type JobId, type VersionId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import { plannedSections } from '../../../shared/domain/section-plan.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { saveExport } from '../export/save-export.ts';
import { synopsisMarkdown } from '../export/synopsis-markdown.ts';
import { synopsisKey } from '../kinds/synopsis-make.ts';
import { documentSources } from '../kinds/synopsis-sources.ts';
import { isMaterial } from '../is-material.ts';
import { mainLanguage, synopsisTitle } from '../synopsis-title.ts';
import { newId } from '../new-id.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function synopsisCalls(context: CallContext): HandlersOf<'synopses'> {
  const { store, reader, jobViews, engine, events, changes, now } = context;
  const isLive = (id: JobId) => {
    const job = jobViews.view(id);
    return job !== null && !isFinal(job.state);
  };

  function exported(id: VersionId, language: Language): ReturnType<typeof synopsisMarkdown> {
    const progress = expectFound(store.synopses.progress(id), 'version', id);
    const version = expectFound(store.synopses.open(progress.sessionId, id), 'version', id);
    if (version.state === 'making')
      throw new ExpectedError('not_ready', 'This synopsis is still being made; export it when it is ready.', { retryable: true });
    return synopsisMarkdown(version, language);
  }

  return {
    'synopses.request': ({ sessionId, requestKey, detail, template, language }) => {
      const session = expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const earlier = store.synopses.findByRequestKey(requestKey);
      if (earlier !== null) return { version: earlier, joined: false };
      const making = store.synopses.making(sessionId);
      if (making !== null && isLive(making.jobId)) return { version: making, joined: true };

      const documents = store.documents.list(sessionId);
      const isTold = () => store.messages.all(sessionId).some(({ role, text }) => role === 'person' && isMaterial(text));
      if (!documents.some(document => document.state !== 'failed') && !isTold()) {
        throw new ExpectedError(
          'nothing_to_read',
          'There is nothing to make a synopsis of: add a document or tell the chat something first: questions alone are no material.',
        );
      }
      const atMs = now();
      const id = newId(versionId);
      const title = synopsisTitle(session.title, documents);
      const chosen = language ?? mainLanguage(documents) ?? context.language();
      // Request, job and the chat's word about it are one commit: a click that was acknowledged is a job.
      const { version, started } = store.inTransaction(() => {
        // Its job ended without saying so, by a payload that no longer parses; left as it is, the chat could have no synopsis any more.
        if (making !== null) store.synopses.finishVersion(making.id, { state: 'failed', atMs });
        const { jobId } = engine.enqueueInTransaction({
          kind: 'synopsis.make',
          payload: { sessionId, versionId: id, language },
          idempotencyKey: synopsisKey(sessionId),
          sessionId,
          title,
        });
        const head = store.synopses.startVersion({
          versionId: id,
          synopsisId: newId(synopsisId),
          sessionId,
          jobId,
          title,
          detail,
          language: chosen,
          template,
          plannedSections: plannedSections(template, detail),
          coverage: documentSources(documents, store).coverage.filter(source => source.reason !== 'not_ready'),
          requestKey,
          atMs,
        });
        const message = store.messages.insert({
          id: newId(messageId),
          sessionId,
          role: 'assistant',
          state: 'pending',
          text: '',
          note: 'synopsis_started',
          documentIds: [],
          replyTo: null,
          requestKey: null,
          jobId,
          atMs,
        });
        store.sessions.touch(sessionId, atMs);
        return { version: head, started: message };
      });
      changes.synopsis(version.id);
      changes.messages(sessionId, [started.id]);
      changes.sessions([sessionId]);
      return { version, joined: false };
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
