import type { UsedModel } from '../../../shared/domain/agent.ts';
import { usedModel } from '../../../shared/domain/agent.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { storedJson } from '../stored-json.ts';

/** Which models a job's agent has asked, as its steps recorded them. */
export interface UsedModels {
  /** The last one that answered since the job was begun, or begun anew by hand; null before the first answer. */
  ofRun(id: JobId): UsedModel | null;
}

/** The steps of a job that name a model, the last one first: a call its own, the setup that of the first. */
export const stepsWithModel = (job: string): string => `
  step.job_id = ${job} AND (step.name = 'setup' OR step.name GLOB 'model:*') AND json_type(step.output, '$.model') = 'object'`;

export function createUsedModels(db: Database): UsedModels {
  const ofRun = db
    .prepare<[string], string | null>(
      `SELECT json_extract(step.output, '$.model') FROM job JOIN job_step AS step ON ${stepsWithModel('job.id')}
      WHERE job.id = ? AND step.name <> 'setup' AND step.finished_at_ms >= job.started_at_ms ORDER BY step.seq DESC LIMIT 1`,
    )
    .pluck();
  return {
    ofRun(id) {
      const found = ofRun.get(id) ?? null;
      return found === null ? null : usedModel.parse(storedJson(found));
    },
  };
}
