import type { Client } from '../../../src/shared/contract/client.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import type { JobView } from '../../../src/shared/domain/job.ts';

/** The first view of a job that fits, as its followers are told. */
export function jobWhen(client: Client, jobId: JobId, fits: (job: JobView) => boolean): Promise<JobView> {
  return new Promise((resolve, reject) => {
    let last: JobView | null = null;
    const stop = client.openStream(
      'jobs.follow',
      { jobId },
      {
        onChunk: view => {
          last = view;
          if (!fits(view)) return;
          stop();
          resolve(view);
        },
        onEnd: error => {
          reject(new Error(error?.message ?? `The job ended as ${last?.state ?? 'nothing'} and never fitted.`));
        },
      },
    );
  });
}
