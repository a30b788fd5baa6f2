import type { CallError, CallName } from '../../shared/contract/contract.ts';
import type { Status } from '../../shared/contract/app.ts';
import type { DocumentErrorCode, DocumentFormat } from '../../shared/domain/document.ts';
import type { JobGroup, JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { JobState, WaitReason } from '../../shared/domain/job-state.ts';
import type { EngineMessages } from './engine-messages.ts';
import type { ModelMessages } from './model-messages.ts';
import type { TraceFormat } from '../../shared/domain/job-trace.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ProgressPhase } from '../../shared/domain/progress.ts';
import type { messageNotes } from '../../shared/domain/session.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { snapshotWarningCodes } from '../../shared/domain/snapshot.ts';
import type {
  DetailLevel,
  EmptyReason,
  SectionKind,
  sourceStates,
  Support,
  SynopsisIssue,
  Template,
  VersionState,
} from '../../shared/domain/synopsis.ts';

type MessageNote = (typeof messageNotes)[number];
type SnapshotWarningCode = (typeof snapshotWarningCodes)[number];
type SourceState = (typeof sourceStates)[number];
type WorkerHealth = Status['workers'][number];
/** Every code a call can fail with: a route that declares a new one does not compile without its sentence. */
export type CallErrorCode = CallError<CallName>;
/** Codes of a failed job that are no call's code; one the window does not know is shown by its name. */
export type JobErrorCode =
  | 'time_limit'
  | 'timed_out'
  | 'worker_exit'
  | 'worker_start'
  | 'protocol'
  | 'stalled'
  | 'poison'
  | 'lost_too_often'
  | 'compensation_failed'
  | 'not_written'
  | 'folder_gone'
  | 'out_of_memory'
  | 'cancelled'
  | 'cancelled_unasked'
  | 'abandoned'
  | 'bad_payload'
  | 'input_too_large'
  | 'unknown_kind'
  | 'snapshot_unreadable'
  | 'snapshot_damaged'
  | 'no_sources'
  | 'unreadable';

/** Every sentence of the window. Both languages have exactly this shape; keys of tables are the domain's own names. */
export interface Messages extends EngineMessages, ModelMessages {
  readonly common: {
    readonly appName: string;
    readonly close: string;
    readonly copied: string;
    readonly retry: string;
    readonly stop: string;
    readonly open: string;
    readonly remove: string;
    readonly rename: string;
    readonly undo: string;
    readonly clearSearch: string;
    readonly more: string;
    readonly loading: string;
    readonly showMore: string;
    readonly details: string;
    readonly untitledChat: string;
    readonly attempt: (at: number, of: number) => string;
    readonly ofTotal: (done: number, total: number) => string;
    readonly page: (page: number) => string;
    readonly resize: string;
    readonly resizeHeight: string;
  };
  readonly sidebar: {
    readonly label: string;
    readonly newChat: string;
    readonly search: string;
    readonly empty: string;
    readonly nothingFound: (query: string) => string;
    readonly running: (count: number) => string;
    readonly waiting: (count: number) => string;
    readonly unread: string;
    readonly demo: string;
    readonly removed: (title: string, cancelledTasks: number) => string;
    readonly renameTitle: string;
    readonly collapse: string;
    readonly expand: string;
    readonly groups: {
      readonly today: string;
      readonly yesterday: string;
      readonly week: string;
      readonly earlier: string;
    };
  };
  readonly chat: {
    readonly transcript: string;
    readonly you: string;
    readonly assistant: string;
    readonly nextStep: string;
    readonly emptyTitle: string;
    readonly emptyLead: string;
    readonly startDrop: string;
    readonly startDropHint: string;
    readonly startAsk: string;
    readonly startAskHint: string;
    readonly startSynopsis: string;
    readonly startSynopsisHint: string;
    readonly openDemo: string;
    readonly openDemoHint: string;
    readonly state: {
      readonly pending: string;
      readonly streaming: string;
      readonly failed: string;
      readonly stopped: string;
    };
    readonly retry: string;
    readonly copy: string;
    readonly toEnd: string;
    readonly earlier: string;
    readonly earlierLoading: string;
    readonly imageOmitted: (alt: string) => string;
    readonly note: Readonly<Record<MessageNote, string>>;
    readonly openSynopsis: string;
    readonly showJob: string;
    readonly documents: (count: number) => string;
    readonly announceAnswer: string;
    readonly announceFailed: string;
    readonly announceStopped: string;
  };
  readonly composer: {
    readonly label: string;
    readonly placeholder: string;
    readonly send: string;
    readonly sendHint: string;
    readonly sendLost: string;
    readonly attach: string;
    readonly synopsis: string;
    readonly synopsisHint: string;
    readonly dropTitle: string;
    readonly dropHint: string;
    readonly longTitle: (count: number) => string;
    readonly longHint: string;
    readonly tooLong: (count: string, limit: string) => string;
    readonly asDocument: string;
    readonly asMessage: string;
    readonly urlTitle: string;
    readonly urlAdd: string;
    readonly urlKeep: string;
    readonly pastedName: (date: string) => string;
    readonly slash: string;
    readonly slashSynopsis: string;
    readonly slashUnknown: (command: string) => string;
    readonly uploading: (name: string) => string;
  };
  readonly documents: {
    readonly state: {
      readonly importing: string;
      readonly ready: string;
      readonly failed: string;
      readonly uploading: string;
    };
    readonly pages: (count: number) => string;
    readonly chars: (count: number) => string;
    readonly removed: (title: string) => string;
    readonly removeTitle: string;
    readonly format: Readonly<Record<DocumentFormat, string>>;
    readonly error: Readonly<Record<DocumentErrorCode, (detail: string | null) => string>>;
    readonly warning: Readonly<Record<SnapshotWarningCode, (count: number | null) => string>>;
  };
  readonly synopsis: {
    readonly title: string;
    readonly make: string;
    readonly makeAgain: string;
    readonly dock: string;
    readonly undock: string;
    readonly export: string;
    readonly copyMarkdown: string;
    readonly exported: (name: string) => string;
    readonly handedOver: (name: string) => string;
    readonly versions: string;
    readonly version: (number: number) => string;
    readonly versionState: Readonly<Record<VersionState, string>>;
    readonly making: string;
    readonly makingSection: (name: string) => string;
    readonly sectionsReady: (done: number, total: number) => string;
    readonly queued: string;
    readonly stopped: string;
    readonly failed: string;
    readonly failedKept: string;
    readonly extractive: string;
    readonly byModel: (model: string) => string;
    readonly emptyTitle: string;
    readonly emptyLead: string;
    readonly created: (date: string) => string;
    readonly begun: (date: string) => string;
    readonly inLanguage: Readonly<Record<Language, string>>;
    readonly language: string;
    readonly languageAuto: string;
    readonly languageName: Readonly<Record<Language, string>>;
    readonly detail: string;
    readonly detailLevel: Readonly<Record<DetailLevel, string>>;
    readonly detailHint: Readonly<Record<DetailLevel, string>>;
    readonly template: string;
    readonly templateName: Readonly<Record<Template, string>>;
    readonly templateHint: Readonly<Record<Template, string>>;
    readonly joined: string;
    readonly section: Readonly<Record<SectionKind, string>>;
    readonly emptyReason: Readonly<Record<EmptyReason, string>>;
    readonly who: string;
    readonly what: string;
    readonly due: string;
    readonly noOne: string;
    readonly noDue: string;
    readonly showAnswer: string;
    readonly hideAnswer: string;
    readonly support: Readonly<Record<Support, string>>;
    readonly supportShort: Readonly<Record<Support, string>>;
    readonly citation: (number: number) => string;
    readonly coverage: string;
    readonly coverageUsed: (used: number, total: number) => string;
    readonly coverageAll: (total: number) => string;
    readonly coverageSkipped: (count: number) => string;
    readonly coverageFailed: (count: number) => string;
    readonly coveragePages: (read: number, total: number) => string;
    readonly coverageIncomplete: string;
    readonly sourceState: Readonly<Record<SourceState, string>>;
    readonly sourceReason: {
      readonly not_ready: string;
      readonly removed: string;
      readonly duplicate: string;
    };
    readonly issue: Readonly<Record<SynopsisIssue['code'], (count: number) => string>>;
    readonly issues: string;
    readonly ready: (title: string) => string;
    readonly announceSection: (name: string) => string;
    readonly announceReady: string;
    readonly announceFailed: string;
  };
  readonly sources: {
    readonly title: string;
    readonly list: string;
    readonly back: string;
    readonly empty: string;
    readonly chatSource: string;
    readonly chatNotReady: string;
    readonly notReady: string;
    readonly reading: string;
    readonly toPassage: string;
    readonly unknown: string;
    readonly pageMark: (page: number) => string;
    readonly notFound: string;
    readonly missingQuote: string;
    readonly openOriginal: string;
  };
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
  readonly settings: {
    readonly title: string;
    readonly language: string;
    readonly languageOption: Readonly<Record<Settings['language'], string>>;
    readonly theme: string;
    readonly themeOption: Readonly<Record<Settings['theme'], string>>;
    readonly detail: string;
    readonly notifications: string;
    readonly notifyDone: string;
    readonly notifyFailed: string;
    readonly notifyHint: string;
    readonly onClose: string;
    readonly onCloseOption: Readonly<Record<Settings['onCloseWithJobs'], string>>;
    readonly history: string;
    readonly historyDays: (days: number) => string;
    readonly historyAtMost: string;
    readonly historyTasks: (count: number) => string;
    readonly historyHint: string;
    readonly allowedHosts: string;
    readonly allowedHostsHint: string;
    readonly about: (version: string) => string;
  };
  readonly shortcuts: {
    readonly title: string;
    readonly hint: string;
  };
  readonly commands: {
    readonly palette: string;
    readonly palettePlaceholder: string;
    readonly paletteEmpty: string;
    readonly paletteChats: string;
    readonly paletteSynopses: string;
    readonly paletteActions: string;
    readonly newChat: string;
    readonly findChat: string;
    readonly synopsis: string;
    readonly sources: string;
    readonly tasks: string;
    readonly sidebar: string;
    readonly settings: string;
    readonly shortcuts: string;
    readonly schedules: string;
    readonly models: string;
    readonly health: string;
    readonly focusComposer: string;
    readonly attach: string;
    readonly togglePause: string;
    readonly closeTop: string;
  };
  readonly away: {
    readonly title: string;
    readonly finished: (count: number) => string;
    readonly failed: (count: number) => string;
    readonly needsYou: (count: number) => string;
    readonly restored_backup: (count: number) => string;
    readonly recent_changes_lost: (count: number) => string;
    readonly indexes_rebuilt: (count: number) => string;
    readonly resumed_jobs: (count: number) => string;
    readonly show: string;
    readonly dismiss: string;
  };
  readonly toasts: {
    readonly label: string;
    readonly times: (count: number) => string;
    readonly more: (count: number) => string;
    readonly jobFailed: (title: string) => string;
  };
  readonly startup: {
    readonly connecting: string;
    readonly failed: string;
    readonly failedHint: string;
    readonly broken: string;
    readonly reload: string;
  };
  readonly errors: Readonly<Record<CallErrorCode | JobErrorCode, string>> & { readonly unknown: (code: string) => string };
  readonly time: {
    readonly seconds: (count: number) => string;
    readonly minutes: (minutes: number, seconds: number) => string;
    readonly hours: (hours: number, minutes: number) => string;
    readonly at: (time: string) => string;
    readonly bytes: {
      readonly b: string;
      readonly kb: string;
      readonly mb: string;
    };
  };
}
