import type { SessionId, VersionId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { auditRequest } from '../audit-request.ts';
import { refuseWhileEnding } from '../refuse-while-ending.ts';
import { auditOf, claimsOf } from '../synopsis-claims.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function auditCalls({ store, jobViews, engine, events, models }: CallContext): HandlersOf<'audits'> {
  function sessionOf(id: VersionId): SessionId {
    return expectFound(store.synopses.progress(id), 'version', id).sessionId;
  }

  return {
    'audits.open': ({ versionId: id }) => {
      const version = expectFound(store.synopses.open(sessionOf(id), id), 'version', id);
      return { audit: auditOf(version, store), revision: events.revision('audits.changed') };
    },

    'audits.request': async ({ versionId: id }) => {
      const session = sessionOf(id);
      const version = expectFound(store.synopses.open(session, id), 'version', id);
      if (version.state !== 'ready')
        throw new ExpectedError('not_ready', 'This synopsis is not finished; its claims can be looked at when it is.', { retryable: true });
      if (claimsOf(version).length === 0)
        throw new ExpectedError(
          'nothing_to_audit',
          'The built-in engine made this synopsis of the source’s own words: there is nothing to judge.',
        );
      if (!models.canAnswer('synopsis').can) throw new ExpectedError('no_model', 'No model is connected that could judge the claims.');
      const { jobId, created } = await engine.enqueue(auditRequest(version, models));
      const job = expectFound(jobViews.view(jobId), 'job', jobId);
      if (!created) refuseWhileEnding(job);
      return { job };
    },
  };
}
