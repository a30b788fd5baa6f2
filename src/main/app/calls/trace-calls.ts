import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobTrace } from '../../../shared/domain/job-trace.ts';
import { traceFile } from '../../../shared/domain/trace-file.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { saveExport } from '../export/save-export.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export interface TraceCallsParams {
  readonly readTrace: (id: JobId) => JobTrace | null;
  readonly version: string;
}

export function traceCalls(
  { chooseFile }: Pick<CallContext, 'chooseFile'>,
  { readTrace, version }: TraceCallsParams,
): Pick<HandlersOf<'jobs'>, 'jobs.trace' | 'jobs.saveTrace'> {
  const traceOf = (id: JobId) => expectFound(readTrace(id), 'job', id);
  return {
    'jobs.trace': ({ jobId }) => traceOf(jobId),
    'jobs.saveTrace': ({ jobId, format }) => {
      if (chooseFile === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a file with. Read the trace and save it yourself.');
      return saveExport(traceFile(traceOf(jobId), format, version), chooseFile);
    },
  };
}
