import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Location, Status } from '../../shared/contract/app.ts';
import { jobId, scheduleId, type JobId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import type { Engine } from '../engine/engine-api.ts';
import { createBudgets } from '../engine/budgets.ts';
import { createEngine } from '../engine/engine.ts';
import { createSchedules } from '../engine/schedules.ts';
import type { JobKind } from '../engine/job-kind.ts';
import type { JobStore } from '../engine/job-store.ts';
import { defaultLimits } from '../engine/limits.ts';
import { systemClock } from '../engine/system-clock.ts';
import { createDispatch, type Dispatch } from '../ipc/dispatch.ts';
import { createEventHub, type EventHub } from '../ipc/event-hub.ts';
import { createJobRepository } from '../store/jobs/job-repository.ts';
import { createJobTraceRows } from '../store/jobs/job-trace-rows.ts';
import { createJobFacts } from '../store/jobs/job-facts.ts';
import { createJobViews } from '../store/jobs/job-views.ts';
import { createBudgetRepository } from '../store/budgets/budget-repository.ts';
import { createScheduleRepository } from '../store/schedules/schedule-repository.ts';
import { openStore, type CorruptionChoice, type OpenReport } from '../store/open-store.ts';
import { poolSettings } from '../workers/pool-settings.ts';
import { residentMemory } from '../workers/resident-memory.ts';
import { createSupervisor, type WorkerProgram } from '../workers/supervisor.ts';
import { systemTimers } from '../workers/timers.ts';
import { workerEnvironment } from '../workers/worker-environment.ts';
import type { SpawnWorker } from '../workers/worker-port.ts';
import { createAnnouncer, type AnnouncingHost } from './announcements.ts';
import { appCalls, wasPaused, type Notice } from './calls/app-calls.ts';
import type { CallContext } from './calls/call-context.ts';
import { asExpected } from './calls/as-expected.ts';
import { budgetCalls } from './calls/budget-calls.ts';
import { healthCalls } from './calls/health-calls.ts';
import { documentCalls, uploadCalls } from './calls/document-calls.ts';
import { jobCalls, jobStreams, kindsPausedBefore } from './calls/job-calls.ts';
import { messageCalls } from './calls/message-calls.ts';
import { scheduleCalls, scheduleViews } from './calls/schedule-calls.ts';
import { sessionCalls } from './calls/session-calls.ts';
import { sourceCalls } from './calls/source-calls.ts';
import { synopsisCalls } from './calls/synopsis-calls.ts';
import { traceCalls } from './calls/trace-calls.ts';
import { createChangeFeed } from './change-feed.ts';
import { createDamagedSnapshots } from './damaged-snapshots.ts';
import { watchClock } from './clock-watch.ts';
import { createDocumentsBeingRead } from './documents-being-read.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { ChooseFile, ChooseFolder } from './export/save-export.ts';
import { createJobBus, type JobBus } from './job-bus.ts';
import { chatAnswer } from './kinds/chat-answer.ts';
import { documentImport } from './kinds/document-import.ts';
import { synopsesExport } from './kinds/synopses-export.ts';
import { synopsisMake } from './kinds/synopsis-make.ts';
import { openLog, type Log } from './log.ts';
import { createLogMover } from './log-mover.ts';
import { createMetrics } from './metrics/open-metrics.ts';
import { newId } from './new-id.ts';
import { createPassageIndexer } from './passage-indexer.ts';
import { startScheduledWork } from './schedule-work.ts';
import type { SettingsFile } from './settings-file.ts';
import { spokenLanguage } from './spoken-language.ts';
import { createReadTrace } from './trace/read-trace.ts';
import { logJobs, withTrace } from './traced-log.ts';
import { createWhatIsSeen } from './what-is-seen.ts';

/** Changes of one frame of a 60 Hz screen go out together. */
const changesEveryMs = 16;

/** How long an answer waits for the search index: a book of a thousand pages is in it by then, and a person still waits. */
const indexPatienceMs = 10_000;

export interface AppOptions {
  readonly dataDir: string;
  readonly host: 'desktop' | 'headless';
  readonly version: string;
  /** The operating system's language tag. */
  readonly systemLocale: string;
  readonly resourcesDir: string;
  /** Folder with the bundles of the workers and the reader thread. */
  readonly bundlesDir: string;
  readonly readerEntry: URL;
  readonly spawnWorker: SpawnWorker;
  readonly openSettings: (dataDir: string) => SettingsFile;
  readonly openExternal: (url: string) => void;
  /** Absent where the host has no dialogs. */
  readonly chooseFile?: ChooseFile;
  readonly chooseFolder?: ChooseFolder;
  readonly onCorruption?: CorruptionChoice;
  /** False only looks: no job is begun, whatever the queue is told. Default true. */
  readonly works?: boolean;
}

export interface App {
  readonly dispatch: Dispatch;
  readonly events: EventHub;
  /** Who wants to hear of jobs listens to the bus. */
  readonly engine: Omit<Engine, 'subscribe'>;
  readonly bus: Pick<JobBus, 'subscribe'>;
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly opened: OpenReport;
  status(): Status;
  /** The figures of the program as Prometheus reads them. */
  metricsText(): string;
  language(): Language;
  setPaused(paused: boolean): void;
  /** The host's own change of a setting, told to windows like the person's; a disk that refuses leaves all as it was. */
  changeSettings(changes: Partial<Settings>): void;
  /** Sends the person to a place in the window. */
  goTo(location: Location): void;
  /** How announcements are shown outside the window; without one they are told in the window alone. */
  setShow(host: AnnouncingHost): void;
  /** The system says that the machine has slept; without a word from it this is noticed some seconds later. */
  wake(): void;
  /** Resolves when nothing has been running, due or connected for `graceMs`. */
  whenIdle(options: { readonly graceMs: number; readonly signal: AbortSignal }): Promise<void>;
  /**
   * Stops claiming, hands running jobs back with their recorded steps, closes the store. `quickly` leaves out the last
   * backup, also of a close that is under way and has not come to it. Idempotent.
   */
  close(options?: { readonly quickly: boolean }): Promise<void>;
}

/** The program without its host: store, engine, workers and the contract over them. Throws what `openStore` throws. */
export function openApp(options: AppOptions): App {
  const now = () => Date.now();
  const {
    store,
    connection,
    reader,
    report: opened,
    folder,
    backup,
    close: closeStore,
  } = openStore({
    root: options.dataDir,
    nowMs: now,
    readerEntry: options.readerEntry,
    ...(options.onCorruption === undefined ? {} : { onCorruption: options.onCorruption }),
  });
  const { log, close: closeLog } = openLog(options.dataDir);
  // What ends the process leaves its story in the log; the host's own way to end is not changed.
  const onFatal = (error: unknown) => {
    log.fatal({ err: error }, 'The program ends on an error nobody caught; the next start goes on with its jobs.');
  };
  process.on('uncaughtExceptionMonitor', onFatal);
  const settings = options.openSettings(options.dataDir);
  const language = (): Language => {
    const chosen = settings.get().language;
    if (chosen !== 'system') return chosen;
    return spokenLanguage(options.systemLocale);
  };

  const events = createEventHub();
  const figures = createMetrics(now);
  const jobs = figures.timed(createJobRepository(connection));
  const jobViews = createJobViews(connection);
  const jobFacts = createJobFacts(connection);
  const traced = <F extends object>(fields: F) => withTrace(fields, id => bus.traceOf(id));
  const seen = createWhatIsSeen();
  const indexer = createPassageIndexer({
    store,
    reader,
    report: (hash, error) => {
      if (hash !== null) damagedSnapshots.take(hash, error);
      log.error(
        { snapshot: hash, err: error },
        hash === null ? 'The search index could not be looked after.' : 'A stored text could not be put into the search index.',
      );
    },
  });
  const damagedSnapshots = createDamagedSnapshots({ store, reader, changes: () => changes });
  const logMover = createLogMover(reader, error => {
    log.warn({ err: error }, 'The log of the database could not be moved; it is tried again.');
  });
  const isBeingRead = createDocumentsBeingRead({ store, jobViews, now });

  const supervisor = createSupervisor({
    spawn: options.spawnWorker,
    programs: programsIn(options.bundlesDir),
    settings: poolSettings,
    environment: workerEnvironment(process.env),
    // A real folder: in the packaged program the bundles lie in an archive, where no process can stand.
    cwd: options.dataDir,
    timers: systemTimers,
    rssOf: residentMemory,
    log: ({ level, message, ...fields }) => {
      log[level](traced(fields), message);
    },
  });
  /** Titles of damaged documents that a search left out, by the job that searched. */
  const leftOut = new Map<JobId, Set<string>>();
  const kinds = {
    'document.import': documentImport({
      store,
      allowedHosts: () => settings.get().allowedHosts,
      checkSnapshot: query => reader.checkSnapshot(query),
      stored: hash => {
        indexer.again(hash);
      },
      isBeingRead,
      allRead: session => {
        engine.resumeWaitingInTransaction('children', session);
      },
      now,
    }),
    'synopsis.make': synopsisMake({ store, isBeingRead, lookAtSnapshot: damagedSnapshots.lookAt, now }),
    'chat.answer': chatAnswer({
      store,
      language,
      searchPassages: damagedSnapshots.search,
      indexed: () => indexer.settled(AbortSignal.timeout(indexPatienceMs)),
      now,
      leftOut,
    }),
    'synopses.export': synopsesExport({ store }),
  } satisfies Record<JobKindName, unknown>;
  const budgets = createBudgets({
    store: createBudgetRepository(connection),
    clock: systemClock,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const engine = createEngine({
    store: jobs,
    budgets,
    runner: options.works === false ? { ...supervisor, capacity: () => 0 } : supervisor,
    // Each kind is checked against its own schemas where it is declared; the engine handles them all alike.
    kinds: Object.values(kinds) as unknown as JobKind[],
    clock: systemClock,
    ids: { jobId: () => newId(jobId), leaseToken: randomUUID, traceId: () => randomUUID().replaceAll('-', '') },
    random: Math.random,
    log: (level, message, fields) => {
      log[level](traced(fields), message);
    },
    limits: defaultLimits,
  });
  const bus: JobBus = createJobBus({
    engine,
    factsOf: jobFacts,
    now,
    report: (subscriber, event, error) => {
      log.error(
        { subscriber, event, err: error },
        subscriber === null ? 'The row of a job could not be read for its event.' : 'A subscriber of job events threw.',
      );
    },
  });

  const metrics = figures.open({ bus, engine, supervisor, connection, folder });

  const schedules = createSchedules({
    store: createScheduleRepository(connection),
    jobs,
    clock: systemClock,
    limits: defaultLimits,
    newId: () => newId(scheduleId),
    log: (level, message, fields) => {
      log[level](traced(fields), message);
    },
    startJob: (schedule, run) => startScheduledWork({ store, jobViews, engine, language, now }, schedule, run),
    changed: () => {
      events.publish('schedules.changed', { schedules: scheduleViews(schedules) });
    },
  });

  const status = (): Status => {
    const counts = jobViews.counts();
    return {
      running: counts.running,
      queued: counts.queued,
      waiting: counts.needsYou,
      paused: engine.isPaused(),
      pausedKinds: [...engine.pausedKinds()],
      workers: engine.health().map(health => ({ ...health })),
      storage: engine.storage(),
    };
  };
  const changes = createChangeFeed({
    store,
    jobViews,
    events,
    status,
    later: work => {
      setTimeout(work, changesEveryMs);
    },
    report: error => {
      log.error({ err: error }, 'A change could not be told to the windows.');
    },
  });
  const announcer = createAnnouncer({ store, jobViews, settings: settings.get, language, isSeen: seen.isSeen, now });
  /** A document that was put off for long no longer holds up the synopsis of its chat. */
  function goOnWithout(id: JobId): void {
    const job = jobViews.view(id);
    if (job?.kind !== 'document.import' || job.sessionId === null || isBeingRead(job.sessionId)) return;
    const session = job.sessionId;
    try {
      store.inTransaction(() => engine.resumeWaitingInTransaction('children', session));
    } catch (error) {
      log.warn(traced({ jobId: id, err: error }), 'A synopsis could not be told that a document was put off; it looks again by itself.');
    }
  }

  bus.subscribe('documents', event => {
    if (event.type === 'scheduled') goOnWithout(event.jobId);
  });
  bus.subscribe('windows', changes.job);
  bus.subscribe('log', logJobs(log));
  bus.subscribe('search-index', event => {
    if (event.type === 'storage' && event.state === 'ok') indexer.tryAgain();
    if (event.type === 'ended') indexer.wake();
  });
  bus.subscribe('database-log', event => {
    if (event.type === 'ended') logMover.wake();
  });
  bus.subscribe('working-folders', event => {
    if (event.type !== 'ended') return;
    const { jobId: id, traceId } = event;
    void store.staging.release(id).catch((error: unknown) => {
      log.warn({ jobId: id, traceId, err: error }, 'The working folder of a job could not be removed; the next start tries again.');
    });
  });
  bus.subscribe('answers', event => {
    if (event.type === 'ended') leftOut.delete(event.jobId);
  });
  bus.subscribe('notifications', event => {
    if (event.type === 'ended') announcer.flush();
  });

  const tidied = store.staging.clean(isLiveJob(jobs)).catch((error: unknown) => {
    log.warn({ err: error }, 'What an earlier run left in its working folder could not be removed; the next start tries again.');
  });
  engine.setPaused(wasPaused(store));
  for (const kind of kindsPausedBefore(store)) engine.setKindPaused(kind, true);
  const { resumed } = engine.start();
  // After the recovery: what it put back into the queue is what a planned time would overlap with.
  // A program that only looks starts nothing.
  if (options.works !== false) schedules.start();
  indexer.wake();
  const clockWatch = watchClock(systemClock, byMs => {
    log.info({ byMs: Math.round(byMs) }, 'The machine has slept, or its clock was set: what is due is looked at again.');
    engine.wake();
    schedules.clockJumped();
  });
  const stopHousekeeping = startHousekeeping({ store, jobs, connection, reader, settings: settings.get, backup, log, now });

  let closing: Promise<void> | null = null;
  let isHurried = false;
  const context: CallContext = {
    store,
    reader,
    jobViews,
    engine,
    bus,
    events,
    changes,
    settings,
    samplesDir: join(options.resourcesDir, 'samples'),
    language,
    chooseFile: options.chooseFile ?? null,
    chooseFolder: options.chooseFolder ?? null,
    now,
  };
  const dispatch = createDispatch({
    calls: {
      ...appCalls({
        context,
        host: options.host,
        version: options.version,
        systemLocale: options.systemLocale,
        status,
        seen,
        openExternal: options.openExternal,
        notices: noticesOf(opened, resumed),
      }),
      ...sessionCalls(context),
      ...messageCalls(context),
      ...uploadCalls(context),
      ...documentCalls(context),
      ...sourceCalls(context, damagedSnapshots),
      ...synopsisCalls(context),
      ...jobCalls(context, budgets),
      ...budgetCalls(context, { budgets, jobs }),
      ...scheduleCalls(context, schedules),
      ...traceCalls(context, {
        readTrace: createReadTrace({
          jobViews,
          rowsOf: createJobTraceRows(connection),
          spentOf: id => budgets.ofJob(id)?.spent ?? null,
          now,
        }),
        version: options.version,
      }),
      ...healthCalls(metrics.health),
    },
    streams: jobStreams(context),
    reportUnexpected: ({ route, correlationId, error }) => {
      log.error({ route, correlationId, err: error }, 'A call failed in a way its route does not declare.');
    },
    translate: asExpected,
    isClosing: () => closing !== null,
  });

  async function closeAll(): Promise<void> {
    stopHousekeeping();
    clockWatch.stop();
    schedules.stop();
    await engine.stop();
    metrics.close();
    bus.close();
    changes.close();
    await indexer.close();
    await logMover.close();
    await tidied;
    try {
      await closeStore({ withBackup: !isHurried });
    } catch (error) {
      // Everything is closed by then; it is the last backup that could not be made.
      log.error({ err: error }, 'The backup at closing failed.');
    }
    process.off('uncaughtExceptionMonitor', onFatal);
    closeLog();
  }

  return {
    dispatch,
    events,
    engine,
    bus,
    settings,
    log,
    opened,
    status,
    metricsText: metrics.text,
    language,
    setPaused(paused) {
      void dispatch.call('app.setPaused', { paused }, { channelId: 'host', signal: new AbortController().signal });
    },
    changeSettings(changes) {
      void dispatch.call('settings.set', changes, { channelId: 'host', signal: new AbortController().signal });
    },
    goTo(location) {
      events.publish('location.changed', { location });
    },
    setShow: announcer.setShow,
    wake() {
      if (closing !== null) return;
      log.info('The system says that the machine has woken up.');
      // Whatever the clocks say: some systems tell of a wake-up before they have set them.
      engine.wake();
      schedules.clockJumped();
      clockWatch.look();
    },
    async whenIdle({ graceMs, signal }) {
      for (let idleSinceMs = now(); !signal.aborted;) {
        const { running, queued } = status();
        // A paused queue waits for a person, who starts the program themselves.
        const isBusy = running > 0 || (queued > 0 && !engine.isPaused());
        if (isBusy || seen.hasWindow()) idleSinceMs = now();
        const leftMs = idleSinceMs + graceMs - now();
        if (leftMs <= 0) return;
        await new Promise(resolve => setTimeout(resolve, Math.min(leftMs, 1_000)));
      }
    },
    close({ quickly } = { quickly: false }) {
      isHurried ||= quickly;
      closing ??= closeAll();
      return closing;
    },
  };
}

function programsIn(bundlesDir: string): Readonly<Record<WorkerName, WorkerProgram>> {
  const program = (name: string): WorkerProgram => ({ entry: join(bundlesDir, `worker-${name}.js`), config: {} });
  return { documents: program('documents'), synopsis: program('synopsis'), agent: program('agent') };
}

/** Whether a name in the staging folder is a job's that has not ended. */
function isLiveJob(jobs: Pick<JobStore, 'find'>): (name: string) => boolean {
  return name => {
    const id = jobId.safeParse(name);
    const record = id.success ? jobs.find(id.data) : null;
    return record !== null && !isFinal(record.state);
  };
}

function noticesOf(opened: OpenReport, resumed: number): Notice[] {
  const happened: readonly (Notice & { readonly is: boolean })[] = [
    { code: 'restored_backup', count: 1, is: opened.restored !== null },
    { code: 'recent_changes_lost', count: 1, is: opened.recentChangesLost },
    { code: 'indexes_rebuilt', count: 1, is: opened.indexesRebuilt },
    { code: 'resumed_jobs', count: resumed, is: resumed > 0 },
  ];
  return happened.filter(({ is }) => is).map(({ code, count }) => ({ code, count }));
}
