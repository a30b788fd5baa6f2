import { jobId } from '../../src/shared/domain/ids.ts';
import type { EngineIds } from '../../src/main/engine/engine-ids.ts';

let runs = 0;

/** Ids in order, all of them valid and none of them random. Each call starts a space of its own. */
export function createTestIds(): EngineIds {
  runs += 1;
  const run = runs.toString(16).padStart(8, '0');
  let last = 0;
  const next = (): string => {
    last += 1;
    return last.toString(16).padStart(12, '0');
  };
  return {
    jobId() {
      const n = next();
      // Time-ordered like the real ones: the counter is in the leading digits.
      return jobId.parse(`${n.slice(4)}-${run.slice(0, 4)}-7${run.slice(5)}-8000-${n}`);
    },
    leaseToken: () => `lease-${run}-${next()}`,
    traceId: () => `trace-${run}-${next()}`,
  };
}
