import type { Settings } from '../../shared/domain/settings.ts';
import type { SettingsPage } from '../../shared/domain/settings-page.ts';
import type { ApprovalMessages } from './approval-messages.ts';
import type { AuditMessages } from './audit-messages.ts';
import type { UpdatesMessages } from './updates-messages.ts';
import type { BrowserMessages } from './browser-messages.ts';
import type { LoginMessages } from './login-messages.ts';
import type { ChatMessages } from './chat-messages.ts';
import type { EngineMessages } from './engine-messages.ts';
import type { ErrorMessages } from './error-messages.ts';
import type { InspectorMessages } from './inspector-messages.ts';
import type { KeepingMessages } from './keeping-messages.ts';
import type { MaterialMessages } from './material-messages.ts';
import type { McpMessages } from './mcp-messages.ts';
import type { ModelMessages } from './model-messages.ts';
import type { NoticeMessages } from './notice-messages.ts';
import type { PanelMessages } from './panel-messages.ts';
import type { PlacesMessages } from './places-messages.ts';
import type { AutoExportMessages } from './auto-export-messages.ts';
import type { ReachMessages } from './reach-messages.ts';
import type { RecipeMessages } from './recipe-messages.ts';
import type { SynopsisMessages } from './synopsis-messages.ts';
import type { TasksMessages } from './tasks-messages.ts';
import type { VersionMessages } from './version-messages.ts';

/** Every sentence of the window. Both languages have exactly this shape; keys of tables are the domain's own names. */
export interface Messages
  extends
    ApprovalMessages,
    AuditMessages,
    UpdatesMessages,
    BrowserMessages,
    LoginMessages,
    ChatMessages,
    EngineMessages,
    ErrorMessages,
    InspectorMessages,
    KeepingMessages,
    MaterialMessages,
    McpMessages,
    ModelMessages,
    NoticeMessages,
    PanelMessages,
    PlacesMessages,
    AutoExportMessages,
    ReachMessages,
    RecipeMessages,
    SynopsisMessages,
    TasksMessages,
    VersionMessages {
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
  readonly settings: {
    readonly title: string;
    readonly page: Readonly<Record<SettingsPage, string>>;
    readonly language: string;
    readonly languageNotLoaded: string;
    readonly languageOption: Readonly<Record<Settings['language'], string>>;
    readonly theme: string;
    readonly themeOption: Readonly<Record<Settings['theme'], string>>;
    readonly detail: string;
    readonly openAtLogin: string;
    readonly onClose: string;
    readonly onCloseOption: Readonly<Record<Settings['onCloseWithJobs'], string>>;
    readonly history: string;
    readonly historyDays: (days: number) => string;
    readonly historyAtMost: string;
    readonly historyTasks: (count: number) => string;
    readonly historyHint: string;
    readonly wishes: string;
    readonly wishesHint: string;
    readonly wishesPlaceholder: string;
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
    readonly paletteLoading: string;
    readonly paletteChats: string;
    readonly paletteSynopses: string;
    readonly paletteMaterial: string;
    readonly paletteActions: string;
    readonly newChat: string;
    readonly findChat: string;
    readonly synopsis: string;
    readonly sources: string;
    readonly browser: string;
    readonly tasks: string;
    readonly sidebar: string;
    readonly settings: string;
    readonly shortcuts: string;
    readonly notices: string;
    readonly schedules: string;
    readonly models: string;
    readonly mcp: string;
    readonly health: string;
    readonly library: string;
    readonly undoSynopsis: string;
    readonly openDemo: string;
    readonly backups: string;
    readonly diagnostics: string;
    readonly focusComposer: string;
    readonly attach: string;
    readonly togglePause: string;
    readonly back: string;
    readonly forward: string;
    readonly closeTop: string;
  };
  readonly away: {
    readonly title: string;
    readonly finished: (count: number) => string;
    readonly failed: (count: number) => string;
    readonly needsYou: (count: number) => string;
    readonly restored_backup: (count: number) => string;
    readonly restored_as_wanted: (count: number) => string;
    readonly wanted_not_restored: (count: number) => string;
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
  readonly time: {
    readonly seconds: (count: number) => string;
    readonly minutes: (minutes: number, seconds: number) => string;
    readonly hours: (hours: number, minutes: number) => string;
    readonly days: (days: number, hours: number) => string;
    readonly at: (time: string) => string;
    readonly bytes: {
      readonly b: string;
      readonly kb: string;
      readonly mb: string;
    };
  };
}
