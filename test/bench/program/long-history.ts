import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { claimFirst } from '../../support/claim-first.ts';
import {
  noticeId,
  documentId,
  jobId,
  messageId,
  sessionId,
  synopsisId,
  versionId,
  type JobId,
  type SessionId,
} from '../../../src/shared/domain/ids.ts';
import type { JobKindName } from '../../../src/shared/domain/job.ts';
import { plannedSections } from '../../../src/shared/domain/section-plan.ts';
import type { CoverageSource, Section } from '../../../src/shared/domain/synopsis.ts';
import { newId } from '../../../src/main/app/new-id.ts';
import type { JobStore } from '../../../src/main/engine/job-store.ts';
import { indexSnapshot } from '../../../src/main/store/index-snapshot.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import type { Store } from '../../../src/main/store/store.ts';
import { makeSection } from '../../../src/workers/extractive/make-section.ts';
import { prepareSources } from '../../../src/workers/extractive/prepare-sources.ts';
import { addSnapshot } from '../../integration/store/store-fixture.ts';
import { plainSource } from '../quality/plain-source.ts';
import { readSet } from '../quality/read-set.ts';
import { newJob } from '../../support/new-job.ts';

const readerEntry = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'store', 'reader-thread.ts'));

/** A chat a quarter of an hour apart makes a thousand of them ten days of history: within what is kept by default. */
const chatEveryMs = 15 * 60_000;
/** Chats of one transaction. */
const chatsPerCommit = 50;

interface Material {
  readonly title: string;
  readonly language: 'ru' | 'en';
  readonly snapshotHash: CoverageSource['snapshotHash'] & string;
  readonly charCount: number;
  readonly sections: readonly Section[];
}

export interface HistorySize {
  readonly finishedJobs: number;
  /** One chat each, with a document, its questions and their answers. */
  readonly synopses: number;
}

/** Fills a new data folder through the repositories, as a long-time user's is filled, and closes it in order. */
export async function writeLongHistory(dataDir: string, size: HistorySize): Promise<void> {
  const opened = openStore({ root: dataDir, readerEntry, nowMs: () => Date.now() });
  try {
    const { store, connection } = opened;
    const jobs = createJobRepository(connection);
    const materials: Material[] = [];
    for (const half of ['dev', 'test'] as const) {
      for (const text of readSet(half)) {
        const material = await storeMaterial(store, text.name, text.text, text.language);
        await indexSnapshot({ snapshots: store.snapshots, passages: store.passages, reader: opened.reader }, material.snapshotHash);
        materials.push(material);
      }
    }
    // A document and a synopsis take a job each; the rest are answers, spread evenly.
    const answers = (size.finishedJobs - 2 * size.synopses) / size.synopses;
    const firstAtMs = Date.now() - size.synopses * chatEveryMs;
    for (let from = 0; from < size.synopses; from += chatsPerCommit) {
      store.inTransaction(() => {
        for (let n = from; n < Math.min(size.synopses, from + chatsPerCommit); n += 1) {
          const material = materials[n % materials.length];
          if (material !== undefined) writeChat(store, jobs, material, n, firstAtMs + n * chatEveryMs, answers);
        }
      });
    }
  } finally {
    await opened.close();
  }
}

async function storeMaterial(store: Store, title: string, text: string, language: 'ru' | 'en'): Promise<Material> {
  const source = plainSource(title, text);
  await addSnapshot(store, source.snapshot);
  const prepared = prepareSources([source], language);
  const sections = plannedSections('article', 'full').map(kind => makeSection(kind, prepared, { detail: 'full' }));
  return { title, language, snapshotHash: source.snapshot.hash, charCount: source.snapshot.text.length, sections };
}

function writeChat(store: Store, jobs: JobStore, material: Material, n: number, atMs: number, answers: number): void {
  const title = `${material.title} ${n + 1}`;
  const { id: session } = store.sessions.insert({ id: newId(sessionId), title, demoLanguage: null, requestKey: null, atMs }).session;
  const say = (role: 'person' | 'assistant', text: string, note: 'synopsis_ready' | null, job: JobId | null): void => {
    store.messages.insert({
      id: newId(messageId),
      sessionId: session,
      role,
      state: 'completed',
      text,
      note,
      jobId: job,
      documentIds: [],
      replyTo: null,
      requestKey: null,
      atMs,
    });
  };

  const importJob = finishedJob(jobs, 'document.import', session, title, atMs);
  const { document } = store.documents.insert({
    id: newId(documentId),
    sessionId: session,
    title,
    origin: { kind: 'text', name: title },
    original: null,
    byteCount: material.charCount,
    jobId: importJob,
    requestKey: null,
    atMs,
  });
  store.documents.finish(document.id, {
    format: 'text',
    title: null,
    snapshotHash: material.snapshotHash,
    original: null,
    byteCount: material.charCount,
    warnings: [],
  });

  for (let answer = 0; answer < answers; answer += 1) {
    say('person', `Вопрос ${answer + 1}: что сказано в «${title}» о сроках и цифрах?`, null, null);
    say(
      'assistant',
      `Ответ ${answer + 1}. ${material.sections[0]?.items[0]?.text ?? ''}`,
      null,
      finishedJob(jobs, 'chat.answer', session, title, atMs),
    );
  }

  const makeJob = finishedJob(jobs, 'synopsis.make', session, title, atMs);
  const coverage: CoverageSource = {
    source: { kind: 'document', documentId: document.id },
    title,
    snapshotHash: material.snapshotHash,
    state: 'used',
    reason: null,
    charCount: material.charCount,
    pageCount: null,
    pagesRead: null,
    warnings: [],
  };
  const version = store.synopses.startVersion({
    versionId: newId(versionId),
    synopsisId: newId(synopsisId),
    sessionId: session,
    jobId: makeJob,
    title,
    detail: 'full',
    language: material.language,
    template: 'article',
    plannedSections: material.sections.map(({ kind }) => kind),
    coverage: [coverage],
    requestKey: null,
    atMs,
  });
  for (const section of material.sections) store.synopses.addSection(version.id, section);
  store.synopses.finishVersion(version.id, { state: 'ready', coverage: [coverage], issues: [], atMs });
  say('assistant', '', 'synopsis_ready', makeJob);
  const notice = newId(noticeId);
  store.notices.insert({
    id: notice,
    uniqueKey: `job:${makeJob}:1:done`,
    event: 'synopsis_ready',
    jobId: makeJob,
    approvalId: null,
    subject: null,
    sessionId: session,
    atMs,
  });
  store.notices.tell(notice, 'shown');
}

/** The only queued job at that moment, so that the claim takes it. */
function finishedJob(jobs: JobStore, kind: JobKindName, session: SessionId, title: string, nowMs: number): JobId {
  const id = newId(jobId);
  jobs.insert([
    newJob(id, {
      kind,
      payload: JSON.stringify({ sessionId: session }),
      sessionId: session,
      title,
      dueAtMs: nowMs,
      maxAttempts: 3,
      traceId: id.replaceAll('-', ''),
      nowMs,
    }),
  ]);
  const claimed = claimFirst(jobs, [kind], id, nowMs, 30_000);
  if (claimed?.id !== id || !jobs.finish([{ lease: { jobId: id, leaseToken: id }, issues: [] }], nowMs))
    throw new Error(`Job ${id} could not be finished.`);
  return id;
}
