import type { SynopsisVersion } from '../../shared/domain/synopsis.ts';
import { providerOf } from './agents/background-work.ts';
import type { Models } from './models/models.ts';

/** The job that audits a version. */
export function auditRequest(
  { id, sessionId, title }: Pick<SynopsisVersion, 'id' | 'sessionId' | 'title'>,
  models: Pick<Models, 'choiceFor'>,
) {
  return {
    kind: 'synopsis.audit' as const,
    payload: { sessionId, versionId: id },
    // A version is audited once at a time.
    idempotencyKey: `audit:${id}`,
    sessionId,
    title,
    ...providerOf(models, 'synopsis'),
  };
}
