import type { NoUpdatesReason, UpdateFault } from '../../shared/contract/updates.ts';

/** Newer versions of the program. */
export interface UpdatesMessages {
  readonly updates: {
    readonly title: string;
    readonly lookByItself: string;
    readonly hint: string;
    readonly none: Readonly<Record<NoUpdatesReason, string>>;
    readonly check: string;
    readonly checking: string;
    readonly notLooked: string;
    /** `when` as the program says moments: "today at 12:40". */
    readonly current: (when: string) => string;
    readonly available: (version: string) => string;
    readonly download: string;
    readonly downloading: (version: string) => string;
    readonly ready: (version: string) => string;
    readonly readyButRunning: (version: string) => string;
    readonly restart: string;
    readonly failed: Readonly<Record<UpdateFault, string>>;
    /** At the foot of the window. */
    readonly noteAvailable: string;
    readonly noteReady: string;
  };
}
