import type { DocumentId, JobId, MessageId, SessionId, VersionId } from '../../shared/domain/ids.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import type { Status } from '../../shared/contract/app.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';
import type { BusEvent, JobEvent } from './job-bus.ts';

/** Job rows in one event: the bound of its schema. What is left out is seen in the counts and read with the next page. */
const jobsPerEvent = 500;

/** Marks rows as changed, after the commit; what windows are told is read from the database once a turn. */
export interface ChangeFeed {
  sessions(ids: readonly SessionId[]): void;
  messages(session: SessionId, ids: readonly MessageId[]): void;
  /** Other messages of the chat are shown than before. */
  branched(session: SessionId): void;
  documents(session: SessionId, ids: readonly DocumentId[]): void;
  documentRemoved(session: SessionId, id: DocumentId): void;
  synopsis(version: VersionId): void;
  /** Of what the job asks, or of its answers. */
  approvals(job: JobId): void;
  job(event: Pick<JobEvent, 'type' | 'jobId'> | Exclude<BusEvent, JobEvent>): void;
  status(): void;
  /** Sends what is marked now. */
  flush(): void;
  /** Sends what is marked now and nothing afterwards: the store is about to be closed. */
  close(): void;
}

export interface ChangeFeedParams {
  readonly store: Store;
  readonly jobViews: JobViews;
  readonly events: EventHub;
  /** A message with the text that is on its way. */
  readonly asShown: (message: MessageView) => MessageView;
  readonly status: () => Status;
  readonly now: () => number;
  /** What a chat's synopsis is made of may be another than before, or the synopsis is. */
  readonly materialChanged?: (session: SessionId) => void;
  /** Runs `work` a little later; all changes until then go out together. */
  readonly later: (work: () => void) => void;
  /** One event could not be made; the others went out. */
  readonly report: (error: unknown) => void;
}

export function createChangeFeed({
  store,
  jobViews,
  events,
  asShown,
  status,
  now,
  materialChanged,
  later,
  report,
}: ChangeFeedParams): ChangeFeed {
  const sessions = new Set<SessionId>();
  const messages = new Map<SessionId, Set<MessageId>>();
  const branched = new Set<SessionId>();
  const documents = new Map<SessionId, Set<DocumentId>>();
  const removedDocuments = new Map<SessionId, Set<DocumentId>>();
  const versions = new Set<VersionId>();
  const jobs = new Set<JobId>();
  /** Jobs that ask something else than before. */
  const asking = new Set<JobId>();
  let statusChanged = false;
  let isPlanned = false;
  let isClosed = false;

  function plan(): void {
    if (isPlanned || isClosed) return;
    isPlanned = true;
    later(flush);
  }

  /** A job's end or step changes what belongs to it; the rows say what that is. */
  function takeIn(jobId: JobId): void {
    const job = jobViews.view(jobId);
    if (job === null) return;
    if (job.sessionId !== null) sessions.add(job.sessionId);
    for (const message of store.messages.ofJob(jobId)) add(messages, message.sessionId, message.id);
    for (const document of store.documents.ofJob(jobId)) add(documents, document.sessionId, document.id);
    const version = store.synopses.ofJob(jobId);
    if (version !== null) versions.add(version.id);
    if (store.approvals.hasAny(jobId)) asking.add(jobId);
  }

  /** Runs from a timer: a row that cannot be read must neither end the process nor hold back what follows it. */
  function tell(publish: () => void): void {
    try {
      publish();
    } catch (error) {
      report(error);
    }
  }

  function flush(): void {
    isPlanned = false;
    if (isClosed) return;
    const changedJobs = takenIds(jobs);
    if (changedJobs.length > 0) {
      tell(() => {
        events.publish('jobs.changed', { jobs: [...jobViews.views(changedJobs.slice(-jobsPerEvent))], counts: jobViews.counts() });
      });
    }
    const changedMessages = new Map(taken(messages));
    for (const id of new Set([...changedMessages.keys(), ...branched, ...documents.keys(), ...removedDocuments.keys()]))
      materialChanged?.(id);
    const branchedNow = new Set(takenIds(branched));
    for (const sessionId of new Set([...changedMessages.keys(), ...branchedNow])) {
      tell(() => {
        const ids = [...(changedMessages.get(sessionId) ?? [])];
        events.publish('messages.changed', {
          sessionId,
          // What becomes of a branch that is not shown is read when it is.
          messages: ids.flatMap(id => store.messages.getShown(id) ?? []).map(asShown),
          ...(branchedNow.has(sessionId) ? { branched: true as const } : {}),
        });
      });
    }
    const removed = new Map(taken(removedDocuments));
    const changed = new Map(taken(documents));
    for (const sessionId of new Set([...changed.keys(), ...removed.keys()])) {
      tell(() => {
        const gone = removed.get(sessionId) ?? new Set();
        const views = [...(changed.get(sessionId) ?? [])].filter(id => !gone.has(id)).flatMap(id => store.documents.get(id) ?? []);
        events.publish('documents.changed', { sessionId, documents: views, removed: [...gone] });
      });
    }
    for (const jobId of takenIds(asking)) {
      tell(() => {
        events.publish('approvals.changed', { jobId, open: store.approvals.openOfJob(jobId, now()) });
      });
    }
    for (const versionId of takenIds(versions)) {
      tell(() => {
        publishVersion(versionId);
      });
    }
    const changedSessions = takenIds(sessions);
    if (changedSessions.length > 0) {
      tell(() => {
        const views = changedSessions.map(id => ({ id, view: store.sessions.get(id) }));
        events.publish('sessions.changed', {
          sessions: views.flatMap(({ view }) => view ?? []),
          removed: views.filter(({ view }) => view === null).map(({ id }) => id),
        });
      });
    }
    if (statusChanged) {
      statusChanged = false;
      tell(() => {
        events.publish('status.changed', { status: status() });
      });
    }
  }

  function publishVersion(versionId: VersionId): void {
    const head = store.synopses.head(versionId);
    const progress = store.synopses.progress(versionId);
    if (head === null || progress === null) return;
    events.publish('synopses.changed', { ...progress, jobId: head.jobId, state: head.state });
    if (head.state === 'ready') materialChanged?.(progress.sessionId);
  }

  return {
    sessions(ids) {
      for (const id of ids) sessions.add(id);
      plan();
    },
    messages(session, ids) {
      for (const id of ids) add(messages, session, id);
      plan();
    },
    branched(session) {
      branched.add(session);
      plan();
    },
    documents(session, ids) {
      for (const id of ids) add(documents, session, id);
      plan();
    },
    documentRemoved(session, id) {
      add(removedDocuments, session, id);
      plan();
    },
    synopsis(version) {
      versions.add(version);
      plan();
    },
    approvals(job) {
      asking.add(job);
      plan();
    },
    job(event) {
      if ('jobId' in event) {
        jobs.add(event.jobId);
        if (event.type !== 'progress') takeIn(event.jobId);
      }
      if (event.type !== 'progress' && event.type !== 'step') statusChanged = true;
      plan();
    },
    status() {
      statusChanged = true;
      plan();
    },
    flush,
    close() {
      flush();
      isClosed = true;
    },
  };
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, new Set([value]));
  else there.add(value);
}

/** The ids, taken out of the set. */
function takenIds<Id>(set: Set<Id>): Id[] {
  const ids = [...set];
  set.clear();
  return ids;
}

/** The entries, taken out of the map. */
function taken<K, V>(map: Map<K, V>): [K, V][] {
  const entries = [...map];
  map.clear();
  return entries;
}
