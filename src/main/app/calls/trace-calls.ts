import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobTrace } from '../../../shared/domain/job-trace.ts';
import { traceFile } from '../../../shared/domain/trace-file.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { offerText } from '../files/hand-over.ts';
import { saveExport } from '../export/save-export.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export interface TraceCallsParams {
  readonly readTrace: (id: JobId) => JobTrace | null;
  readonly version: string;
}

export function traceCalls(
  context: Pick<CallContext, 'chooseFile' | 'store' | 'offers'>,
  { readTrace, version }: TraceCallsParams,
): Pick<HandlersOf<'jobs'>, 'jobs.trace' | 'jobs.saveTrace' | 'jobs.offerTrace'> {
  const traceOf = (id: JobId) => expectFound(readTrace(id), 'job', id);
  return {
    'jobs.trace': ({ jobId }) => traceOf(jobId),
    'jobs.saveTrace': ({ jobId, format }) => saveExport(traceFile(traceOf(jobId), format, version), context.chooseFile),
    'jobs.offerTrace': ({ jobId, format }) => offerText(traceFile(traceOf(jobId), format, version), context),
  };
}
