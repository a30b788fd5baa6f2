import type { Status } from '../../shared/contract/app.ts';
import type { JobState, WaitReason } from '../../shared/domain/job-state.ts';
import type { TraceFormat } from '../../shared/domain/job-trace.ts';
import type { JobGroup, JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { ProgressPhase } from '../../shared/domain/progress.ts';
import type { SynopsisIssue } from '../../shared/domain/synopsis.ts';

type WorkerHealth = Status['workers'][number];

/** The list of tasks, the foot of the window and the health of the program. */
export interface TasksMessages {
  readonly jobs: {
    readonly title: string;
    readonly panel: string;
    readonly search: string;
    readonly group: Readonly<Record<JobGroup, string>>;
    readonly kind: Readonly<Record<JobKindName, string>>;
    readonly state: Readonly<Record<JobState, string>>;
    readonly doneWithIssues: string;
    readonly cancelling: string;
    readonly empty: string;
    readonly nothingFound: (query: string) => string;
    readonly inspect: string;
    readonly copyDiagnostics: string;
    readonly diagnosticsCopied: string;
    readonly exportTrace: string;
    readonly traceFormat: Readonly<Record<TraceFormat, string>>;
    readonly traceFormatHint: Readonly<Record<TraceFormat, string>>;
    readonly steps: string;
    readonly noSteps: string;
    readonly events: string;
    readonly started: string;
    readonly finished: string;
    readonly created: string;
    readonly attempts: string;
    readonly error: string;
    readonly issues: string;
    readonly issue: Readonly<Record<SynopsisIssue['code'], string>>;
    readonly nextTry: (when: string) => string;
    readonly noNews: (duration: string) => string;
    readonly phase: Readonly<Record<ProgressPhase, (label: string | null) => string>>;
    readonly waitReason: Readonly<Record<WaitReason, string>>;
  };
  readonly strip: {
    readonly label: string;
    readonly running: (count: number) => string;
    readonly queued: (count: number) => string;
    readonly waiting: (count: number) => string;
    readonly idle: string;
    /** Nothing is to be done, and nothing is known that was. */
    readonly calm: string;
    readonly paused: string;
    readonly resume: string;
    readonly lost: string;
    readonly gone: string;
    readonly storageFull: string;
    readonly storageReadOnly: string;
    readonly worker: Readonly<Record<WorkerName, string>>;
    readonly workerState: Readonly<Record<WorkerHealth['state'], string>>;
    readonly workerRetry: (when: string) => string;
    readonly workers: string;
    readonly restarts: (count: number) => string;
    readonly local: string;
    /** The model that answers is not on this computer. */
    readonly sentTo: (provider: string) => string;
    readonly tasksHint: string;
    /** Opens the view with all figures. */
    readonly health: string;
  };
  readonly health: {
    readonly title: string;
    readonly allWell: string;
    readonly broken: (workers: string) => string;
    readonly restarting: string;
    readonly pausedKinds: (kinds: string) => string;
    readonly queue: string;
    readonly queueTable: string;
    readonly kind: string;
    readonly noJobs: string;
    readonly oldest: string;
    readonly lastMinute: string;
    readonly minuteDone: (count: number) => string;
    readonly minuteFailed: (count: number) => string;
    readonly minuteCancelled: (count: number) => string;
    readonly minuteRetried: (count: number) => string;
    readonly minuteLost: (count: number) => string;
    readonly process: (pid: string) => string;
    readonly starting: string;
    readonly standsBy: string;
    readonly tasks: (count: number) => string;
    readonly storage: string;
    readonly database: string;
    readonly backup: string;
    readonly noBackup: string;
    readonly program: string;
    readonly since: string;
    readonly loopDelay: string;
    readonly measuring: string;
    readonly usually: (usual: string, longest: string) => string;
    readonly commits: string;
    readonly within: (usual: string, nearlyAll: string) => string;
    readonly milliseconds: (count: string) => string;
  };
}
