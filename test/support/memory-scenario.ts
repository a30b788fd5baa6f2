import type { Language } from '../../src/shared/domain/language.ts';
import {
  sectionKinds,
  type Citation,
  type CoverageSource,
  type Section,
  type SectionKind,
  type SynopsisVersion,
} from '../../src/shared/domain/synopsis.ts';
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
    steps: ['coverage', 'segments', 'rank', ...sectionKinds.map(kind => `section:${kind}`), 'verify'].map((name, at) => ({
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
    events: ['enqueued', 'claimed', 'worker_lost', 'claimed', 'done'].map((type, at) => ({
      seq: at + 1,
      type,
      atMs: backend.now() - 21_000 + at * 3_000,
      detail: type === 'worker_lost' ? 'exit 137' : null,
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
  backend.tick(minute);
  backend.putMessages(backend.newMessage(main.id, 'assistant', '', { note: 'synopsis_ready', jobId: firstJob.id }));
  backend.tick(params.nowMs - backend.now());

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

  return { backend, texts, main, demo, empty, lecture, minutes, scan, stopped, first, firstJob, startSecond, fillJobs, fromLecture };
}

export type Scenario = ReturnType<typeof createScenario>;
