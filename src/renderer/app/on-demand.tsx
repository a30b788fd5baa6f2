import { lazy } from 'react';

/** What is not on the first screen comes when it is first opened, each part in a file of its own. */
export const RightPane = lazy(() => import('./right-pane.tsx').then(module => ({ default: module.RightPane })));
export const JobPanel = lazy(() => import('../features/jobs/job-panel.tsx').then(module => ({ default: module.JobPanel })));
export const SynopsisOverlay = lazy(() =>
  import('../features/synopsis/synopsis-overlay.tsx').then(module => ({ default: module.SynopsisOverlay })),
);
export const LibraryPage = lazy(() => import('../features/library/library-page.tsx').then(module => ({ default: module.LibraryPage })));

export const SettingsDialog = lazy(() =>
  import('../features/settings/settings-dialog.tsx').then(module => ({ default: module.SettingsDialog })),
);
export const BudgetsSection = lazy(() =>
  import('../features/budgets/budgets-section.tsx').then(module => ({ default: module.BudgetsSection })),
);
export const BrowserSettings = lazy(() =>
  import('../features/browser/browser-settings.tsx').then(module => ({ default: module.BrowserSettings })),
);
export const UpdateSection = lazy(() =>
  import('../features/updates/update-section.tsx').then(module => ({ default: module.UpdateSection })),
);
export const SchedulesDialog = lazy(() =>
  import('../features/schedules/schedules-dialog.tsx').then(module => ({ default: module.SchedulesDialog })),
);
export const McpDialog = lazy(() => import('../features/mcp/mcp-dialog.tsx').then(module => ({ default: module.McpDialog })));
export const AutoExportDialog = lazy(() =>
  import('../features/auto-export/auto-export-dialog.tsx').then(module => ({ default: module.AutoExportDialog })),
);
export const ReachDialog = lazy(() => import('../features/reach/reach-dialog.tsx').then(module => ({ default: module.ReachDialog })));
export const ModelsDialog = lazy(() => import('../features/models/models-dialog.tsx').then(module => ({ default: module.ModelsDialog })));
export const DiagnosticsDialog = lazy(() =>
  import('../features/diagnostics/diagnostics-dialog.tsx').then(module => ({ default: module.DiagnosticsDialog })),
);
export const HealthDialog = lazy(() => import('../features/health/health-dialog.tsx').then(module => ({ default: module.HealthDialog })));
export const AsksDialog = lazy(() => import('../features/approvals/asks-dialog.tsx').then(module => ({ default: module.AsksDialog })));
export const NoticesDialog = lazy(() =>
  import('../features/notices/notices-dialog.tsx').then(module => ({ default: module.NoticesDialog })),
);
export const LimitsDialog = lazy(() => import('../features/budgets/limits-dialog.tsx').then(module => ({ default: module.LimitsDialog })));
export const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx').then(module => ({ default: module.ShortcutSheet })));
export const Palette = lazy(() => import('./palette.tsx').then(module => ({ default: module.Palette })));
