import { synopsisId, versionId, type JobId, type MessageId, type SessionId, type VersionId } from '../../shared/domain/ids.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import type { Language } from '../../shared/domain/language.ts';
import { plannedSections } from '../../shared/domain/section-plan.ts';
import type { DetailLevel, JobVersionHead, SectionKind, SynopsisEngine, Template, VersionTrigger } from '../../shared/domain/synopsis.ts';
import { ExpectedError } from '../ipc/expected-error.ts';
import { providerOf } from './agents/background-work.ts';
import type { CallContext } from './calls/call-context.ts';
import { expectFound } from './calls/expect-found.ts';
import { insertSynopsisWord } from './insert-synopsis-word.ts';
import { isMaterial } from '../../shared/domain/is-material.ts';
import { synopsisKey } from './kinds/synopsis-make.ts';
import { documentSources } from './kinds/synopsis-sources.ts';
import { mainLanguage, synopsisTitle } from './synopsis-title.ts';
import { newId } from './new-id.ts';
import { refuseWhileEnding } from './refuse-while-ending.ts';

export interface SynopsisRequest {
  readonly sessionId: SessionId;
  /** The same key again names the same version. */
  readonly requestKey: string;
  readonly detail: DetailLevel;
  readonly template: Template;
  /** Null takes the language most of the material is in. */
  readonly language: Language | null;
  /** Null or absent for the model where there is one. */
  readonly engine?: SynopsisEngine | null;
  /**
   * Another version of the same synopsis to begin with: its title, plan, detail, template and language are this one's too, and
   * it has the sections that are not made anew.
   */
  readonly basedOn?: VersionId | null;
  /** The sections of `basedOn` to make anew; null or absent for all. */
  readonly only?: readonly SectionKind[] | null;
  /** What the person wants of them; a model understands it, and without one the job fails with `no_model`. */
  readonly instruction?: string | null;
  /** When it is begun, and before which others; null or absent for now, and as its kind is. */
  readonly dueAtMs?: number | null;
  readonly priority?: number | null;
  /** What the version comes of; `request` when left out. A refresh and a regeneration are made beside the current version. */
  readonly trigger?: VersionTrigger;
}

export interface RequestedSynopsis {
  readonly version: JobVersionHead;
  /** The chat's word about it; null when nothing was started, and of parts that are made anew. */
  readonly startedMessage: MessageId | null;
  /** One was being made already. */
  readonly joined: boolean;
}

/**
 * Starts the next version of a chat's synopsis, or joins the one being made: version, job and the chat's word about it are
 * one commit, so a request that was acknowledged is a job. Throws `not_found`, `nothing_to_read`, `nothing_readable`,
 * `still_stopping` and what enqueueing throws.
 */
export function requestSynopsis(
  context: Pick<CallContext, 'store' | 'language' | 'now'> & {
    readonly models: Pick<CallContext['models'], 'choiceFor'>;
    readonly jobViews: Pick<CallContext['jobViews'], 'view'>;
    readonly engine: Pick<CallContext['engine'], 'enqueueInTransaction'>;
  },
  request: SynopsisRequest,
): RequestedSynopsis {
  const { store, jobViews, engine, now } = context;
  const { sessionId, requestKey, only = null, instruction = null } = request;
  const liveJob = (id: JobId) => {
    const job = jobViews.view(id);
    return job === null || isFinal(job.state) ? null : job;
  };
  const session = expectFound(store.sessions.get(sessionId), 'chat', sessionId);
  const earlier = store.synopses.findByRequestKey(requestKey);
  if (earlier !== null) return { version: earlier, startedMessage: null, joined: false };
  const making = store.synopses.making(sessionId);
  const job = making === null ? null : liveJob(making.jobId);
  if (making !== null && job !== null) {
    refuseWhileEnding(job);
    return { version: making, startedMessage: null, joined: true };
  }

  const documents = store.documents.list(sessionId);
  const isTold = (): boolean => store.messages.shown(sessionId).some(({ role, text }) => role === 'person' && isMaterial(text));
  if (documents.every(document => document.state === 'failed') && !isTold()) {
    if (documents.length > 0)
      throw new ExpectedError(
        'nothing_readable',
        'There is nothing to make a synopsis of: none of the documents of this chat could be read. Each of them says why.',
      );
    throw new ExpectedError(
      'nothing_to_read',
      'There is nothing to make a synopsis of: add a document or tell the chat something first: questions alone are no material.',
    );
  }
  const atMs = now();
  const id = newId(versionId);
  const based = request.basedOn == null ? null : expectFound(store.synopses.open(sessionId, request.basedOn), 'version', request.basedOn);
  const { detail, template, language } = based ?? request;
  const chosen = language ?? mainLanguage(documents) ?? context.language();
  const title = based?.title ?? synopsisTitle(session.title, documents, chosen);
  const planned = based?.plannedSections ?? plannedSections(template, detail);
  // One that the version has not been able to finish is made as well: nothing of it can be taken over.
  const isMade = (kind: SectionKind): boolean =>
    only === null || only.includes(kind) || based === null || based.sections.every(made => made.kind !== kind);
  const made = only === null ? null : planned.filter(isMade);
  return store.inTransaction(() => {
    // Its job ended without saying so, by a payload that no longer parses; left as it is, the chat could have no synopsis any more.
    if (making !== null) store.synopses.finishVersion(making.id, { state: 'failed', atMs, noteVersionId: newId(versionId) });
    const { jobId } = engine.enqueueInTransaction({
      kind: 'synopsis.make',
      payload: {
        sessionId,
        versionId: id,
        language,
        engine: request.engine ?? null,
        only: made,
        instruction,
        basedOn: based?.id ?? null,
      },
      idempotencyKey: synopsisKey(sessionId),
      sessionId,
      title,
      ...(request.dueAtMs == null ? {} : { dueAtMs: request.dueAtMs }),
      ...(request.priority == null ? {} : { priority: request.priority }),
      ...(request.engine === 'builtin' ? {} : providerOf(context.models, 'synopsis')),
    });
    const version = store.synopses.startVersion({
      versionId: id,
      synopsisId: newId(synopsisId),
      sessionId,
      jobId,
      title,
      detail,
      language: chosen,
      template,
      plannedSections: planned,
      coverage: documentSources(documents, store).coverage.filter(source => source.reason !== 'not_ready'),
      requestKey,
      atMs,
      trigger: request.trigger ?? 'request',
      basedOn: based?.id ?? null,
      only: made,
      instruction,
    });
    // The chat is told of a synopsis, not of each of its sections.
    return { version, startedMessage: made === null ? insertSynopsisWord(store, { sessionId, jobId, atMs }) : null, joined: false };
  });
}
