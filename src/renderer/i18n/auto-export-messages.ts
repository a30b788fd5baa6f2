import type { AutoExportMode } from '../../shared/domain/auto-export.ts';

/** Sentences about folders that finished synopses are written into by themselves. */
export interface AutoExportMessages {
  readonly autoExport: {
    readonly title: string;
    /** Beside the button in the settings. */
    readonly lead: string;
    readonly hint: string;
    readonly none: string;
    readonly mode: string;
    readonly modes: Readonly<Record<AutoExportMode, string>>;
    readonly modeHint: Readonly<Record<AutoExportMode, string>>;
    readonly scope: string;
    readonly allChats: string;
    readonly thisChat: (title: string) => string;
    readonly chats: (count: number) => string;
    readonly files: (count: number) => string;
    readonly edited: (count: number) => string;
    readonly deleted: (count: number) => string;
    readonly update: (path: string) => string;
    readonly restore: string;
    readonly remove: (path: string) => string;
    readonly choose: string;
    readonly add: string;
    readonly path: string;
    readonly pathHint: string;
  };
}
