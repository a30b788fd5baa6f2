import type { Destination, Status } from '../../shared/contract/app.ts';
import type { NoUpdatesReason } from '../../shared/contract/updates.ts';
import type { ApprovalAnswer, ApprovalView } from '../../shared/domain/approval.ts';
import type { ApprovalId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { LocalProgram } from '../../shared/domain/provider.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { Dispatch } from '../ipc/dispatch.ts';
import type { EventHub } from '../ipc/event-hub.ts';
import type { CorruptionChoice, OpenReport } from '../store/open-store.ts';
import type { SpawnWorker } from '../workers/worker-port.ts';
import type { ChooseFile, ChooseFolder } from './export/save-export.ts';
import type { OfferedFiles } from './files/offered-files.ts';
import type { PrintPage } from './files/print-page.ts';
import type { JobBus } from './job-bus.ts';
import type { Log } from './log.ts';
import type { AnnouncingHost } from './notices/announcer.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { SettingsFile } from './settings-file.ts';
import type { UpdateDesk } from './updates/update-desk.ts';
import type { UpdateSource } from './updates/update-source.ts';

export interface AppOptions {
  readonly dataDir: string;
  readonly host: 'desktop' | 'headless';
  readonly version: string;
  /** The operating system's language tag. */
  readonly systemLocale: string;
  readonly resourcesDir: string;
  /** Folder with the bundles of the workers and the reader thread. */
  readonly bundlesDir: string;
  readonly readerEntry: URL;
  readonly spawnWorker: SpawnWorker;
  readonly openSettings: (dataDir: string) => SettingsFile;
  /** Where keys are kept. */
  readonly openSecrets: (dataDir: string) => Secrets;
  /** Where programs with models are looked for on this machine; their own defaults when absent. */
  readonly localPrograms?: Readonly<Record<LocalProgram, string>>;
  readonly openExternal: (url: string) => void;
  /** Absent where the host has no dialogs. */
  readonly chooseFile?: ChooseFile;
  readonly chooseFolder?: ChooseFolder;
  readonly printPage: PrintPage;
  /** Where newer versions of the program come from, or why there are none. */
  readonly updates: UpdateSource | NoUpdatesReason;
  readonly onCorruption?: CorruptionChoice;
  /** Ends the program and starts it again; absent where the host cannot. */
  readonly restart?: () => void;
  /** False only looks: no job is begun, whatever the queue is told. Default true. */
  readonly works?: boolean;
}

export interface App {
  readonly dispatch: Dispatch;
  readonly events: EventHub;
  /** Who wants to hear of jobs listens to the bus. */
  readonly engine: Omit<Engine, 'subscribe'>;
  readonly bus: Pick<JobBus, 'subscribe'>;
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly opened: OpenReport;
  status(): Status;
  /** The figures of the program as Prometheus reads them. */
  metricsText(): string;
  language(): Language;
  setPaused(paused: boolean): void;
  /** The host's own change of a setting, told to windows like the person's; a disk that refuses leaves all as it was. */
  changeSettings(changes: Partial<Settings>): void;
  /** What waits for the person, oldest first. */
  openApprovals(): readonly ApprovalView[];
  /** The person's answer from outside the window; what is no longer asked leaves all as it is. */
  answerApproval(id: ApprovalId, answer: ApprovalAnswer): void;
  /** Files that the host serves under the addresses that windows were told. */
  readonly offers: Pick<OfferedFiles, 'at'>;
  /** Sends the person to a place in the window, or has it said that there is none; a window that is not open yet goes when it opens. */
  goTo(place: Destination): void;
  /** How announcements are shown outside the window; without one they are told in the window alone. */
  setShow(host: AnnouncingHost): void;
  readonly updates: Pick<UpdateDesk, 'setRestart' | 'leaving'>;
  /** The system says that the machine has slept; without a word from it this is noticed some seconds later. */
  wake(): void;
  /** On its battery the machine does fewer heavy things at the same time; what runs is not stopped. */
  setOnBattery(isOnBattery: boolean): void;
  /** Resolves when nothing has been running, due or connected for `graceMs`. */
  whenIdle(options: { readonly graceMs: number; readonly signal: AbortSignal }): Promise<void>;
  /**
   * Stops claiming, hands running jobs back with their recorded steps, closes the store. `quickly` leaves out the last
   * backup, also of a close that is under way and has not come to it. Idempotent.
   */
  close(options?: { readonly quickly: boolean }): Promise<void>;
}
