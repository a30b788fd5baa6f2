import type { SynopsisAudit } from '../../src/shared/domain/synopsis-audit.ts';
import { fileKinds } from '../../src/shared/export/file-formats.ts';
import { matchSnippet } from '../../src/main/store/match-snippet.ts';
import {
  contract,
  type CallArgs,
  type CallError,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
} from '../../src/shared/contract/contract.ts';
import type { CallInput } from '../../src/shared/contract/contract.ts';
import {
  documentId,
  jobId,
  messageId,
  sessionId,
  synopsisId,
  versionId,
  type DocumentId,
  type JobId,
  type MessageId,
  type SessionId,
  type Sha256,
  type VersionId,
} from '../../src/shared/domain/ids.ts';
import type { Status } from '../../src/shared/contract/app.ts';
import type { DocumentView } from '../../src/shared/domain/document.ts';
import type { JobGroup, JobInspection, JobView } from '../../src/shared/domain/job.ts';
import { isFinal } from '../../src/shared/domain/job-state.ts';
import type { MessageView, SessionView } from '../../src/shared/domain/session.ts';
import { settings as settingsSchema, type Settings } from '../../src/shared/domain/settings.ts';
import { jobVersionHead, type SynopsisVersion, type VersionHead } from '../../src/shared/domain/synopsis.ts';
import { toHostFrame, type ToHost, type ToPage } from '../../src/shared/contract/wire.ts';
import type { Channel, ChannelState } from '../../src/shared/contract/channel.ts';
import { createMemoryApprovals } from './memory-approvals.ts';
import { memoryHealth, memoryTrace } from './memory-health.ts';
import type { StoredSource } from './memory-material.ts';
import { createMemoryMessages } from './memory-messages.ts';
import { createMemoryPlans } from './memory-plans.ts';
import { createMemoryMcp } from './memory-mcp.ts';
import { createMemoryProviders } from './memory-providers.ts';
import { createMemorySearch } from './memory-search.ts';
import { createMemoryAutoExports } from './memory-auto-exports.ts';
import { createMemoryBrowser } from './memory-browser.ts';
import { createMemoryKeeping } from './memory-keeping.ts';
import { createMemoryNotices } from './memory-notices.ts';
import { createMemoryUpdates } from './memory-updates.ts';
import { createMemoryReach } from './memory-reach.ts';
import { createMemoryVersions } from './memory-versions.ts';

