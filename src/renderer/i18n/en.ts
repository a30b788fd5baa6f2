import { auditEn } from './audit-en.ts';
import { updatesEn } from './updates-en.ts';
import { approvalEn } from './approval-en.ts';
import { autoExportEn } from './auto-export-en.ts';
import { browserEn } from './browser-en.ts';
import { loginEn } from './login-en.ts';
import { recipeEn } from './recipe-en.ts';
import { chatEn } from './chat-en.ts';
import { engineEn } from './engine-en.ts';
import { errorEn } from './error-en.ts';
import { inspectorEn } from './inspector-en.ts';
import { keepingEn } from './keeping-en.ts';
import { materialEn } from './material-en.ts';
import { mcpEn } from './mcp-en.ts';
import type { Messages } from './messages.ts';
import { modelEn } from './model-en.ts';
import { noticeEn } from './notice-en.ts';
import { panelEn } from './panel-en.ts';
import { placesEn } from './places-en.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import { reachEn } from './reach-en.ts';
import { synopsisEn } from './synopsis-en.ts';
import { tasksEn } from './tasks-en.ts';
import { versionEn } from './version-en.ts';

const n = pluralIn('en');
const jobs = (count: number) => n(count, { one: '# task', other: '# tasks' });

export const en: Messages = {
  ...approvalEn,
  ...auditEn,
  ...updatesEn,
  ...autoExportEn,
  ...browserEn,
  ...loginEn,
  ...recipeEn,
  ...chatEn,
  ...engineEn,
  ...errorEn,
  ...inspectorEn,
  ...keepingEn,
  ...materialEn,
  ...mcpEn,
  ...modelEn,
  ...noticeEn,
  ...panelEn,
  ...placesEn,
  ...reachEn,
  ...synopsisEn,
  ...tasksEn,
  ...versionEn,
  common: {
    appName: 'Konspekt',
    close: 'Close',
    copied: 'Copied',
    retry: 'Retry',
    stop: 'Stop',
    open: 'Open',
    remove: 'Delete',
    rename: 'Rename',
    undo: 'Undo',
    clearSearch: 'Clear the search',
    more: 'More',
    loading: 'Loading…',
    showMore: 'Show more',
    details: 'Details',
    untitledChat: 'New chat',
    attempt: (at, of) => `attempt ${at} of ${of}`,
    ofTotal: (done, total) => `${done} of ${total}`,
    page: page => `p. ${page}`,
    resize: 'Change the width: left and right arrows',
    resizeHeight: 'Change the height: up and down arrows',
  },
  settings: {
    title: 'Settings',
    page: {
      general: 'General',
      notifications: 'Notifications',
      assistant: 'Assistant',
      limits: 'Limits',
      browser: 'Browser',
      data: 'Data',
      about: 'About',
    },
    language: 'Language',
    languageNotLoaded: 'The other language could not be loaded, so the window stays with this one. Reload the window and try again.',
    languageOption: { system: 'As in the system', ru: 'Русский', en: 'English' },
    theme: 'Appearance',
    themeOption: { system: 'As in the system', light: 'Light', dark: 'Dark' },
    detail: 'Detail of a synopsis',
    openAtLogin: 'Start when I log in to the system',
    onClose: 'Closing the window while tasks run',
    onCloseOption: { ask: 'Ask', keep: 'Go on in the background', quit: 'Stop and quit' },
    history: 'Keep finished tasks',
    historyDays: days => n(days, { one: '# day', other: '# days' }),
    wishes: 'Wishes for every answer',
    wishesHint: 'They go to the model with each question. At most 2,000 characters.',
    wishesPlaceholder: 'For example: keep answers short, use metric units; I teach history.',
    allowedHosts: 'Allowed addresses in your network',
    allowedHostsHint: 'One a line, such as wiki.local or 192.168.1.5:8080. All other internal addresses stay closed.',
    historyAtMost: 'But no more than',
    historyTasks: count => n(count, { one: '# task', other: '# tasks' }),
    historyHint: 'Chats and synopses are never deleted by themselves.',
    about: version => `Version ${version}. Everything is kept on this computer. Texts go only to a model that you connect.`,
  },
  shortcuts: {
    title: 'Keyboard',
    hint: 'Open this list with “?”.',
  },
  commands: {
    palette: 'Go to or do',
    palettePlaceholder: 'A chat, a synopsis, a task or an action',
    paletteLoading: 'Search by meaning is still being loaded; this is what words have found.',
    paletteEmpty: 'Nothing found.',
    paletteChats: 'Chats',
    paletteSynopses: 'Synopses',
    paletteMaterial: 'In the material',
    paletteActions: 'Actions',
    newChat: 'New chat',
    findChat: 'Find a chat',
    synopsis: 'Synopsis',
    sources: 'Sources',
    browser: 'Browser',
    tasks: 'Background tasks',
    sidebar: 'List of chats',
    settings: 'Settings',
    shortcuts: 'Keyboard',
    notices: 'Notifications',
    schedules: 'Schedules',
    models: 'Providers and models',
    mcp: 'MCP servers',
    health: 'Health of the program',
    library: 'Library of synopses',
    undoSynopsis: 'Synopsis: undo the last change',
    openDemo: 'Open the sample: a chat, documents and a synopsis without a model',
    backups: 'Backups',
    diagnostics: 'Diagnostics',
    focusComposer: 'To the message field',
    attach: 'Add files',
    togglePause: 'Pause or resume the queue',
    back: 'Back',
    forward: 'Forward',
    closeTop: 'Close what is on top',
  },
  away: {
    title: 'While you were away',
    finished: count => `${jobs(count)} done`,
    failed: count => `${jobs(count)} failed`,
    needsYou: count => n(count, { one: '# task needs you', other: '# tasks need you' }),
    recent_changes_lost: () => 'The last changes before the program was cut off could not be recovered; everything before them is here.',
    indexes_rebuilt: () => 'Part of the database was damaged and has been rebuilt. Nothing is lost.',
    restored_backup: () => 'The database was damaged and has been restored from the last verified copy.',
    restored_as_wanted: () =>
      'The backup you chose is in place, and what was there before is kept as a backup too. The queue stands still so that nothing is done twice: look through the tasks, then resume it.',
    wanted_not_restored: () => 'The backup you chose could not be put back: it is damaged, or the disk is full. Nothing was changed.',
    resumed_jobs: count => n(count, { one: '# task went on after the restart', other: '# tasks went on after the restart' }),
    show: 'Show',
    dismiss: 'Hide',
  },
  toasts: {
    label: 'Notices',
    times: count => `×${count}`,
    more: count => `and ${count} more`,
    jobFailed: title => `Failed: ${title}`,
  },
  startup: {
    connecting: 'Opening…',
    failed: 'The program does not answer.',
    failedHint: 'It is tried again by itself. If this lasts longer than a minute, restart the program: nothing gets lost.',
    broken: 'Something went wrong in the window. Your data is safe.',
    reload: 'Open the window again',
  },
  time: {
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    hours: (hours, minutes) => `${hours} h ${minutes} min`,
    days: (days, hours) => `${days} d ${hours} h`,
    at: time => `at ${time}`,
    bytes: { b: 'B', kb: 'KB', mb: 'MB' },
  },
};
