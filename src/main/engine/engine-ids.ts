import type { JobId } from '../../shared/domain/ids.ts';

/** Port: every id the engine hands out. */
export interface EngineIds {
  /** UUIDv7, later ones sorting after earlier ones. */
  jobId(): JobId;
  /** Never given twice, 64 characters at most: it names one claim of one job. */
  leaseToken(): string;
  traceId(): string;
}
