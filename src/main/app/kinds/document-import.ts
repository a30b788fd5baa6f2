import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hostCallSpecs, type HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { type StagedFile } from '../../../shared/contract/worker/task-values.ts';
import { documentErrorOf, type DocumentOrigin } from '../../../shared/domain/document.ts';
import { formatOfName, type DocumentFormat } from '../../../shared/domain/document-formats.ts';
import { documentId, type DocumentId, type JobId, type SessionId, type Sha256 } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import { pictureLimit } from '../../../shared/domain/picture-answer.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { EngineError } from '../../engine/engine-api.ts';
import type { JobEnd, JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';
import type { LookAtPicture } from '../look-at-picture.ts';
import type { Models } from '../models/models.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import { chatTitleFromDocuments } from '../synopsis-title.ts';

export const documentImportPayload = z.strictObject({ documentId });
type Payload = z.output<typeof documentImportPayload>;

const secondMs = 1_000;
/** One process each, and two cores are the smallest machine in use. Each may have a picture looked at; see `answersAtOnce`. */
export const readingsAtOnce = 2;
/** As `sessionView` bounds a title. */
const sessionTitleLimit = 200;

export interface DocumentImportParams {
  readonly store: Store;
  readonly allowedHosts: () => readonly string[];
  /** Reads a stored snapshot file and throws when its text does not have the hash. */
  readonly checkSnapshot: (query: {
    readonly artifact: Sha256;
    readonly snapshotHash: Sha256;
  }) => Promise<{ readonly charCount: number; readonly language: Language | null }>;
  /** In transaction: this text has just been stored, be it for the first time or anew. */
  readonly stored: (snapshot: Sha256) => void;
  readonly isBeingRead: (session: SessionId) => boolean;
  /** In transaction: the session's last document has been read, or will not be. */
  readonly allRead: (session: SessionId) => void;
  readonly models: Pick<Models, 'visionModel'>;
  readonly lookAtPicture: LookAtPicture;
  readonly network: Pick<NetworkWaits, 'asks' | 'away' | 'answeredTo' | 'over'>;
  readonly language: () => Language;
  readonly now: () => number;
}

/** Kinds of files with pictures that a model reads; what comes from an address or has no known ending may be one of them. */
const withPictures: ReadonlySet<DocumentFormat | null> = new Set(['pdf', 'image', null]);

/** The person has taken the model away since the reading began. */
const noModel: HostCallOutput<'picture.look'> = {
  outcome: 'failed',
  failure: { code: 'model_not_found', message: 'No model is chosen for images any more.', retryable: false, retryAfterMs: null },
  usage: { tokens: 0, moneyMinor: 0 },
};

/** The ending says how its text is read; a page is called by its title, which may end in anything. */
function nameOf(origin: Exclude<DocumentOrigin, { kind: 'url' }>): string {
  return origin.kind === 'page' ? `${origin.name}.${origin.text === 'markdown' ? 'md' : 'txt'}` : origin.name;
}

export function documentImport({
  store,
  allowedHosts,
  checkSnapshot,
  stored,
  isBeingRead,
  allRead,
  models,
  lookAtPicture,
  network,
  language,
  now,
}: DocumentImportParams): JobKind<Payload, TaskInput<'document.import'>, TaskOutput<'document.import'>> {
  const spec = taskSpecs['document.import'];
  /** Pictures that the attempt at a reading has asked about. */
  const shown = new Map<JobId, number>();

  /** What became of a document, in transaction. */
  function record(id: DocumentId, end: JobEnd<TaskOutput<'document.import'>>): void {
    if (end.state !== 'done') {
      const known = end.state === 'cancelled' || end.error === null ? null : documentErrorOf(end.error);
      store.documents.fail(id, known ?? { code: end.state === 'cancelled' ? 'cancelled' : 'internal', detail: null });
      return;
    }
    const { output } = end;
    const atMs = now();
    store.artifacts.insert({ sha256: output.snapshot.sha256, mediaType: 'application/json', byteCount: output.snapshot.byteCount, atMs });
    if (output.original !== null)
      store.artifacts.insert({
        sha256: output.original.sha256,
        mediaType: 'application/octet-stream',
        byteCount: output.original.byteCount,
        atMs,
      });
    store.snapshots.insert({
      hash: output.snapshotHash,
      artifact: output.snapshot.sha256,
      charCount: output.charCount,
      pageCount: output.pageCount,
      language: output.language,
      atMs,
    });
    store.documents.finish(id, {
      format: output.format,
      title: output.title,
      snapshotHash: output.snapshotHash,
      original: output.original?.sha256 ?? null,
      byteCount: output.byteCount,
      author: output.author,
      date: output.date,
      warnings: output.warnings,
    });
    stored(output.snapshotHash);
  }

  /** A chat that nobody named is known by what was first put into it. */
  function nameChat(id: DocumentId): void {
    const session = store.documents.get(id)?.sessionId;
    if (session === undefined || store.sessions.get(session)?.title !== null) return;
    const title = chatTitleFromDocuments(store.documents.list(session));
    if (title !== null) store.sessions.nameIfUnnamed(session, title.slice(0, sessionTitleLimit).toWellFormed());
  }

  /** The same text was stored before, in another file that is damaged now: the whole one takes its place. */
  async function replaceDamaged(hash: Sha256, whole: StagedFile): Promise<void> {
    const known = store.snapshots.get(hash);
    if (known === null || known.artifact === whole.sha256) return;
    const isDamaged = await checkSnapshot({ artifact: known.artifact, snapshotHash: hash }).then(
      () => false,
      (error: unknown) => error instanceof Error && 'code' in error && error.code === 'snapshot_damaged',
    );
    if (!isDamaged) return;
    store.inTransaction(() => {
      store.artifacts.insert({ sha256: whole.sha256, mediaType: 'application/json', byteCount: whole.byteCount, atMs: now() });
      store.snapshots.replaceArtifact(hash, whole.sha256);
    });
  }

  return {
    name: 'document.import',
    worker: workerOfKind['document.import'],
    payload: documentImportPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    concurrency: readingsAtOnce,
    // A synopsis waits for its documents, never the other way round.
    priority: 50,
    // A model on a slow machine takes half a minute for each of the pages that it is shown. The worker gives its own work less,
    // see `ownTimeLimitMs`, and one whose loop stands still is noticed by its heartbeat.
    timeLimitMs: 7_200 * secondMs,
    // Only a network is worth asking again, and a person is watching.
    retry: { delaysMs: [5 * secondMs, 30 * secondMs, 120 * secondMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      await Promise.resolve();
      const document = store.documents.get(job.payload.documentId);
      if (document === null) throw new Error(`Document ${job.payload.documentId} is not in the database.`);
      const staging = store.staging.folderOf(job.id);
      const { origin } = document;
      const mayHavePictures = origin.kind === 'url' || (origin.kind === 'file' && withPictures.has(formatOfName(origin.name)));
      // SECURITY: the worker opens foreign bytes; it is told that there is a model, and neither which nor its key.
      const vision = mayHavePictures ? models.visionModel() : null;
      if (vision !== null) network.asks(job.id, vision.connection.providerId);
      shown.delete(job.id);
      const common = { documentId: document.id, stagingDir: staging, canLook: vision !== null, language: language() };
      if (origin.kind === 'url') return { ...common, from: { kind: 'url', url: origin.url, allowedHosts: [...allowedHosts()] } };
      const original = store.documents.original(document.id);
      if (original === null) throw new Error(`Document ${document.id} has no stored original.`);
      return { ...common, from: { kind: 'file', path: store.artifacts.files.path(original), name: nameOf(origin) } };
    },

    async hostCall(job, name, input, signal) {
      if (name === 'network.away') throw network.away(job.id, hostCallSpecs[name].input.parse(input).message);
      if (name !== 'picture.look') throw new Error(`A reading asks for "${name}", which it may not.`);
      // SECURITY: a worker that foreign bytes have taken over spends no more than a long document does.
      const count = (shown.get(job.id) ?? 0) + 1;
      if (count > pictureLimit) throw new Error(`At most ${pictureLimit} pictures of one document are shown to a model.`);
      shown.set(job.id, count);
      const model = models.visionModel();
      if (model === null) return noModel;
      network.asks(job.id, model.connection.providerId);
      return await lookAtPicture(job.id, hostCallSpecs[name].input.parse(input), model, signal);
    },

    onStep(job, { name }) {
      if (name.startsWith('ask:')) network.answeredTo(job.id);
    },

    async beforeDone(job, output) {
      const staging = store.staging.folderOf(job.id);
      // A resumed job may come here a second time; what was adopted before is no longer staged.
      for (const staged of [output.snapshot, output.original]) {
        if (staged === null) continue;
        const path = join(staging, staged.name);
        if (!existsSync(path) && store.artifacts.files.isWhole(staged.sha256, staged.byteCount)) continue;
        await store.artifacts.files.adopt(path, staged);
      }
      // SECURITY: one snapshot stands for every document of the same text. A worker that claims another text's hash would
      // spoil all of them, so what it claims is compared with what it stored.
      const found = await checkSnapshot({ artifact: output.snapshot.sha256, snapshotHash: output.snapshotHash });
      if (found.charCount !== output.charCount || found.language !== output.language)
        throw new Error('The snapshot is not what its worker says of it.');
      await replaceDamaged(output.snapshotHash, output.snapshot);
    },

    onEnd(job, end) {
      network.over(job.id);
      shown.delete(job.id);
      record(job.payload.documentId, end);
      nameChat(job.payload.documentId);
      if (job.sessionId !== null && !isBeingRead(job.sessionId)) allRead(job.sessionId);
    },

    onRetry(job) {
      // Another job has read it since, or it was never ended by this one; a text that is there is not read over.
      if (store.documents.startAgain(job.payload.documentId, job.id) === null)
        throw new EngineError('not_retryable', 'This document needs no reading: it has been read by another task.');
    },
  };
}
