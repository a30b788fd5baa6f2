import type { Location } from '../../shared/contract/app.ts';
import { heldUntil } from '../../shared/domain/quiet-hours.ts';
import { visibleLine } from '../../shared/domain/visible-text.ts';
import type { MessageView } from '../../shared/domain/session.ts';
import type { Speech } from '../i18n/format.ts';
import { goTo } from '../state/go-to.ts';
import type { Services } from '../state/services.ts';
import type { ViewState } from '../state/view-store.ts';

/** Notes that tell of a job of their own. */
const notesOfJobs: readonly MessageView['note'][] = ['synopsis_started', 'synopsis_ready', 'background_started', 'background_ready'];

/** Whether a message shows what its job is doing: a synopsis always, an answer until it is there, a model's its steps. */
function showsItsJob({ note, state, model }: MessageView): boolean {
  return notesOfJobs.includes(note) || model !== undefined || state === 'pending' || state === 'streaming';
}

/** Whatever stands beside it. */
function isSynopsisInSight({ sessionId, synopsisOverlay, libraryOpen, rightOpen, rightTab }: ViewState): boolean {
  return sessionId !== null && ((synopsisOverlay && !libraryOpen) || (rightOpen && rightTab === 'synopsis'));
}

/** Where the person is, as main knows places. */
export function locationOf(view: ViewState): Location | null {
  const { sessionId } = view;
  if (view.rightOpen && view.rightTab === 'steps' && view.inspectedJob) return { kind: 'job', jobId: view.inspectedJob };
  if (!sessionId) return null;
  if (isSynopsisInSight(view)) return { kind: 'synopsis', sessionId, versionId: null };
  if (view.rightOpen && view.rightTab === 'sources' && view.source?.documentId)
    return { kind: 'document', sessionId, documentId: view.source.documentId };
  return { kind: 'session', sessionId };
}

const readyKey = (sessionId: ViewState['sessionId']): string => `ready:${sessionId ?? ''}`;

/** What the environment of the window tells; a test brings its own. */
export interface Attention {
  isVisible(): boolean;
  isFocused(): boolean;
  onChange(listener: () => void): () => void;
}

