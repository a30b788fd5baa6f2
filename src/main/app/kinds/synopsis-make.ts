import { z } from 'zod';
import { hostCallSpecs } from '../../../shared/contract/worker/host-calls.ts';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { type JobId, sessionId, versionId, type SessionId, type Sha256 } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import {
  missingCitations,
  section,
  sectionKind,
  synopsisEngine,
  synopsisInstruction,
  type CoverageSource,
  type Section,
  type SectionKind,
  type SynopsisVersion,
} from '../../../shared/domain/synopsis.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import { EngineError } from '../../engine/engine-api.ts';
import { language } from '../../../shared/domain/language.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';
import { untilDocumentsAreRead } from '../documents-being-read.ts';
import { insertSynopsisWord } from '../insert-synopsis-word.ts';
import { mainLanguage, synopsisTitle } from '../synopsis-title.ts';
import type { Models } from '../models/models.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import { newId } from '../new-id.ts';
import { withOwnMessages } from './own-messages.ts';
import { pinnedSources, presentSources, type SourceSet } from './synopsis-sources.ts';

export const synopsisMakePayload = z.strictObject({
  sessionId,
  versionId,
  /** What the person asked for; null takes the language of the material, known once it has been read. */
  language: language.nullable(),
  /** Null for the model where there is one. */
  engine: synopsisEngine.nullable().default(null),
  /** Made by this job; the others are those of `basedOn`. Null makes every section of the plan. */
  only: z.array(sectionKind).min(1).nullable().default(null),
  /** What the person wants of the sections, in their own words; for the model. */
  instruction: synopsisInstruction.nullable().default(null),
  /** The version whose other sections are in this one from its start. */
  basedOn: versionId.nullable().default(null),
});
type Payload = z.output<typeof synopsisMakePayload>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Synopses being made at once; with one place left of its worker for an export, see `poolSettings`. */
export const synopsesAtOnce = 2;

/** The key under which a session has at most one synopsis being made. */
export function synopsisKey(session: SessionId): string {
  return `synopsis:${session}`;
}

export interface SynopsisMakeParams {
  /** The service whose model does what a role is for, as it is chosen now. */
  readonly serviceFor: (role: ModelRole) => string | null;
  readonly store: Store;
  /** Whether a document of the session is being read, or will be soon. */
  readonly isBeingRead: (session: SessionId) => boolean;
  /** A worker says that this stored text is damaged. */
  readonly lookAtSnapshot: (hash: Sha256) => Promise<void>;
  readonly models: Pick<Models, 'synopsisModels'>;
  readonly network: Pick<NetworkWaits, 'asks' | 'away' | 'over'>;
  /** In transaction: has the claims of a finished version looked at, in the background. */
  readonly beginAudit: (version: SynopsisVersion) => void;
  readonly now: () => number;
}

