import type { Settings } from '../../shared/domain/settings.ts';

/** The settings as they are named on a command line, in the order of their list. */
export const settingNames = {
  language: 'language',
  theme: 'theme',
  detail: 'synopsisDetail',
  wishes: 'wishes',
  'notify-finished': 'notifyFinished',
  'notify-failed': 'notifyFailed',
  'notify-question': 'notifyQuestion',
  'notify-budget': 'notifyBudget',
  'notify-browser': 'notifyBrowser',
  'notify-schedule': 'notifySchedule',
  'notify-proposal': 'notifyProposal',
  'notify-update': 'notifyUpdate',
  'notify-sound': 'notifySound',
  'notify-focused': 'notifyFocused',
  'quiet-hours': 'quietHours',
  'quiet-from': 'quietFrom',
  'quiet-to': 'quietTo',
  'quiet-days': 'quietDays',
  'quiet-lets-expiring': 'quietLetsExpiring',
  'look-for-updates': 'lookForUpdates',
  'open-at-login': 'openAtLogin',
  'close-with-jobs': 'onCloseWithJobs',
  'allowed-hosts': 'allowedHosts',
  'history-days': 'jobHistoryDays',
  'history-count': 'jobHistoryCount',
  browser: 'browserPath',
  'browser-count': 'browserCount',
} as const satisfies Readonly<Record<string, keyof Settings>>;

export type SettingName = keyof typeof settingNames;

export const allSettingNames = Object.keys(settingNames) as readonly SettingName[];