/** Connects the stores with each other: the open chat feeds its stores, endings are told once and only when not in sight. */
export function wire(services: Services, attention: Attention): void {
  const {
    app,
    approvals,
    client,
    sessions,
    messages,
    documents,
    drafts,
    synopsis,
    jobs,
    models,
    notices,
    pageNotifier,
    view,
    toasts,
    announcer,
  } = services;
  const t = () => app.getState().speech.t;

  /** Whether the person wants nothing to come up by itself now; the bell counts it all the same. */
  function isQuiet(expiresAtMs: number | null): boolean {
    const { settings } = app.getState();
    return settings !== null && heldUntil(settings, Date.now(), expiresAtMs) !== null;
  }

  function readIfSeen(): void {
    const { sessionId } = view.getState();
    if (sessionId && attention.isVisible() && attention.isFocused() && sessions.getState().byId.get(sessionId)?.unread)
      void sessions.markRead(sessionId);
  }

  let reported = '';
  function report(): void {
    const notifies = pageNotifier.permission() === 'granted';
    const input = { visible: attention.isVisible(), focused: attention.isFocused(), location: locationOf(view.getState()), notifies };
    const mark = JSON.stringify(input);
    if (mark === reported) return;
    reported = mark;
    void client.call('app.report', input);
  }

  function isOfAnotherChat({ inspectedJob, sessionId }: ViewState): boolean {
    if (inspectedJob === null) return false;
    const { inspected, byId } = jobs.getState();
    const job = inspected?.job.id === inspectedJob ? inspected.job : byId.get(inspectedJob);
    return job !== undefined && job.sessionId !== null && job.sessionId !== sessionId;
  }

  let shown = view.getState().sessionId;
  view.subscribe(state => {
    if (state.sessionId !== shown) {
      shown = state.sessionId;
      drafts.flush();
      void messages.show(shown);
      void documents.show(shown);
      void synopsis.show(shown);
      // The steps of one chat's job beside another chat would be taken for its own. This comes back here.
      if (isOfAnotherChat(state)) return view.inspect(null);
    }
    // What it tells of is before the person now.
    if (isSynopsisInSight(state)) toasts.dismiss(readyKey(state.sessionId));
    jobs.setListed(state.tasksOpen);
    jobs.inspect(state.rightOpen && state.rightTab === 'steps' ? state.inspectedJob : null);
    readIfSeen();
    report();
  });
  sessions.subscribe(readIfSeen);

  /** Jobs that the open chat speaks of: they are known without the panel, however old they are. */
  function needJobs(): void {
    const spokenOf = [
      ...(messages.getState().transcript?.messages ?? []).filter(showsItsJob).map(message => message.jobId),
      ...(documents.getState().documents ?? []).filter(document => document.state === 'importing').map(document => document.jobId),
      synopsis.getState().version?.jobId ?? null,
      synopsis.getState().proposal?.version.jobId ?? null,
      // What asks says whose it is.
      ...approvals.getState().byJob.keys(),
    ];
    jobs.need(spokenOf.filter(id => id !== null));
  }
  for (const store of [messages, documents, synopsis, approvals]) store.subscribe(needJobs);
  attention.onChange(() => {
    // The window may be left for good.
    drafts.flush();
    readIfSeen();
    report();
  });
  pageNotifier.onChange(report);
  client.onEvent('notices.show', ({ location, ...notice }) => void pageNotifier.show(notice, () => void goTo(services, location)));
  client.onEvent('location.changed', event => void goTo(services, event.location));
  sessions.subscribe(state => {
    // A chat removed elsewhere is not left open as a ghost.
    const open = view.getState().sessionId;
    if (open && state.loaded && messages.getState().failure === 'not_found' && !state.byId.has(open)) view.openSession(null);
  });

  // Boundaries of the answer being read aloud, never its stream.
  let before = new Map<string, string>();
  messages.subscribe(state => {
    const now = new Map((state.transcript?.messages ?? []).map(message => [message.id as string, message.state as string]));
    for (const [id, messageState] of now) {
      const was = before.get(id);
      if (was !== 'pending' && was !== 'streaming') continue;
      if (messageState === 'completed') announcer.announce(t().chat.announceAnswer);
      if (messageState === 'failed') announcer.announce(t().chat.announceFailed);
      if (messageState === 'stopped') announcer.announce(t().chat.announceStopped);
    }
    before = now;
  });
  let sections: { id: string; ready: number; state: string } | null = null;
  synopsis.subscribe(({ version }) => {
    if (!version) return void (sections = null);
    const now = { id: version.id, ready: version.sections.length, state: version.state };
    if (sections?.id === now.id) {
      const newest = version.sections.at(-1);
      if (sections.state === 'making' && now.state === 'ready') announcer.announce(t().synopsis.announceReady);
      else if (sections.state === 'making' && now.state === 'failed') announcer.announce(t().synopsis.announceFailed);
      else if (now.ready > sections.ready && newest) announcer.announce(t().synopsis.announceSection(t().synopsis.section[newest.kind]));
    }
    sections = now;
  });

  // A question that comes up is told once: aloud, and beside another chat with a way to it.
  let areKnown = false;
  approvals.subscribe((state, earlier) => {
    if (state.byJob === earlier.byJob) return;
    // What waited before this window opened is told with everything else that happened meanwhile.
    const isFirst = !areKnown;
    areKnown = true;
    if (isFirst) return;
    for (const [jobId, asked] of state.byJob) {
      for (const approval of asked) {
        if (earlier.byJob.get(jobId)?.some(({ id }) => id === approval.id)) continue;
        const now = view.getState();
        const inSight =
          (approval.sessionId !== null && approval.sessionId === now.sessionId) ||
          (now.rightOpen && now.rightTab === 'steps' && now.inspectedJob === jobId);
        if (!inSight && isQuiet(approval.expiresAtMs)) continue;
        announcer.announce(t().asks.announce[approval.type](visibleLine(approval.title)));
        if (!inSight)
          toasts.keep({
            key: `asks:${jobId}`,
            text: speech => speech.t.asks.toast(visibleLine(approval.title)),
            action: { label: ({ t: said }: Speech) => said.away.show, run: () => void goTo(services, { kind: 'job', jobId }) },
          });
      }
    }
    for (const jobId of earlier.byJob.keys()) if (!state.byJob.has(jobId)) toasts.dismiss(`asks:${jobId}`);
  });

  services.onJobEnded(job => {
    const now = view.getState();
    // What is on the screen tells itself.
    const inSight =
      now.tasksOpen ||
      (now.rightOpen && now.rightTab === 'steps' && now.inspectedJob === job.id) ||
      (job.sessionId !== null && job.sessionId === now.sessionId && (job.kind !== 'synopsis.make' || isSynopsisInSight(now)));
    if (inSight || job.state === 'cancelled' || isQuiet(null)) return;
    const show = {
      label: ({ t: said }: Speech) => said.away.show,
      run: () =>
        void goTo(
          services,
          job.sessionId && job.state === 'done'
            ? job.kind === 'synopsis.make'
              ? { kind: 'synopsis', sessionId: job.sessionId, versionId: null }
              : { kind: 'session', sessionId: job.sessionId }
            : { kind: 'job', jobId: job.id },
        ),
    };
    if (job.state === 'failed')
      toasts.keep({ key: `failed:${job.kind}`, text: speech => speech.t.toasts.jobFailed(job.title), tone: 'problem', action: show });
    else if (job.kind === 'synopsis.make')
      toasts.keep({ key: readyKey(job.sessionId), text: speech => speech.t.synopsis.ready(job.title), action: show });
  });

  app.subscribe(({ unspoken }, before) => {
    if (unspoken !== null && unspoken !== before.unspoken)
      toasts.say({ key: 'unspoken', text: ({ t: said }) => said.settings.languageNotLoaded, tone: 'problem' });
  });

  let firstOpening = true;
  let wasLost = false;
  async function openAll(): Promise<void> {
    if (!(await app.open())) return;
    const isFirst = firstOpening;
    firstOpening = false;
    reported = '';
    report();
    toasts.dismiss('error:disconnected');
    await Promise.all([
      sessions.reload(),
      jobs.reload(),
      approvals.reload(),
      notices.reload(),
      messages.reload(),
      documents.reload(),
      synopsis.reload(),
      models.reload(),
    ]);
    const { sentTo } = app.getState().opening ?? { sentTo: null };
    if (sentTo !== null) return goTo(services, sentTo);
    // The window opens where it was closed, unless the person was quicker or was sent elsewhere.
    const last = isFirst ? view.lastSession : null;
    const { sessionId, libraryOpen } = view.getState();
    if (last && sessionId === null && !libraryOpen && sessions.getState().byId.has(last)) view.startAt(last);
  }
  client.onState(state => {
    // A channel's first opening is awaited by the calls already in it.
    if (state === 'open' && wasLost) void openAll();
    wasLost = state !== 'open';
  });
  void openAll();
}