export function synopsisMake({
  serviceFor,
  store,
  isBeingRead,
  lookAtSnapshot,
  models,
  beginAudit,
  network,
  now,
}: SynopsisMakeParams): JobKind<Payload, TaskInput<'synopsis.make'>, TaskOutput<'synopsis.make'>> {
  const spec = taskSpecs['synopsis.make'];

  /** The material of a version that has no section yet; what is taken last before its first section is what it is made of. */
  async function takeSources({ sessionId: session, versionId: version, language: asked }: Payload): Promise<SourceSet> {
    if (isBeingRead(session)) throw untilDocumentsAreRead(session, isBeingRead, now());
    const set = await presentSources(store, session, now());
    const documents = store.documents.list(session);
    store.inTransaction(() => {
      // Asked for while its documents were being read, it did not yet know their titles and languages.
      const spoken = asked ?? mainLanguage(documents);
      const named = store.sessions.get(session)?.title ?? null;
      const title = synopsisTitle(named, documents, spoken ?? store.synopses.head(version)?.language ?? 'en');
      store.synopses.describe(version, { title, language: spoken });
      store.synopses.setCoverage(version, set.coverage);
    });
    return set;
  }

  /** Null for the built-in engine. What a model has begun, or was told to do, is not finished by other means behind the person's back. */
  function modelFor({ engine, instruction }: Payload, made: readonly Section[]): TaskInput<'synopsis.make'>['model'] {
    if (engine === 'builtin' && instruction === null) return null;
    if (engine === null && instruction === null && made.length > 0 && made.every(({ provenance }) => provenance.kind === 'extractive'))
      return null;
    const found = models.synopsisModels();
    if (found.length > 0) return { models: found, instruction };
    if (engine === null && instruction === null && made.length === 0) return null;
    throw new TaskFailure('no_model', 'No model is connected that could make this synopsis. Connect one and try again.', {
      retryable: false,
    });
  }

  /** Whom the job waits for when it has to wait: the model that the person has chosen. */
  function asking(id: JobId, model: TaskInput<'synopsis.make'>['model']): TaskInput<'synopsis.make'>['model'] {
    const chosen = model?.models[0];
    if (chosen !== undefined) network.asks(id, chosen.connection.providerId);
    return model;
  }

  /** Its text is kept, so what cites it still opens; but the person took it out of the chat and should not wonder. */
  function nameRemoved(line: CoverageSource): CoverageSource {
    const isGone = line.state === 'used' && line.source.kind === 'document' && store.documents.isRemoved(line.source.documentId);
    return isGone ? { ...line, reason: 'removed' } : line;
  }

  return {
    name: 'synopsis.make',
    worker: workerOfKind['synopsis.make'],
    payload: synopsisMakePayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    // One that waits for a model all day does not hold up one that the built-in engine makes in seconds.
    concurrency: synopsesAtOnce,
    provider: ({ engine }) => (engine === 'builtin' ? null : serviceFor('synopsis')),
    priority: 20,
    // A book in a hundred calls of a model on the person's own machine; each call, and ranking, has limits of its own.
    timeLimitMs: 6 * hourMs,
    // Every attempt goes on where the last one stopped, so a long synopsis may stumble more than once.
    retry: { delaysMs: [10_000, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      const { sessionId: session, versionId: version } = job.payload;
      const begun = store.synopses.open(session, version);
      if (begun === null) throw new Error(`Version ${version} is not in the database.`);
      // All sections of a version are made of one material: once there is one, it is the material that section was made
      // of, whatever was added to the chat or taken out of it since.
      const { made, taken } = partsOf(begun.sections, job.payload);
      const own = store.synopses.ownCoverage(version);
      const isPinned = made.length > 0 && own.some(line => line.state === 'used');
      const { sources, coverage } = isPinned ? pinnedSources(own, store) : await takeSources(job.payload);
      const head = store.synopses.open(session, version) ?? begun;
      return {
        title: head.title,
        detail: head.detail,
        template: head.template,
        language: head.language,
        sections: head.plannedSections.filter(kind => isMadeBy(job.payload, kind)),
        model: asking(job.id, modelFor(job.payload, made)),
        missingBefore: taken.reduce((sum, each) => sum + missingCitations(each), 0),
        sources,
        coverage,
        stagingDir: store.staging.folderOf(job.id),
      };
    },

    hostCall(job, name, input) {
      if (name !== 'network.away') return Promise.reject(new Error(`A synopsis asks for "${name}", which it may not.`));
      return Promise.reject(network.away(job.id, hostCallSpecs[name].input.parse(input).message));
    },

    async beforeDone(_job, output) {
      const damaged = output.coverage.filter(({ state, reason }) => state === 'failed' && reason === 'snapshot_damaged');
      for (const { snapshotHash } of damaged) if (snapshotHash !== null) await lookAtSnapshot(snapshotHash);
    },

    onStep(job, step) {
      const parsed = section.safeParse(step.output);
      if (parsed.success) store.synopses.addSection(job.payload.versionId, withOwnMessages(parsed.data, store, job.payload.sessionId));
    },

    onEnd(job, end) {
      network.over(job.id);
      const { versionId: version, sessionId: session } = job.payload;
      const atMs = now();
      store.synopses.finishVersion(
        version,
        end.state === 'done'
          ? {
              state: 'ready',
              coverage: end.output.coverage.map(nameRemoved),
              issues: end.output.issues,
              atMs,
              noteVersionId: newId(versionId),
            }
          : { state: end.state, atMs, noteVersionId: newId(versionId) },
      );
      for (const message of store.messages.ofJob(job.id)) {
        if (end.state === 'done') store.messages.update(message.id, { note: 'synopsis_ready', state: 'completed' }, atMs);
        else
          store.messages.update(message.id, { state: end.state === 'failed' ? 'failed' : 'stopped', error: end.error?.code ?? null }, atMs);
      }
      store.sessions.touch(session, atMs);
      const finished = end.state === 'done' ? store.synopses.open(session, version) : null;
      if (finished?.sections.some(({ provenance }) => provenance.kind === 'model') === true) beginAudit(finished);
      if (end.state !== 'cancelled') store.sessions.markUnread(session);
    },

    onRetry(job, superseded) {
      const { versionId: version } = job.payload;
      if (store.synopses.reopenVersion(version) === null && store.synopses.head(version)?.state !== 'making') {
        throw new EngineError('not_retryable', 'Another version of this synopsis is being made, or a newer one is ready.');
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
      // What it does not make itself is as it is now: since its parent was made, other sections may have been made anew.
      const basedOn = job.payload.basedOn === null ? null : (store.synopses.current(session)?.id ?? job.payload.basedOn);
      return {
        payload: { ...job.payload, versionId: version, language: parent.language, basedOn },
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
            coverage: store.synopses.ownCoverage(parent.id),
            requestKey: null,
            atMs,
            trigger: parent.trigger,
            basedOn,
            only: job.payload.only,
            instruction: parent.instruction,
          });
          const copied = new Set(steps.flatMap(step => sectionKindOf(step.name)));
          // What it takes over of an earlier version it has from its start.
          const isKept = ({ kind }: Section): boolean => copied.has(kind) || (job.payload.basedOn === null && !isMadeBy(job.payload, kind));
          for (const made of parent.sections.filter(isKept)) store.synopses.addSection(version, made);
          insertSynopsisWord(store, { sessionId: session, jobId: id, atMs });
        },
      };
    },
  };
}

function isMadeBy({ only }: Pick<Payload, 'only'>, kind: SectionKind): boolean {
  return only === null || only.includes(kind);
}

/** The sections that the job has made so far, and those that it took over. */
function partsOf(sections: readonly Section[], payload: Payload): { readonly made: Section[]; readonly taken: Section[] } {
  return {
    made: sections.filter(({ kind }) => isMadeBy(payload, kind)),
    taken: sections.filter(({ kind }) => !isMadeBy(payload, kind)),
  };
}

/** The section that a step makes, as a list of one or none. */
function sectionKindOf(step: string): SectionKind[] {
  const kind = sectionKind.safeParse(step.slice(step.indexOf(':') + 1));
  return kind.success ? [kind.data] : [];
}
