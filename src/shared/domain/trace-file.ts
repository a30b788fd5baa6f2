import type { JobTrace, TraceFormat } from './job-trace.ts';
import { toOtlp } from './otlp-trace.ts';

/** A trace as a file: its name holds the beginning of the job's id, and no title. */
export function traceFile(
  trace: JobTrace,
  format: TraceFormat,
  programVersion: string,
): { readonly fileName: string; readonly text: string; readonly mediaType: string } {
  const value = format === 'otlp' ? toOtlp(trace, programVersion) : trace;
  return {
    fileName: `konspekt-trace-${trace.job.id}${format === 'otlp' ? '.otlp' : ''}.json`,
    text: `${JSON.stringify(value, null, 2)}\n`,
    mediaType: 'application/json',
  };
}
