import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { stepBase, type JobStepView } from '../../shared/domain/job-step.ts';
import type { JobInspection, JobView } from '../../shared/domain/job.ts';

/** A step of an answer as its message lists it. */
export interface AnswerStep extends Pick<JobStepView, 'name' | 'startedAtMs' | 'finishedAtMs'> {
  /** The tool it called; null where that is not told. */
  readonly tool: string | null;
}

export interface AnswerStepsStore extends StoreApi<{ readonly byJob: ReadonlyMap<JobId, readonly AnswerStep[]> }> {
  /** Reads the steps of a job that has ended, once. */
  need(job: Pick<JobView, 'id' | 'stepsDone'>): void;
}

/** Answers whose steps are kept; the one read first gives way. Some screens of a long chat. */
const answersKept = 200;

/** Whether the step called a tool. */
export const isToolStep = ({ name }: Pick<AnswerStep, 'name'>): boolean => stepBase(name) === 'tool' || stepBase(name) === 'act';

function stepsOf({ steps, subjects = {} }: JobInspection): readonly AnswerStep[] {
  return steps.map(({ name, startedAtMs, finishedAtMs, toolCalls }) => ({
    name,
    startedAtMs,
    finishedAtMs,
    tool: subjects[name] ?? toolCalls?.[0]?.name ?? null,
  }));
}

/** What was done for answers that are there, read when they come into sight. */
export function createAnswerStepsStore(client: Client): AnswerStepsStore {
  const store = createStore<{ readonly byJob: ReadonlyMap<JobId, readonly AnswerStep[]> }>(() => ({ byJob: new Map() }));
  /** How many steps a job had when it was asked for: one that ran again is asked for again. */
  const asked = new Map<JobId, number>();
  return {
    ...store,
    need({ id, stepsDone }) {
      if (asked.get(id) === stepsDone) return;
      asked.set(id, stepsDone);
      void client.call('jobs.inspect', { jobId: id }).then(result => {
        if (!result.ok) return void asked.delete(id);
        const byJob = new Map(store.getState().byJob).set(id, stepsOf(result.value));
        for (const oldest of byJob.keys()) {
          if (byJob.size <= answersKept) break;
          byJob.delete(oldest);
          asked.delete(oldest);
        }
        store.setState({ byJob });
      });
    },
  };
}
