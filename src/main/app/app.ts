import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Status } from '../../shared/contract/app.ts';
import { jobId, scheduleId, type JobId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { createBudgetReleases } from '../engine/budget-releases.ts';
import { createBudgets } from '../engine/budgets.ts';
import { EngineError } from '../engine/engine-api.ts';
import { createEngine } from '../engine/engine.ts';
import { createSchedules } from '../engine/schedules.ts';
import { defaultLimits } from '../engine/limits.ts';
import { systemClock } from '../engine/system-clock.ts';
import { createDispatch } from '../ipc/dispatch.ts';
import { createEventHub } from '../ipc/event-hub.ts';
import { createJobRepository } from '../store/jobs/job-repository.ts';
import { createJobFacts } from '../store/jobs/job-facts.ts';
import { createJobViews } from '../store/jobs/job-views.ts';
import { createBudgetRepository } from '../store/budgets/budget-repository.ts';
import { createIsScheduled } from '../store/schedules/is-scheduled.ts';
import { createScheduleRepository } from '../store/schedules/schedule-repository.ts';
import { listBackups } from '../store/backups.ts';
import { openStore } from '../store/open-store.ts';
import { createAgentReach } from './agent-reach.ts';
import { openFolders } from './reach/open-folders.ts';
import { createBrowserDesk } from './browser/browser-desk.ts';
import { chosenBrowser, findBrowsers } from './browser/find-browsers.ts';
import { createLogins } from './browser/logins.ts';
import { createKeepPage } from './browser/keep-page.ts';
import { tidyBrowsers } from './browser/tidy-browsers.ts';
import { createBeginWork } from './agents/begin-work.ts';
import { createEarlierFiles } from './agents/earlier-files.ts';
import { createPartChanges } from './agents/part-changes.ts';
import { createAnswerTexts, keptEveryMs } from './answers/answer-texts.ts';
import { allCalls } from './all-calls.ts';
import type { App, AppOptions } from './app-api.ts';
import type { CallContext } from './calls/call-context.ts';
import { asExpected } from './calls/as-expected.ts';
import { autoExportsOf } from './calls/auto-export-calls.ts';
import { jobStreams } from './calls/job-streams.ts';
import { pauseAsBefore, rememberQueuePaused } from './queue-pause.ts';
import { scheduleViews } from './calls/schedule-calls.ts';
import { createChangeFeed } from './change-feed.ts';
import { createDamagedSnapshots } from './damaged-snapshots.ts';
import { watchClock } from './clock-watch.ts';
import { createGatherDiagnostics } from './diagnostics/gather-diagnostics.ts';
import { createDocumentsBeingRead } from './documents-being-read.ts';
import { followAutoExports } from './follow-auto-exports.ts';
import { followJobs } from './follow-jobs.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createJobBus, type JobBus } from './job-bus.ts';
import { createIdleWait } from './idle-wait.ts';
import { auditRequest } from './audit-request.ts';
import { claimsToJudge } from './synopsis-claims.ts';
import { tellAudits } from './audit-news.ts';
import { createJobKinds } from './job-kinds.ts';
import { createLookAtPicture } from './look-at-picture.ts';
import { isLiveJob } from './live-jobs.ts';
import { openLog } from './log.ts';
import { createLogMover } from './log-mover.ts';
import { createMetrics } from './metrics/open-metrics.ts';
import { createAnnouncer } from './notices/announcer.ts';
import { createNoticeDesk } from './notices/notice-desk.ts';
import { createOtherNoter } from './notices/note-others.ts';
import { createPageHost } from './notices/page-host.ts';
import { createWaitNoter } from './notices/note-waits.ts';
import { createMcpRegistry } from './mcp/mcp-servers.ts';
import { createNetworkWaits } from './models/network-waits.ts';
import { createModels, forgetOrphanedKeys } from './models/models.ts';
import { createAskWorker } from './models/worker-questions.ts';
import { createKeptOriginals } from './files/kept-originals.ts';
import { createOfferedFiles } from './files/offered-files.ts';
import { createOpenBundle } from './files/open-bundle.ts';
import { createMakeSynopsisFile } from './files/synopsis-file.ts';
import { createWorkerQuestion } from './worker-question.ts';
import { newId } from './new-id.ts';
import { noticesOf } from './opening-notices.ts';
import { createAskPerson } from './people/ask-person.ts';
import { keysOfReach } from './reach/web-search-key.ts';
import { createPassageIndexer } from './passage-indexer.ts';
import { createPassageEmbedder } from './search/passage-embedder.ts';
import { createMeaningLoader } from './search/meaning-loader.ts';
import { createQueryMeaning } from './search/query-meaning.ts';
import { createUpdateDesk } from './updates/update-desk.ts';
import { createStaleMark } from './stale-mark.ts';
import { startScheduledWork } from './schedule-work.ts';
import { spokenLanguage } from './spoken-language.ts';
import { withTrace } from './traced-log.ts';
import { createSendPerson } from './send-person.ts';
import { createWhatIsSeen } from './what-is-seen.ts';
import { createSparingRunner } from '../workers/sparing-runner.ts';
import { createWorkerProcesses } from './worker-processes.ts';

const dayMs = 86_400_000;
/** Of the job, as the tasks panel shows it. */
const embeddingTitles: Readonly<Record<Language, string>> = { ru: 'Поиск по смыслу', en: 'Search by meaning' };
/** Who wants what was there before a restore back notices within a month. */
const wayBackMs = 30 * dayMs;
/** How many are unread is counted at most so often; a person sees no difference. */
const noticesEveryMs = 100;
/** Changes of one frame of a 60 Hz screen go out together. */
const changesEveryMs = 16;

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
  /** The language of the browser that looks at the program, where that is its window. */
  let windowLocale: string | null = null;
  const language = (): Language => {
    const chosen = settings.get().language;
    if (chosen !== 'system') return chosen;
    return spokenLanguage(windowLocale ?? options.systemLocale);
  };

  const secrets = options.openSecrets(options.dataDir);
  const models = createModels({ providers: store.providers, secrets });
  const network = createNetworkWaits({ resumeInTransaction: id => engine.resumeInTransaction(id), now });
  const mcpRegistry = createMcpRegistry({ servers: store.mcpServers, secrets });
  // The state before a restore may know providers that this one does not, and the person may go back to it.
  const hasWayBack = listBackups(folder.backups).some(({ reason, takenAtMs }) => reason === 'restore' && now() - takenAtMs < wayBackMs);
  if (!hasWayBack)
    forgetOrphanedKeys({
      providers: store.providers,
      secrets,
      others: [
        ...keysOfReach(store.reach),
        ...store.mcpServers.list().map(({ id }) => id),
        ...store.browserLogins.list().map(({ id }) => id),
      ],
    });

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
    indexed: () => {
      embedder.wake();
    },
    report: (hash, error) => {
      if (hash !== null) damagedSnapshots.take(hash, error);
      log.error(
        { snapshot: hash, err: error },
        hash === null ? 'The search index could not be looked after.' : 'A stored text could not be put into the search index.',
      );
    },
  });
  const embedder = createPassageEmbedder({
    store,
    reader,
    models,
    engine: () => engine,
    title: () => embeddingTitles[language()],
    report: error => {
      log.warn({ err: error }, 'Search by meaning could not be looked after; the next change looks again.');
    },
  });
  const meaningLoader = createMeaningLoader({
    reader,
    models,
    report: error => {
      log.warn({ err: error }, 'The index by meaning could not be read into memory; the next search tries again.');
    },
  });
  const meaningOf = createQueryMeaning({
    store,
    models,
    ask: () => askWorker,
    budgets: () => budgets,
    loader: meaningLoader,
    report: error => {
      log.warn({ err: error }, 'A question could not be put into numbers; it was searched for by its words.');
    },
  });
  const damagedSnapshots = createDamagedSnapshots({ store, reader, changes: () => changes });
  const logMover = createLogMover(reader, error => {
    log.warn({ err: error }, 'The log of the database could not be moved; it is tried again.');
  });
  const isBeingRead = createDocumentsBeingRead({ store, jobViews, now });

  const supervisor = createWorkerProcesses(options, (level, fields, message) => {
    log[level](traced(fields), message);
  });
  const sparing = createSparingRunner(supervisor);
  /** Titles of damaged documents that a search left out, by the job that searched. */
  const leftOut = new Map<JobId, Set<string>>();
  const budgets = createBudgets({
    store: createBudgetRepository(connection),
    clock: systemClock,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const answers = createAnswerTexts({
    store,
    events,
    changes: () => changes,
    now,
    later: work => {
      setTimeout(work, keptEveryMs);
    },
    report: error => {
      log.warn({ err: error }, 'What has been written of an answer could not be stored yet; it is tried again.');
    },
  });
  const browserChanged = (id: JobId) => {
    events.publish('browser.changed', { jobId: id });
  };
  const desk = createBrowserDesk(browserChanged);
  const isLive = isLiveJob(jobs);
  const logins = createLogins({
    logins: store.browserLogins,
    secrets,
    isLive,
    resumeInTransaction: id => engine.resumeInTransaction(id),
    changed: () => {
      events.publish('logins.changed', {});
    },
    now,
  });
  const browsersTidied =
    options.works === false
      ? Promise.resolve()
      : tidyBrowsers(folder.browsers, id => {
          if (isLive(id)) return logins.has(id) ? 'has_login' : 'live';
          return jobViews.view(id) === null ? 'unknown' : 'over';
        }).catch((error: unknown) => {
          log.warn({ err: error }, 'What browsers of an earlier run left could not be removed; the next start tries again.');
        });
  const engine = createEngine({
    store: jobs,
    budgets,
    runner: options.works === false ? { ...supervisor, capacity: () => 0 } : sparing.runner,
    kinds: createJobKinds({
      store,
      reader,
      indexer,
      damagedSnapshots,
      isBeingRead,
      allRead: session => {
        engine.resumeWaitingInTransaction('children', session);
      },
      allowedHosts: () => settings.get().allowedHosts,
      language,
      askPerson: createAskPerson({
        store,
        now,
        asked: id => {
          changes.approvals(id);
        },
      }),
      leftOut,
      models,
      lookAtPicture: createLookAtPicture(
        () => ask,
        (id, usage) => store.inTransaction(() => budgets.chargeEnded(id, usage)),
      ),
      meaningOf,
      wishes: () => settings.get().wishes,
      reachOf: createAgentReach({
        allowedHosts: () => settings.get().allowedHosts,
        dataDir: options.dataDir,
        reach: store.reach,
        secrets,
        mcp: mcpRegistry,
      }),
      answers,
      beginWork: createBeginWork({ context: () => context, schedules: () => schedules, findBrowsers }),
      beginAudit: version => {
        if (claimsToJudge(version, store).length === 0) return;
        try {
          engine.enqueueInTransaction(auditRequest(version, models));
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== 'queue_full') throw error;
          // A full queue takes nothing away from the synopsis; an audit can be asked for later.
          log.warn({ err: error }, 'The claims of a synopsis are not looked at now.');
        }
      },
      partChanges: createPartChanges(() => engine),
      earlierFiles: createEarlierFiles({ store, now }),
      network,
      browser: {
        desk,
        logins,
        browserPath: async () => chosenBrowser(await findBrowsers(), settings.get().browserPath),
        count: () => settings.get().browserCount,
        keepPage: createKeepPage(() => context),
        tidied: browsersTidied,
        folder: folder.browsers,
        openFolders: () => openFolders(store.reach, options.dataDir),
        changed: browserChanged,
      },
      isScheduled: createIsScheduled(connection),
      now,
    }),
    clock: systemClock,
    ids: { jobId: () => newId(jobId), leaseToken: randomUUID, traceId: () => randomUUID().replaceAll('-', '') },
    random: Math.random,
    log: (level, message, fields) => {
      log[level](traced(fields), message);
    },
    limits: defaultLimits,
  });
  const releases = createBudgetReleases({
    store: jobs,
    budgets,
    engine,
    clock: systemClock,
    limits: defaultLimits,
    log: (level, message, fields) => {
      log[level](traced(fields), message);
    },
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
    startJob: (schedule, run) => startScheduledWork({ store, jobViews, engine, language, now, models }, schedule, run),
    changed: () => {
      const views = scheduleViews(schedules);
      events.publish('schedules.changed', { schedules: views });
      others.schedules(views);
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
      fullKinds: [...engine.fullKinds()],
      workers: engine.health().map(health => ({ ...health })),
      storage: engine.storage(),
    };
  };
  const staleMark = createStaleMark({
    store,
    reader,
    changed: version => {
      changes.synopsis(version);
    },
    report: error => {
      log.warn({ err: error }, 'It could not be found out whether a synopsis is behind its chat; the next change looks again.');
    },
  });
  const changes = createChangeFeed({
    store,
    jobViews,
    events,
    asShown: answers.asShown,
    status,
    now,
    materialChanged: staleMark.look,
    later: work => {
      setTimeout(work, changesEveryMs);
    },
    report: error => {
      log.error({ err: error }, 'A change could not be told to the windows.');
    },
  });
  const notices = createNoticeDesk({
    notices: store.notices,
    events,
    now,
    later: work => {
      setTimeout(work, noticesEveryMs);
    },
    report: error => {
      log.error({ err: error }, 'The notification centre could not be told to the windows.');
    },
  });
  const announcer = createAnnouncer({
    store,
    host: options.host === 'headless' ? createPageHost(events, seen) : null,
    settings: settings.get,
    language,
    isSeen: seen.isSeen,
    changed: notices.changed,
    now,
    report: error => {
      log.warn({ err: error }, 'A notification could not be shown; the notification centre has it.');
    },
    later: systemClock.setTimer,
  });
  events.subscribe(({ route }) => {
    if (route === 'settings.changed') announcer.look();
  });
  const waits = createWaitNoter({ store, jobViews, now });
  const others = createOtherNoter({
    store,
    keptMs: () => settings.get().jobHistoryDays * dayMs,
    noted: announcer.flush,
    now,
    report: error => {
      log.warn({ err: error }, 'A schedule or a new version could not be put into the notification centre.');
    },
  });
  tellAudits({ bus, jobViews, events });
  followJobs({
    bus,
    engine,
    store,
    jobViews,
    isBeingRead,
    changes,
    indexer,
    embedder,
    logMover,
    announcer,
    waits,
    answers,
    leftOut,
    seen,
    now,
    log,
  });

  const tidied = store.staging.clean(isLiveJob(jobs)).catch((error: unknown) => {
    log.warn({ err: error }, 'What an earlier run left in its working folder could not be removed; the next start tries again.');
  });
  // What was queued when the backup was made may have been done since, outside too: the person says when it goes on.
  if (opened.wanted?.ok === true) rememberQueuePaused(store, now());
  pauseAsBefore({ store, engine });
  // What an earlier run was writing is on its way again.
  if (options.works !== false) store.messages.noneStreaming();
  const { resumed } = engine.start();
  waits.catchUp();
  // After the recovery: what it put back into the queue is what a planned time would overlap with.
  // A program that only looks starts nothing.
  if (options.works !== false) {
    schedules.start();
    releases.start();
    // What a kill left untold, and what the schedules have just found to be missed.
    announcer.flush();
  }
  indexer.wake();
  if (options.works !== false) {
    embedder.wake();
    void meaningLoader.load();
  }
  const clockWatch = watchClock(systemClock, byMs => {
    log.info({ byMs: Math.round(byMs) }, 'The machine has slept, or its clock was set: what is due is looked at again.');
    engine.wake();
    schedules.clockJumped();
    announcer.look();
  });
  const updates = createUpdateDesk({
    source: options.updates,
    isWanted: () => settings.get().lookForUpdates,
    runningTasks: () => status().running,
    changed: state => {
      events.publish('updates.changed', { update: state });
      others.update(state);
    },
    now,
    later(afterMs, work) {
      const timer = setTimeout(work, afterMs);
      return () => {
        clearTimeout(timer);
      };
    },
    report: error => {
      log.warn({ err: error }, 'A newer version of the program could not be looked for or downloaded.');
    },
  });
  const stopHousekeeping = startHousekeeping({ store, jobs, connection, reader, settings: settings.get, backup, log, now });

  let closing: Promise<void> | null = null;
  let isHurried = false;
  const offers = createOfferedFiles();
  const sendPerson = createSendPerson(events, seen.hasWindow);
  const context: CallContext = {
    store,
    reader,
    jobViews,
    engine,
    bus,
    events,
    changes,
    settings,
    models,
    answers,
    samplesDir: join(options.resourcesDir, 'samples'),
    language,
    chooseFile: options.chooseFile ?? null,
    chooseFolder: options.chooseFolder ?? null,
    offers,
    now,
  };
  const autoExports =
    options.works === false
      ? null
      : followAutoExports({
          store,
          engine,
          events,
          bus,
          jobViews,
          changed: () => {
            events.publish('autoExports.changed', autoExportsOf(context));
          },
          now,
          report: error => {
            log.warn({ err: error }, 'A folder could not be brought up to date now; the next finished synopsis tries again.');
          },
        });
  const ask = createWorkerQuestion(supervisor);
  const askWorker = createAskWorker(ask);
  const originals = createKeptOriginals(store);
  const dispatch = createDispatch({
    calls: allCalls({
      context,
      options,
      windowOpened: locale => {
        if (options.host === 'headless') windowLocale = locale;
      },
      status,
      seen,
      notices,
      announcer,
      openingNotices: noticesOf(opened, resumed),
      sendPerson,
      damagedSnapshots,
      originals,
      budgets,
      releases,
      schedules,
      search: { meaningOf, embedder },
      connection,
      mcp: { registry: mcpRegistry, secrets, ask: askWorker },
      providers: {
        network,
        budgets,
        models,
        secrets,
        ask: askWorker,
        chosen: () => {
          embedder.wake();
          void meaningLoader.load();
        },
        ...(options.localPrograms === undefined ? {} : { localPrograms: options.localPrograms }),
      },
      reach: { secrets, ask: askWorker, dataDir: options.dataDir },
      browser: { desk, findBrowsers, logins },
      files: readTrace => ({
        makeFile: createMakeSynopsisFile({
          store,
          reader,
          ask,
          offers,
          printPage: options.printPage,
          traceOf: ({ jobId: id }) => (id === null ? null : readTrace(id)),
          programVersion: options.version,
          now,
        }),
        offers,
        openBundle: createOpenBundle({ store, ask, checkSnapshot: query => reader.checkSnapshot(query), language, now }),
        stored: hashes => {
          for (const hash of hashes) indexer.again(hash);
        },
      }),
      health: metrics.health,
      backups: { folder, backup, restart: options.restart ?? null },
      gatherDiagnostics: createGatherDiagnostics({
        version: options.version,
        host: options.host,
        systemLocale: options.systemLocale,
        dataDir: options.dataDir,
        settings: settings.get,
        health: metrics.health,
        opened: { folder, reader, report: opened },
        now,
      }),
      updates,
    }),
    streams: jobStreams(context),
    reportUnexpected: ({ route, correlationId, error }) => {
      log.error({ route, correlationId, err: error }, 'A call failed in a way its route does not declare.');
    },
    translate: asExpected,
    isClosing: () => closing !== null,
  });

  async function closeAll(): Promise<void> {
    stopHousekeeping();
    updates.stop();
    clockWatch.stop();
    schedules.stop();
    releases.stop();
    offers.closeAll();
    autoExports?.stop();
    await engine.stop();
    metrics.close();
    bus.close();
    answers.close();
    changes.close();
    announcer.close();
    notices.close();
    await staleMark.close();
    await indexer.close();
    await embedder.close();
    await meaningLoader.close();
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
      void dispatch.call('app.setPaused', { paused }, { channelId: 'host', kind: 'host', signal: new AbortController().signal });
    },
    changeSettings(changes) {
      void dispatch.call('settings.set', changes, { channelId: 'host', kind: 'host', signal: new AbortController().signal });
    },
    offers: { at: urlPath => offers.at(urlPath) ?? originals.at(urlPath) },
    openApprovals: () => store.approvals.open(now()),
    answerApproval(id, answer) {
      void dispatch.call(
        'approvals.answer',
        { requestKey: randomUUID(), approvalId: id, ...answer },
        { channelId: 'host', kind: 'host', signal: new AbortController().signal },
      );
    },
    goTo: sendPerson.to,
    setShow(host) {
      announcer.setShow(host);
    },
    updates,
    wake() {
      if (closing !== null) return;
      log.info('The system says that the machine has woken up.');
      // Whatever the clocks say: some systems tell of a wake-up before they have set them.
      engine.wake();
      schedules.clockJumped();
      clockWatch.look();
    },
    setOnBattery(isOnBattery) {
      if (sparing.set(isOnBattery))
        log.info(
          isOnBattery
            ? 'The machine runs on its battery, so less is done at the same time.'
            : 'The machine runs on mains power, so all of its places are used again.',
        );
    },
    whenIdle: createIdleWait({ engine, status, hasWindow: seen.hasWindow, now }),
    close({ quickly } = { quickly: false }) {
      isHurried ||= quickly;
      closing ??= closeAll();
      return closing;
    },
  };
}
