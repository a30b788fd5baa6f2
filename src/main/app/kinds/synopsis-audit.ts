import { z } from 'zod';
import { hostCallSpecs, taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { sessionId, versionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import type { Section, SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';
import type { Models } from '../models/models.ts';
import type { NetworkWaits } from '../models/network-waits.ts';

export const synopsisAuditPayload = z.strictObject({ sessionId, versionId });
type Payload = z.output<typeof synopsisAuditPayload>;

const minuteMs = 60_000;

type Claim = TaskInput<'synopsis.audit'>['claims'][number];

/** The claims of a version that a model has made. What the built-in engine made is the source's own words and proves itself. */
export function claimsOf({ sections }: Pick<SynopsisVersion, 'sections'>): Claim[] {
  return sections
    .filter(({ provenance }) => provenance.kind === 'model')
    .flatMap(section => section.items.map(item => claimOf(section.kind, item)));
}

function claimOf(section: Section['kind'], item: Section['items'][number]): Claim {
  const parts = [
    'term' in item ? item.term : null,
    'when' in item ? item.when : null,
    'figure' in item ? item.figure : null,
    item.text,
    'answer' in item ? item.answer : null,
    'who' in item ? item.who : null,
    'due' in item ? item.due : null,
  ];
  return {
    section,
    item: item.id,
    text: parts.filter(part => part !== null).join(' — '),
    quotes: item.citations.filter(({ support }) => support !== 'missing').map(({ quote }) => quote),
  };
}

export interface SynopsisAuditParams {
  readonly store: Store;
  readonly models: Pick<Models, 'synopsisModels'>;
  readonly network: Pick<NetworkWaits, 'asks' | 'away' | 'over'>;
  readonly now: () => number;
}

/** Looks over a finished version in the background: does each claim follow from its quotes? The version itself does not change. */
export function synopsisAudit({
  store,
  models,
  network,
  now,
}: SynopsisAuditParams): JobKind<Payload, TaskInput<'synopsis.audit'>, TaskOutput<'synopsis.audit'>> {
  const spec = taskSpecs['synopsis.audit'];
  return {
    name: 'synopsis.audit',
    worker: workerOfKind['synopsis.audit'],
    payload: synopsisAuditPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    concurrency: 1,
    // Nobody waits for it, and it may take the calls of a model from those who do.
    priority: 0,
    timeLimitMs: 120 * minuteMs,
    retry: { delaysMs: [10_000, minuteMs, 5 * minuteMs], jitter: 0.2 },
    recovery: 'resume',

    prepare({ id, payload }) {
      const version = store.synopses.open(payload.sessionId, payload.versionId);
      const found = models.synopsisModels();
      if (version === null) return Promise.reject(new Error(`Version ${payload.versionId} is not in the database.`));
      if (found.length === 0)
        return Promise.reject(new TaskFailure('no_model', 'No model is connected that could judge the claims.', { retryable: false }));
      const [chosen] = found;
      if (chosen !== undefined) network.asks(id, chosen.connection.providerId);
      return Promise.resolve({ language: version.language, models: found, claims: claimsOf(version) });
    },

    hostCall(job, name, input) {
      if (name !== 'network.away') return Promise.reject(new Error(`An audit asks for "${name}", which it may not.`));
      return Promise.reject(network.away(job.id, hostCallSpecs[name].input.parse(input).message));
    },

    onEnd(job, end) {
      network.over(job.id);
      if (end.state !== 'done') return;
      const { items, judge } = end.output;
      store.synopsisAudits.put({ versionId: job.payload.versionId, jobId: job.id, judge, items, atMs: now() });
    },
  };
}
