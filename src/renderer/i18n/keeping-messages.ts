import type { BackupReason } from '../../shared/domain/backup.ts';
import type { DiagnosticPart } from '../../shared/contract/diagnostics.ts';

/** Sentences about backups of the data and about diagnostics. */
export interface KeepingMessages {
  readonly backups: {
    readonly title: string;
    readonly hint: string;
    readonly make: string;
    readonly making: string;
    readonly none: string;
    readonly reason: Readonly<Record<BackupReason, string>>;
    readonly contents: (chats: number, documents: number, synopses: number) => string;
    readonly missingFiles: (count: number) => string;
    readonly unreadable: string;
    readonly tooNew: string;
    readonly check: string;
    readonly checkOf: (date: string) => string;
    readonly checking: string;
    readonly sound: string;
    readonly damaged: string;
    readonly restore: string;
    readonly restoreOf: (date: string) => string;
    readonly restoreTitle: (date: string) => string;
    readonly restoreText: string;
    readonly restoreNow: string;
    readonly restoreLater: string;
    readonly restoreNo: string;
    readonly wanted: (date: string) => string;
    readonly restart: string;
    readonly restartByHand: string;
    readonly keepPresent: string;
    readonly copyTitle: string;
    readonly copyHint: string;
    readonly copyPath: string;
    readonly copyPathHint: string;
    readonly writeCopy: string;
    readonly takeIn: string;
    readonly copying: string;
    readonly copied: (folder: string) => string;
    readonly takenIn: string;
  };
  readonly diagnostics: {
    readonly title: string;
    readonly lead: string;
    readonly open: string;
    readonly hint: string;
    readonly part: Readonly<Record<DiagnosticPart, string>>;
    readonly save: string;
    readonly copy: string;
  };
}
