import { z } from 'zod';
import { taskSpecs, type SnapshotInput, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { deliveryId, messageId, sessionId, versionId, type SessionId } from '../../../shared/domain/ids.ts';
import { section, sectionKind, type CoverageSource, type SectionKind } from '../../../shared/domain/synopsis.ts';
import type { DocumentView } from '../../../shared/domain/document.ts';
import { EngineError } from '../../engine/engine-api.ts';
import { language } from '../../../shared/domain/language.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import { ParkJob } from '../../engine/park-job.ts';
import type { Store } from '../../store/store.ts';
import { chatSnapshot } from '../chat-snapshot.ts';
import { longestPauseMs } from '../documents-being-read.ts';
import { mainLanguage, synopsisTitle } from '../synopsis-title.ts';
import { newId } from '../new-id.ts';

export const synopsisMakePayload = z.strictObject({
  sessionId,
  versionId,
  /** What the person asked for; null takes the language of the material, known once it has been read. */
  language: language.nullable(),
});
type Payload = z.output<typeof synopsisMakePayload>;

const minuteMs = 60_000;

/** The key under which a session has at most one synopsis being made. */
export function synopsisKey(session: SessionId): string {
  return `synopsis:${session}`;
}

export interface SynopsisMakeParams {
  readonly store: Store;
  /** Whether a document of the session is being read, or will be soon. */
  readonly isBeingRead: (session: SessionId) => boolean;
  readonly now: () => number;
}

export function synopsisMake({
  store,
  isBeingRead,
  now,
}: SynopsisMakeParams): JobKind<Payload, TaskInput<'synopsis.make'>, TaskOutput<'synopsis.make'>> {
  const spec = taskSpecs['synopsis.make'];

  async function chatSource(session: SessionId, title: string | null): Promise<SnapshotInput | null> {
    const snapshot = chatSnapshot(store.messages.all(session), title);
    if (snapshot === null) return null;
    const stored = store.snapshots.get(snapshot.hash);
    if (stored === null) {
      const bytes = new TextEncoder().encode(JSON.stringify(snapshot));
      const file = await store.artifacts.files.put(bytes);
      store.inTransaction(() => {
        const atMs = now();
        store.artifacts.insert({ ...file, mediaType: 'application/json', atMs });
        store.snapshots.insert({
          hash: snapshot.hash,
          artifact: file.sha256,
          charCount: snapshot.text.length,
          pageCount: null,
          language: null,
          atMs,
        });
        store.sessions.setChatSnapshot(session, snapshot.hash);
      });
      return { source: { kind: 'chat' }, title: title ?? '', snapshotHash: snapshot.hash, path: store.artifacts.files.path(file.sha256) };
    }
    store.inTransaction(() => {
      store.sessions.setChatSnapshot(session, snapshot.hash);
    });
    return { source: { kind: 'chat' }, title: title ?? '', snapshotHash: snapshot.hash, path: store.artifacts.files.path(stored.artifact) };
  }

  return {
    name: 'synopsis.make',
    worker: 'synopsis',
    payload: synopsisMakePayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    concurrency: 2,
    priority: 20,
    // 40 MB of text, the most a source may hold, is ranked in under two minutes; the rest is room for slow machines.
    timeLimitMs: 30 * minuteMs,
    retry: { delaysMs: [10_000, minuteMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      const { sessionId: session, versionId: version } = job.payload;
      // A place among the running ones is not held while documents are being read; the end of the last one
      // resumes this job. One that was put off for long, or whose end could not be recorded, is noticed by looking again.
      if (isBeingRead(session)) {
        throw new ParkJob({ reason: 'children', expiresAtMs: now() + longestPauseMs, isOver: () => !isBeingRead(session) });
      }
      const documents = store.documents.list(session);
      // Asked for while its documents were being read, it did not yet know their titles and languages.
      const title = synopsisTitle(store.sessions.get(session)?.title ?? null, documents);
      store.synopses.describe(version, { title, language: job.payload.language ?? mainLanguage(documents) });
      const head = store.synopses.open(session, version);
      if (head === null) throw new Error(`Version ${version} is not in the database.`);
      const { sources, coverage } = documentSources(documents, store);
      const chat = await chatSource(session, store.sessions.get(session)?.title ?? null);
      if (chat !== null) {
        sources.push(chat);
        const charCount = store.snapshots.get(chat.snapshotHash)?.charCount ?? 0;
        coverage.push({
          source: chat.source,
          title: chat.title,
          snapshotHash: chat.snapshotHash,
          state: 'used',
          reason: null,
          charCount,
          pageCount: null,
          pagesRead: null,
          warnings: [],
        });
      }
      return {
        title: head.title,
        detail: head.detail,
        template: head.template,
        language: head.language,
        sections: head.plannedSections,
        sources,
        coverage,
        stagingDir: store.staging.folderOf(job.id),
      };
    },

    onStep(job, step) {
      const parsed = section.safeParse(step.output);
      if (parsed.success) store.synopses.addSection(job.payload.versionId, parsed.data);
    },

    onEnd(job, end) {
      const { versionId: version, sessionId: session } = job.payload;
      const atMs = now();
      store.synopses.finishVersion(
        version,
        end.state === 'done'
          ? { state: 'ready', coverage: end.output.coverage, issues: end.output.issues, atMs }
          : { state: end.state, atMs },
      );
      for (const message of store.messages.ofJob(job.id)) {
        if (end.state === 'done') store.messages.update(message.id, { note: 'synopsis_ready', state: 'completed' }, atMs);
        else
          store.messages.update(message.id, { state: end.state === 'failed' ? 'failed' : 'stopped', error: end.error?.code ?? null }, atMs);
      }
      store.sessions.touch(session, atMs);
      if (end.state === 'cancelled') return;
      store.sessions.markUnread(session);
      store.deliveries.insert({
        id: newId(deliveryId),
        uniqueKey: `job:${job.id}:${job.attempt}:${end.state}`,
        kind: `job.${end.state}`,
        jobId: job.id,
        createdAtMs: atMs,
      });
    },

    onRetry(job, superseded) {
      const { versionId: version } = job.payload;
      if (store.synopses.reopenVersion(version) === null && store.synopses.head(version)?.state !== 'making') {
        throw new EngineError('not_retryable', 'Another version of this synopsis is being made.');
      }
      store.synopses.removeSections(version, superseded.flatMap(sectionKindOf));
      for (const message of store.messages.ofJob(job.id))
        store.messages.update(message.id, { note: 'synopsis_started', state: 'pending', error: null }, now());
    },

    /** A new version of the synopsis that begins with sections of an earlier one. */
    fork(job) {
      const { sessionId: session } = job.payload;
      const parent = store.synopses.open(session, job.payload.versionId);
      if (parent === null) throw new EngineError('not_forkable', `Version ${job.payload.versionId} is no longer there.`);
      if (store.synopses.making(session) !== null)
        throw new EngineError('already_running', 'Another version of this synopsis is being made.');
      const version = newId(versionId);
      return {
        payload: { sessionId: session, versionId: version, language: parent.language },
        onInserted({ id, steps }) {
          const atMs = now();
          store.synopses.startVersion({
            versionId: version,
            synopsisId: parent.synopsisId,
            sessionId: session,
            jobId: id,
            title: parent.title,
            detail: parent.detail,
            language: parent.language,
            template: parent.template,
            plannedSections: parent.plannedSections,
            coverage: parent.coverage,
            requestKey: null,
            atMs,
          });
          const copied = new Set(steps.flatMap(step => sectionKindOf(step.name)));
          for (const made of parent.sections) if (copied.has(made.kind)) store.synopses.addSection(version, made);
          store.messages.insert({
            id: newId(messageId),
            sessionId: session,
            role: 'assistant',
            state: 'pending',
            text: '',
            note: 'synopsis_started',
            documentIds: [],
            replyTo: null,
            requestKey: null,
            jobId: id,
            atMs,
          });
          store.sessions.touch(session, atMs);
        },
      };
    },
  };
}

/** The section that a step makes, as a list of one or none. */
function sectionKindOf(step: string): SectionKind[] {
  const kind = sectionKind.safeParse(step.slice(step.indexOf(':') + 1));
  return kind.success ? [kind.data] : [];
}

/** What a worker reads, and the coverage line of every document, read or not. The same text twice is read once. */
export function documentSources(
  documents: readonly DocumentView[],
  store: Pick<Store, 'snapshots' | 'artifacts'>,
): { readonly sources: SnapshotInput[]; readonly coverage: CoverageSource[] } {
  const sources: SnapshotInput[] = [];
  const coverage: CoverageSource[] = [];
  for (const document of documents) {
    const base = {
      source: { kind: 'document' as const, documentId: document.id },
      title: document.title,
      snapshotHash: document.snapshotHash,
      charCount: document.charCount ?? 0,
      pageCount: document.pageCount,
      warnings: document.warnings,
    };
    const stored = document.snapshotHash === null ? null : store.snapshots.get(document.snapshotHash);
    if (document.state !== 'ready' || document.snapshotHash === null || stored === null) {
      coverage.push({ ...base, state: 'failed', reason: document.error?.code ?? 'not_ready', pagesRead: null });
      continue;
    }
    if (sources.some(source => source.snapshotHash === document.snapshotHash)) {
      coverage.push({ ...base, state: 'skipped', reason: 'duplicate', pagesRead: null });
      continue;
    }
    const unread = document.warnings
      .filter(warning => warning.code === 'pages_need_ocr' || warning.code === 'pages_failed')
      .reduce((sum, warning) => sum + (warning.count ?? 0), 0);
    coverage.push({
      ...base,
      state: 'used',
      reason: null,
      pagesRead: document.pageCount === null ? null : Math.max(0, document.pageCount - unread),
    });
    sources.push({
      source: base.source,
      title: document.title,
      snapshotHash: document.snapshotHash,
      path: store.artifacts.files.path(stored.artifact),
    });
  }
  return { sources, coverage };
}