class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The memory backend refuses with ${code}.`);
    this.code = code;
  }
}

/** Ends a handler with one of its route's codes. */
export function refuse<N extends CallName>(code: CallError<N>): never {
  throw new Refusal(code);
}

type Handlers = { readonly [N in CallName]: (input: CallArgs<N>) => CallOutput<N> };

export interface MemoryBackendParams {
  /** First moment; the clock stands still except for `tick`. */
  readonly nowMs: number;
  readonly systemLocale: string;
  readonly settings?: Partial<Settings>;
}

/**
 * A host in memory: every input and output passes the route's own schema, so it cannot promise what the contract does
 * not. Nothing happens by itself: a test moves jobs, answers and documents by calling `put…` and `change…`.
 */
export function createMemoryBackend(params: MemoryBackendParams) {
  let nowMs = params.nowMs;
  let lastId = 0;
  let settings: Settings = settingsSchema.parse(params.settings ?? {});
  let status: Status = {
    running: 0,
    queued: 0,
    waiting: 0,
    paused: false,
    storage: 'ok',
    workers: (['documents', 'synopsis', 'agent'] as const).map(name => ({ name, state: 'idle', running: 0, restarts: 0, retryAtMs: null })),
  };
  let away = { finished: 0, failed: 0, needsYou: 0 };
  let notices: CallOutput<'app.open'>['notices'] = [];
  const sessions = new Map<SessionId, SessionView>();
  const removedSessions = new Map<SessionId, SessionView>();
  const messages = new Map<MessageId, MessageView>();
  const documents = new Map<DocumentId, DocumentView>();
  const versions = new Map<VersionId, SynopsisVersion>();
  const audits = new Map<VersionId, SynopsisAudit>();
  const jobs = new Map<JobId, JobView>();
  const inspections = new Map<JobId, Partial<Omit<JobInspection, 'job'>>>();
  const sources = new Map<Sha256, StoredSource>();
  const uploads = new Map<string, { name: string; total: number; received: number }>();
  const revisions = new Map<EventName, number>();
  const follows = new Map<number, { jobId: JobId; seq: number }>();
  const pageListeners = new Set<(frame: ToPage) => void>();
  const stateListeners = new Set<(state: ChannelState) => void>();
  /** Calls that are held back until released, by route. */
  const held = new Set<CallName>();
  const waiting: (() => void)[] = [];
  const calls: { route: string; input: unknown }[] = [];
  let lost = false;

  /** UUIDv7 from the clock and a counter: sorted by creation like the real ones. */
  function uuid(): string {
    lastId += 1;
    const time = nowMs.toString(16).padStart(12, '0');
    const low = lastId.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${low.slice(0, 3)}-8${low.slice(3, 6)}-${low.slice(6).padStart(12, '0')}`;
  }

  function revisionOf(route: EventName): number {
    return revisions.get(route) ?? 0;
  }

  function post(frame: ToPage): void {
    if (lost) return;
    const copy = structuredClone(frame);
    for (const listener of pageListeners) listener(copy);
  }

  function emit<N extends EventName>(route: N, payload: Omit<EventPayload<N>, 'revision'>): void {
    const revision = revisionOf(route) + 1;
    revisions.set(route, revision);
    post({ type: 'event', route, payload: contract[route].payload.parse({ ...payload, revision }) });
  }

  function groupOf({ state, waitReason }: JobView): JobGroup {
    if (state === 'waiting') return waitReason === 'approval' || waitReason === 'answer' || waitReason === 'budget' ? 'needsYou' : 'queued';
    if (state === 'scheduled') return 'queued';
    return state === 'cancelled' ? 'done' : state;
  }

  function counts(): CallOutput<'jobs.list'>['counts'] {
    const all = [...jobs.values()];
    const of = (group: JobGroup): number => all.filter(job => groupOf(job) === group).length;
    return { needsYou: of('needsYou'), running: of('running'), queued: of('queued'), done: of('done'), failed: of('failed') };
  }

  /** Again from a step on: what it recorded from there is set aside. */
  function runAgain(id: JobId, step: number, confirmEffects: boolean): JobView {
    const job = have(jobs, id);
    const { steps = [], superseded = [], ...rest } = inspections.get(id) ?? {};
    const aside = steps.filter(({ seq }) => seq >= step);
    if (!confirmEffects && aside.some(({ outcome }) => outcome === 'succeeded')) refuse<'jobs.retryFrom'>('effects_again');
    const run = (superseded.at(-1)?.run ?? 0) + 1;
    inspections.set(id, {
      ...rest,
      steps: steps.filter(({ seq }) => seq < step),
      superseded: [...superseded, ...aside.map(({ undo: _undo, ...kept }) => ({ ...kept, run, supersededAtMs: nowMs }))],
    });
    return putJob({ ...job, state: 'queued', error: null, attempt: 1, finishedAtMs: null, stepsDone: step - 1 });
  }

  function changeSettings(patch: CallInput<'settings.set'>): Settings {
    settings = settingsSchema.parse({ ...settings, ...patch });
    emit('settings.changed', { settings });
    return settings;
  }

  function putAudit(id: VersionId): void {
    const version = have(versions, id);
    const [by, judge] = [
      { provider: 'Ollama', model: 'qwen3:14b' },
      { provider: 'Ollama', model: 'qwen3:14b' },
    ];
    const sections = version.sections.map(section => ({
      ...section,
      provenance: section.kind === 'timeline' ? section.provenance : { kind: 'model' as const, ...by },
    }));
    putVersion({ ...version, sections });
    const found = sections.flatMap(({ kind, items }) => items.map(item => ({ section: kind, item: item.id })));
    audits.set(id, {
      versionId: id,
      jobId: version.jobId ?? jobId.parse(uuid()),
      judge,
      items: found.map((each, at) => ({
        ...each,
        verdict: at % 7 === 3 ? 'partly' : at % 11 === 6 ? 'not' : 'supported',
        foreignFigures: at % 7 === 3 ? ['1 850'] : [],
      })),
      atMs: nowMs,
    });
    emit('audits.changed', { sessionId: version.sessionId, versionId: id });
  }

  function changeStatus(patch: Partial<Status>): void {
    status = { ...status, ...patch };
    emit('status.changed', { status });
  }

  function recount(): void {
    const all = [...jobs.values()];
    changeStatus({
      running: all.filter(job => job.state === 'running').length,
      queued: all.filter(job => job.state === 'queued' || job.state === 'scheduled').length,
      waiting: all.filter(job => job.state === 'waiting').length,
    });
    for (const session of sessions.values()) {
      const own = all.filter(job => job.sessionId === session.id);
      const runningJobs = own.filter(job => job.state === 'running').length;
      const waitingJobs = own.filter(job => job.state === 'waiting').length;
      if (runningJobs !== session.runningJobs || waitingJobs !== session.waitingJobs) putSession({ ...session, runningJobs, waitingJobs });
    }
  }

  function putSession(session: SessionView): SessionView {
    sessions.set(session.id, session);
    emit('sessions.changed', { sessions: [session], removed: [] });
    return session;
  }

  function putDocument(document: DocumentView): DocumentView {
    documents.set(document.id, document);
    emit('documents.changed', { sessionId: document.sessionId, documents: [document], removed: [] });
    return document;
  }

  function putJob(job: JobView): JobView {
    jobs.set(job.id, job);
    emit('jobs.changed', { jobs: [job], counts: counts() });
    recount();
    for (const [id, follow] of follows) {
      if (follow.jobId !== job.id) continue;
      follow.seq += 1;
      post({ type: 'stream-chunk', id, seq: follow.seq, chunk: job });
      if (isFinal(job.state)) {
        follows.delete(id);
        post({ type: 'stream-end', id, error: null });
      }
    }
    return job;
  }

  function putVersion(version: SynopsisVersion): SynopsisVersion {
    versions.set(version.id, version);
    emit('synopses.changed', {
      sessionId: version.sessionId,
      synopsisId: version.synopsisId,
      versionId: version.id,
      jobId: version.jobId,
      state: version.state,
      sectionsReady: version.sections.length,
    });
    return version;
  }

  function newSession(title: string | null, isDemo = false): SessionView {
    return {
      id: sessionId.parse(uuid()),
      title,
      isDemo,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      runningJobs: 0,
      waitingJobs: 0,
      unread: false,
    };
  }

  function newJob(kind: JobView['kind'], session: SessionId | null, title: string, patch: Partial<JobView> = {}): JobView {
    return {
      id: jobId.parse(uuid()),
      kind,
      state: 'queued',
      outcome: null,
      title,
      sessionId: session,
      attempt: 1,
      maxAttempts: 4,
      priority: 20,
      ...(patch.state === undefined ? { readySinceMs: nowMs } : {}),
      progress: null,
      waitReason: null,
      dueAtMs: null,
      cancelRequested: false,
      error: null,
      issues: [],
      stepsDone: 0,
      createdAtMs: nowMs,
      startedAtMs: null,
      finishedAtMs: null,
      lastNewsAtMs: nowMs,
      undoing: null,
      undecided: 0,
      ...patch,
    };
  }

  function newMessage(session: SessionId, role: MessageView['role'], text: string, patch: Partial<MessageView> = {}): MessageView {
    return {
      id: messageId.parse(uuid()),
      sessionId: session,
      role,
      state: 'completed',
      text,
      note: null,
      citations: [],
      documentIds: [],
      jobId: null,
      error: null,
      createdAtMs: nowMs,
      ...patch,
    };
  }

  function newDocument(session: SessionId, title: string, patch: Partial<DocumentView> = {}): DocumentView {
    return {
      id: documentId.parse(uuid()),
      sessionId: session,
      title,
      origin: { kind: 'file', name: title },
      format: null,
      state: 'importing',
      error: null,
      jobId: null,
      snapshotHash: null,
      language: null,
      byteCount: null,
      charCount: null,
      pageCount: null,
      warnings: [],
      author: null,
      date: null,
      addedAtMs: nowMs,
      ...patch,
    };
  }

  function newVersion(
    session: SessionId,
    title: string,
    patch: Partial<SynopsisVersion> & Pick<SynopsisVersion, 'jobId'>,
  ): SynopsisVersion {
    const own = [...versions.values()].filter(version => version.sessionId === session);
    return {
      id: versionId.parse(uuid()),
      synopsisId: own[0]?.synopsisId ?? synopsisId.parse(uuid()),
      number: own.length + 1,
      state: 'making',
      detail: 'standard',
      language: 'ru',
      template: 'article',
      createdAtMs: nowMs,
      finishedAtMs: null,
      issues: [],
      trigger: 'request',
      basedOn: null,
      only: null,
      madeBy: [],
      instruction: null,
      notes: [],
      title,
      sessionId: session,
      coverage: [],
      sections: [],
      plannedSections: [
        'summary',
        'theses',
        'terms',
        'timeline',
        'decisions',
        'tasks',
        'figures',
        'contradictions',
        'questions',
        'selfCheck',
      ],
      ...patch,
    };
  }

  function have<K, V>(map: ReadonlyMap<K, V>, key: K): V {
    return map.get(key) ?? refuse<'messages.stop'>('not_found');
  }

  function headOf(version: SynopsisVersion): VersionHead {
    const { title: _, sessionId: __, coverage: ___, sections: ____, plannedSections: _____, notes: ______, ...head } = version;
    return head;
  }

  /** Keyset paging over rows sorted newest first by id. */
  function page<T extends { id: string }>(
    rows: readonly T[],
    before: string | null,
    limit: number,
  ): { rows: readonly T[]; next: string | null } {
    const sorted = [...rows].sort((a, b) => (a.id < b.id ? 1 : -1)).filter(row => before === null || row.id < before);
    const taken = sorted.slice(0, limit);
    return { rows: taken, next: sorted.length > taken.length ? (taken.at(-1)?.id ?? null) : null };
  }

  const matches = (title: string | null, search: string): boolean => (title ?? '').toLocaleLowerCase().includes(search.toLocaleLowerCase());

  const plans = createMemoryPlans({
    now: () => nowMs,
    uuid,
    titleOf: work => (work.kind === 'browser.run' ? browser.recipeName(work.recipeId) : have(sessions, work.sessionId).title) ?? '',
    refuse: code => refuse<'schedules.save'>(code),
    schedulesChanged: schedules => emit('schedules.changed', { schedules }),
  });

  const search = createMemorySearch();
  const providers = createMemoryProviders({
    now: () => nowMs,
    uuid,
    refuse: code => refuse<'providers.models'>(code),
    changed: view => emit('providers.changed', view),
    revision: () => revisionOf('providers.changed'),
  });
  const lives = createMemoryVersions({
    uuid,
    refuse: code => refuse<'synopses.undo' | 'synopses.refresh'>(code),
    versions,
    put: putVersion,
    headOf,
    begin: (from, trigger, only, instruction) => {
      const job = putJob(newJob('synopsis.make', from.sessionId, from.title, { state: 'running', startedAtMs: nowMs }));
      return jobVersionHead.parse({
        ...headOf(from),
        id: uuid(),
        state: 'making',
        finishedAtMs: null,
        trigger,
        only,
        instruction,
        basedOn: from.id,
        jobId: job.id,
      });
    },
    now: () => nowMs,
  });
  const autoExports = createMemoryAutoExports({
    uuid,
    changed: all => emit('autoExports.changed', all),
    revision: () => revisionOf('autoExports.changed'),
    putJob: title => putJob(newJob('synopsis.autoexport', null, title)),
  });
  const keeping = createMemoryKeeping({
    uuid,
    nowMs: () => nowMs,
    changed: all => emit('backups.changed', all),
    revision: () => revisionOf('backups.changed'),
  });
  const reach = createMemoryReach({
    uuid,
    refuse: code => refuse<'reach.testSearch'>(code),
    changed: view => emit('reach.changed', view),
    revision: () => revisionOf('reach.changed'),
  });

  const browser = createMemoryBrowser({
    uuid,
    now: () => nowMs,
    refuse: code =>
      refuse<
        'browser.start' | 'browser.input' | 'browser.draftRecipe' | 'browser.removeRecipe' | 'browser.saveLogin' | 'browser.removeLogin'
      >(code),
    changed: id => emit('browser.changed', { jobId: id }),
    loginsChanged: () => emit('logins.changed', {}),
    newJob: (session, title) => putJob(newJob('browser.run', session, title)),
    canAnswer: () => providers.view().answering.can,
    chosenPath: () => settings.browserPath,
    isScheduled: recipeId => plans.list().some(({ work }) => work.kind === 'browser.run' && work.recipeId === recipeId),
  });
  const told = createMemoryNotices({
    now: () => nowMs,
    uuid,
    page,
    revision: () => revisionOf('notices.changed'),
    changed: unread => emit('notices.changed', { unread }),
  });
  const updates = createMemoryUpdates({
    refuse: code => refuse<'updates.download' | 'updates.install'>(code),
    changed: update => emit('updates.changed', { update }),
  });
  const mcp = createMemoryMcp({
    now: () => nowMs,
    uuid,
    refuse: code => refuse<'mcp.save'>(code),
    changed: view => emit('mcp.changed', view),
    revision: () => revisionOf('mcp.changed'),
  });
  function snippetsOf(rows: readonly SessionView[], search: string) {
    return rows.flatMap(({ id }) => {
      const said = [...messages.values()].filter(message => message.sessionId === id && message.text !== '');
      const last = said.findLast(({ text }) => matches(text, search)) ?? said.at(-1);
      return last === undefined ? [] : [{ sessionId: id, snippet: matchSnippet(last.text, search) }];
    });
  }
  const approvals = createMemoryApprovals({
    now: () => nowMs,
    uuid,
    refuse: code => refuse<'approvals.answer'>(code),
    changed: (id, open) => emit('approvals.changed', { jobId: id, open: [...open] }),
    revision: () => revisionOf('approvals.changed'),
    goOn(id) {
      const { wait: _, ...job } = have(jobs, id);
      if (job.state === 'waiting') putJob({ ...job, state: 'running', waitReason: null });
    },
  });

  const chats = createMemoryMessages({
    messages,
    newMessage,
    newAnswerJob: (session, title) => putJob(newJob('chat.answer', session, title)),
    have: id => have(messages, id),
    refuse: code => refuse<'messages.send' | 'messages.edit' | 'messages.regenerate'>(code),
    canAnswer: () => providers.view().answering.can,
    changed: event => emit('messages.changed', event),
    delta: event => emit('messages.delta', event),
    said: (session, text) =>
      putSession({ ...have(sessions, session), title: have(sessions, session).title ?? text.slice(0, 60), updatedAtMs: nowMs }),
  });

  const handlers: Handlers = {
    ...providers.handlers,
    'audits.open': ({ versionId: id }) => ({ audit: audits.get(id) ?? null, revision: revisionOf('audits.changed') }),
    'audits.request': () => refuse<'audits.request'>('no_model'),
    ...mcp.handlers,
    ...chats.handlers,
    ...approvals.handlers,
    ...reach.handlers,
    ...browser.handlers,
    ...updates.handlers,
    ...told.handlers,
    ...autoExports.handlers,
    ...keeping.handlers,
    ...lives.handlers,
    'app.open': () => ({
      version: '0.1.0',
      host: 'headless',
      systemLocale: params.systemLocale,
      platform: 'linux',
      settings,
      status,
      away,
      notices,
      sentTo: null,
      revision: revisionOf('status.changed'),
    }),
    'app.status': () => status,
    ...search.handlers,
    'health.read': () => memoryHealth(nowMs, status, [...jobs.values()]),
    'jobs.trace': ({ jobId: id }) => memoryTrace(nowMs, have(jobs, id)),
    'jobs.offerTrace': ({ jobId: id }) => ({ fileName: `konspekt-trace-${have(jobs, id).id}.json`, urlPath: '/files/0' }),
    'jobs.saveTrace': ({ jobId: id }) => ({ saved: `konspekt-trace-${id}.json` }),
    'app.setPaused': ({ paused }) => {
      changeStatus({ paused });
      return status;
    },
    'app.report': () => ({}),
    'app.goTo': ({ location }) => {
      emit('location.changed', { location });
      return {};
    },
    'app.openLink': ({ url }) => (/^(https?|mailto):/u.test(url) ? {} : refuse<'app.openLink'>('forbidden_link')),
    'settings.set': changeSettings,
    'sessions.list': ({ before, limit, search, withSnippets }) => {
      const { rows, next } = page(
        [...sessions.values()].filter(session => matches(session.title, search)),
        before,
        limit,
      );
      return {
        sessions: [...rows],
        ...(withSnippets ? { snippets: snippetsOf(rows, search) } : {}),
        next,
        revision: revisionOf('sessions.changed'),
      };
    },
    'sessions.create': ({ title }) => putSession(newSession(title)),
    'sessions.openDemo': () => [...sessions.values()].find(session => session.isDemo) ?? putSession(newSession('Demo', true)),
    'sessions.rename': ({ sessionId: id, title }) => putSession({ ...have(sessions, id), title }),
    'sessions.pin': ({ sessionId: id, pinned }) => {
      const { isPinned: _, ...session } = have(sessions, id);
      return putSession(pinned ? { ...session, isPinned: true } : session);
    },
    'sessions.remove': ({ sessionId: id }) => {
      removedSessions.set(id, have(sessions, id));
      sessions.delete(id);
      emit('sessions.changed', { sessions: [], removed: [id] });
      return { cancelledJobs: [...jobs.values()].filter(job => job.sessionId === id && job.finishedAtMs === null).length };
    },
    'sessions.restore': ({ sessionId: id }) => putSession(have(removedSessions, id)),
    'sessions.markRead': ({ sessionId: id }) => {
      putSession({ ...have(sessions, id), unread: false });
      return {};
    },
    'messages.list': ({ sessionId: id, before, limit }) => {
      have(sessions, id);
      const { rows, next } = page(chats.shown(id), before, limit);
      return { messages: [...rows].reverse(), next, revision: revisionOf('messages.changed') };
    },
    'uploads.begin': ({ name, byteCount }) => {
      const uploadId = crypto.randomUUID();
      uploads.set(uploadId, { name, total: byteCount, received: 0 });
      return { uploadId };
    },
    'uploads.append': ({ uploadId, offset, bytes }) => {
      const upload = have(uploads, uploadId);
      if (offset !== upload.received) refuse<'uploads.append'>('wrong_offset');
      upload.received += bytes.byteLength;
      return { received: upload.received };
    },
    'uploads.abort': ({ uploadId }) => {
      uploads.delete(uploadId);
      return {};
    },
    'documents.add': ({ sessionId: id, from }) => {
      const name = from.kind === 'upload' ? have(uploads, from.uploadId).name : from.kind === 'url' ? from.url : from.name;
      const job = newJob('document.import', id, name);
      putJob(job);
      return putDocument(
        newDocument(id, name, {
          jobId: job.id,
          origin:
            from.kind === 'url' ? { kind: 'url', url: from.url } : from.kind === 'text' ? { kind: 'text', name } : { kind: 'file', name },
        }),
      );
    },
    'documents.list': ({ sessionId: id }) => ({
      documents: [...documents.values()].filter(document => document.sessionId === id),
      revision: revisionOf('documents.changed'),
    }),
    'documents.retry': ({ documentId: id }) => putDocument({ ...have(documents, id), state: 'importing', error: null }),
    'documents.remove': ({ documentId: id }) => {
      const { sessionId: session } = have(documents, id);
      documents.delete(id);
      emit('documents.changed', { sessionId: session, documents: [], removed: [id] });
      return {};
    },
    'sources.read': ({ snapshotHash, from, limit }) => {
      const stored = have(sources, snapshotHash);
      return {
        total: stored.segments.length,
        pageCount: stored.pageCount,
        segments: stored.segments
          .slice(from, from + limit)
          .map((segment, at) => ({ ...segment, index: from + at, text: stored.text.slice(segment.start, segment.end) })),
      };
    },
    'sources.original': ({ documentId: id }) => {
      const { format } = have(documents, id);
      return { state: 'absent', reason: format === 'pdf' ? 'not_kept' : 'no_pages' };
    },
    'sources.locate': ({ snapshotHash, offset }) => {
      const index = have(sources, snapshotHash).segments.findIndex(segment => offset < segment.end);
      return { index: Math.max(0, index) };
    },
    'synopses.request': ({ sessionId: id, detail, template, language }) => {
      const making = [...versions.values()].find(version => version.sessionId === id && version.state === 'making');
      if (making) return { version: jobVersionHead.parse(headOf(making)), joined: true };
      if (![...documents.values()].some(document => document.sessionId === id && document.state === 'ready'))
        refuse<'synopses.request'>('nothing_to_read');
      const title = have(sessions, id).title ?? '';
      const newest = [...versions.values()].filter(version => version.sessionId === id).sort((a, b) => b.number - a.number)[0];
      const job = putJob(newJob('synopsis.make', id, title));
      const version = putVersion(
        newVersion(id, title, { jobId: job.id, detail, template: template ?? newest?.template ?? 'article', language: language ?? 'ru' }),
      );
      return { version: jobVersionHead.parse(headOf(version)), joined: false };
    },
    'synopses.open': ({ sessionId: id, versionId: wanted }) => {
      const own = [...versions.values()].filter(version => version.sessionId === id).sort((a, b) => b.number - a.number);
      return {
        version: (wanted ? own.find(version => version.id === wanted) : own[0]) ?? null,
        versions: own.map(headOf),
        proposal: lives.proposalOf(id),
        revision: revisionOf('synopses.changed'),
      };
    },
    'synopses.exportMarkdown': ({ versionId: id }) => {
      const version = have(versions, id);
      return { fileName: `${version.title}.md`, markdown: `# ${version.title}\n` };
    },
    'files.save': ({ versionId: id, format }) => ({ saved: `${have(versions, id).title}.${fileKinds[format].extension}` }),
    'files.offer': ({ versionId: id, format }) => ({
      fileName: `${have(versions, id).title}.${fileKinds[format].extension}`,
      urlPath: '/files/0',
    }),
    'files.write': () => ({}),
    'files.openBundle': () => ({
      sessionId:
        [...sessions.values()][0]?.id ??
        (() => {
          throw new Error('There is no chat to open.');
        })(),
    }),
    'budgets.list': () => ({ budgets: plans.budgets() }),
    'budgets.of': ({ of: { scope, subject } }) => plans.budgetsOf(scope, subject),
    'budgets.set': set => plans.setBudget(set),
    'schedules.list': () => ({ schedules: plans.list(), revision: revisionOf('schedules.changed') }),
    'schedules.save': schedule => plans.save(schedule),
    'schedules.remove': ({ scheduleId: id }) => {
      plans.remove(id);
      return {};
    },
    'schedules.setEnabled': ({ scheduleId: id, enabled }) => plans.setEnabled(id, enabled),
    'schedules.preview': ({ cron, timeZone, count }) => ({ atMs: plans.times(cron, timeZone, count) }),
    'jobs.list': ({ before, limit, search, group }) => {
      const { rows, next } = page(
        [...jobs.values()].filter(job => matches(job.title, search) && (group === null || groupOf(job) === group)),
        before,
        limit,
      );
      return { jobs: [...rows], counts: counts(), next, revision: revisionOf('jobs.changed') };
    },
    'jobs.now': ({ jobIds }) => ({
      jobs: [...jobs.values()].filter(job => job.state === 'running' || jobIds.includes(job.id)),
      counts: counts(),
      revision: revisionOf('jobs.changed'),
    }),
    'jobs.inspect': ({ jobId: id }) => ({
      job: have(jobs, id),
      steps: [],
      events: [],
      superseded: [],
      undecided: [],
      forkedFrom: null,
      forks: [],
      ...inspections.get(id),
    }),
    'jobs.cancel': ({ jobId: id }) => {
      const { wait: _, ...job } = have(jobs, id);
      return job.state === 'running'
        ? putJob({ ...job, cancelRequested: true })
        : putJob({ ...job, state: 'cancelled', waitReason: null, finishedAtMs: nowMs });
    },
    'jobs.resume': ({ jobId: id }) => {
      const { wait: _, ...job } = have(jobs, id);
      return job.state === 'waiting' ? putJob({ ...job, state: 'queued', waitReason: null }) : job;
    },
    'jobs.tryNow': ({ jobId: id }) => {
      const job = have(jobs, id);
      return job.state === 'scheduled' ? putJob({ ...job, state: 'queued', dueAtMs: nowMs }) : job;
    },
    'jobs.setKindPaused': ({ kind, paused }) => {
      const pausedKinds = [...(status.pausedKinds ?? []).filter(name => name !== kind), ...(paused ? [kind] : [])];
      changeStatus({ pausedKinds });
      return { pausedKinds };
    },
    'synopses.exportTo': () => ({ job: putJob(newJob('synopses.export', null, 'folder')), count: 1 }),
    'synopses.exportAll': () => refuse<'synopses.exportAll'>('no_dialog'),
    'jobs.retry': ({ jobId: id, confirmEffects }) => runAgain(id, 1, confirmEffects),
    'jobs.retryFrom': ({ jobId: id, step, confirmEffects }) => runAgain(id, step, confirmEffects),
    'jobs.fork': ({ jobId: id, fromStep }) => {
      const parent = have(jobs, id);
      const { steps = [], forks = [] } = inspections.get(id) ?? {};
      const fork = newJob(parent.kind, parent.sessionId, parent.title, { stepsDone: fromStep - 1 });
      inspections.set(fork.id, { steps: steps.slice(0, fromStep - 1), forkedFrom: id });
      inspections.set(id, { ...inspections.get(id), forks: [...forks, fork.id] });
      return { job: putJob(fork), created: true };
    },
    'jobs.decide': ({ jobId: id, step, decision }) => {
      const job = have(jobs, id);
      const { undecided = [], ...rest } = inspections.get(id) ?? {};
      if (!undecided.some(({ name }) => name === step)) refuse<'jobs.decide'>('not_undecided');
      inspections.set(id, { ...rest, undecided: undecided.filter(({ name }) => name !== step) });
      return decision === 'drop'
        ? putJob({ ...job, state: 'cancelled', waitReason: null, undecided: 0, finishedAtMs: nowMs })
        : putJob({ ...job, state: 'queued', waitReason: null, undecided: 0 });
    },
    'jobs.undecided': () => ({
      jobs: [...jobs.values()].flatMap(job => {
        const steps = inspections.get(job.id)?.undecided ?? [];
        return steps.length === 0 ? [] : [{ job, steps }];
      }),
      revision: revisionOf('jobs.changed'),
    }),
  };

  function answer(frame: Extract<ToHost, { type: 'call' }>): void {
    const result = ((): Extract<ToPage, { type: 'result' }>['result'] => {
      const name = frame.route;
      if (!Object.hasOwn(handlers, name)) return { ok: false, error: { code: 'unknown_route', message: name, retryable: false } };
      const route = name as CallName;
      const input = contract[route].input.safeParse(frame.input);
      if (!input.success)
        return { ok: false, error: { code: 'bad_request', message: input.error.message.slice(0, 2_000), retryable: false } };
      try {
        // The handler of a route takes what its own schema gave; TypeScript cannot follow that through the table.
        const value = (handlers[route] as (value: unknown) => unknown)(input.data);
        return { ok: true, value: contract[route].output.parse(value) };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: { code: error.code, message: error.message, retryable: false } };
        throw error;
      }
    })();
    post({ type: 'result', id: frame.id, result });
  }

  function receive(frame: ToHost): void {
    switch (frame.type) {
      case 'call': {
        calls.push({ route: frame.route, input: frame.input });
        // Answers come in a later turn, as over a real channel.
        const run = (): void => queueMicrotask(() => answer(frame));
        if (held.has(frame.route as CallName)) waiting.push(run);
        else run();
        return;
      }
      case 'stream-open': {
        if (frame.route !== 'jobs.follow')
          return post({ type: 'stream-end', id: frame.id, error: { code: 'unknown_route', message: frame.route, retryable: false } });
        const { jobId: id } = contract['jobs.follow'].input.parse(frame.input);
        const job = jobs.get(id);
        if (!job) return post({ type: 'stream-end', id: frame.id, error: { code: 'not_found', message: id, retryable: false } });
        follows.set(frame.id, { jobId: id, seq: 1 });
        queueMicrotask(() => {
          post({ type: 'stream-chunk', id: frame.id, seq: 1, chunk: job });
          if (isFinal(job.state)) {
            follows.delete(frame.id);
            post({ type: 'stream-end', id: frame.id, error: null });
          }
        });
        return;
      }
      case 'stream-cancel':
        follows.delete(frame.id);
        return;
      case 'stream-credit':
    }
  }

  const channel: Channel = {
    send(frame) {
      if (!lost) receive(toHostFrame.parse(structuredClone(frame)));
    },
    onFrame(listener) {
      pageListeners.add(listener);
      return () => pageListeners.delete(listener);
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };

  return {
    channel,
    calls,
    sessions,
    messages,
    documents,
    versions,
    jobs,
    inspections,
    sources,
    plans,
    lives,
    providers,
    search,
    mcp,
    autoExports,
    browser,
    updates,
    told,
    approvals,
    newSession,
    newJob,
    newMessage,
    newDocument,
    newVersion,
    putSession,
    putMessages: chats.put,
    /** A piece of an answer on its way. */
    writeAnswer: chats.write,
    putDocument,
    putJob,
    putVersion,
    headOf,
    changeStatus,
    /** A model has made the sections of this version, but for one, and another has judged its claims. */
    putAudit,
    changeSettings,
    emit,
    tick: (ms: number) => {
      nowMs += ms;
    },
    now: () => nowMs,
    beAway: (what: typeof away, told: typeof notices = []) => {
      away = what;
      notices = told;
    },
    /** The next event of a route is not delivered: a gap. */
    skipEvent: (route: EventName) => revisions.set(route, revisionOf(route) + 1),
    /** Calls of a route wait until `release`. */
    hold: (route: CallName) => held.add(route),
    release: () => {
      held.clear();
      for (const run of waiting.splice(0)) run();
    },
    loseChannel: () => {
      lost = true;
      follows.clear();
      for (const listener of stateListeners) listener('lost');
    },
    reopenChannel: () => {
      lost = false;
      for (const listener of stateListeners) listener('open');
    },
  };
}
