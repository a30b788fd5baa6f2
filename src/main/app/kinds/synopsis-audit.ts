import { z } from 'zod';
import { hostCallSpecs } from '../../../shared/contract/worker/host-calls.ts';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { sessionId, versionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import { itemKey } from '../../../shared/domain/synopsis-audit.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';
import type { Models } from '../models/models.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import { claimHash, claimsOf, claimsToJudge } from '../synopsis-claims.ts';

export const synopsisAuditPayload = z.strictObject({ sessionId, versionId });
type Payload = z.output<typeof synopsisAuditPayload>;

const minuteMs = 60_000;

export interface SynopsisAuditParams {
  /** The service whose model does what a role is for, as it is chosen now. */
  readonly serviceFor: (role: ModelRole) => string | null;
  readonly store: Store;
  readonly models: Pick<Models, 'synopsisModels'>;
  readonly network: Pick<NetworkWaits, 'asks' | 'away' | 'over'>;
  readonly now: () => number;
}

/** Looks over a finished version in the background: does each claim follow from its quotes? The version itself does not change. */
export function synopsisAudit({
  serviceFor,
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
    provider: () => serviceFor('synopsis'),
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
      const unjudged = claimsToJudge(version, store);
      // With nothing left to judge it was asked for by a person, who wants it all looked at again.
      return Promise.resolve({ language: version.language, models: found, claims: unjudged.length > 0 ? unjudged : claimsOf(version) });
    },

    hostCall(job, name, input) {
      if (name !== 'network.away') return Promise.reject(new Error(`An audit asks for "${name}", which it may not.`));
      return Promise.reject(network.away(job.id, hostCallSpecs[name].input.parse(input).message));
    },

    onEnd(job, end) {
      network.over(job.id);
      if (end.state !== 'done') return;
      const { items, judge } = end.output;
      const version = store.synopses.open(job.payload.sessionId, job.payload.versionId);
      if (version === null) return;
      const hashes = new Map(claimsOf(version).map(claim => [itemKey(claim.section, claim.item), claimHash(claim)]));
      const atMs = now();
      store.synopsisAudits.put(
        version.synopsisId,
        items.flatMap(({ section, item, verdict, foreignFigures }) => {
          const claim = hashes.get(itemKey(section, item));
          return claim === undefined ? [] : [{ claim, verdict, foreignFigures, judge, jobId: job.id, atMs }];
        }),
      );
    },
  };
}
