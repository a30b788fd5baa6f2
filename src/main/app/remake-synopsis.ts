import type { SessionId } from '../../shared/domain/ids.ts';
import { staleKinds } from '../../shared/domain/stale-sections.ts';
import type { JobVersionHead, SectionKind, VersionHead } from '../../shared/domain/synopsis.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import type { CallContext } from './calls/call-context.ts';
import { expectFound } from './calls/expect-found.ts';
import { synopsisFreshness } from './synopsis-freshness.ts';
import { requestSynopsis, type SynopsisRequest } from './synopsis-request.ts';

type Context = Pick<CallContext, 'store' | 'reader' | 'jobViews' | 'engine' | 'models' | 'changes' | 'language' | 'now'>;

export function beingMade(): ExpectedError {
  return new ExpectedError('being_made', 'A version of this synopsis is being made. Wait for it or stop it, then try again.', {
    retryable: true,
  });
}

export function currentVersion({ store }: Pick<Context, 'store'>, session: SessionId): VersionHead {
  return expectFound(store.synopses.current(session), 'finished synopsis of chat', session);
}

/** Makes sections of the current version anew, beside it; the windows are told. Throws what a request throws, and `being_made`. */
export function remakeSynopsis(
  context: Context,
  request: Pick<SynopsisRequest, 'sessionId' | 'requestKey' | 'only' | 'instruction' | 'engine' | 'trigger'>,
): JobVersionHead {
  const current = currentVersion(context, request.sessionId);
  const { version, joined } = requestSynopsis(context, {
    detail: current.detail,
    template: current.template,
    language: current.language,
    basedOn: current.id,
    ...request,
  });
  // It is about other sections, or wants something else of them.
  if (joined) throw beingMade();
  context.changes.synopsis(version.id);
  context.changes.sessions([request.sessionId]);
  return version;
}

/** The sections whose material has changed, or those that are named, as a proposal. Throws `nothing_stale`, too. */
export async function refreshSynopsis(
  context: Context,
  { sessionId, requestKey, only }: Pick<SynopsisRequest, 'sessionId' | 'requestKey'> & { readonly only: readonly SectionKind[] | null },
): Promise<JobVersionHead> {
  const { store } = context;
  const kinds = only ?? staleKinds((await synopsisFreshness(context, sessionId)).stale);
  if (kinds.length === 0 && store.synopses.making(sessionId) === null && store.synopses.findByRequestKey(requestKey) === null)
    throw new ExpectedError('nothing_stale', 'Every section knows of all that the chat holds; there is nothing to refresh.');
  return remakeSynopsis(context, { sessionId, requestKey, only: kinds, trigger: 'refresh' });
}
