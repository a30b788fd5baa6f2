import type { Messages } from '../i18n/messages.ts';
import type { Actions } from '../state/actions.ts';
import type { Services } from '../state/services.ts';
import { allKeysOf, keysOf, type Host } from '../state/shortcut-keys.ts';
import type { KeyedCommand } from '../../shared/domain/command-keys.ts';

export interface CommandContext {
  readonly services: Services;
  readonly actions: Actions;
  focusComposer(): void;
  focusChatSearch(): void;
  pickFiles(): void;
}

/** Names of commands in `Messages['commands']`. */
type CommandId = Extract<
  keyof Messages['commands'],
  | 'palette'
  | 'newChat'
  | 'findChat'
  | 'synopsis'
  | 'sources'
  | 'browser'
  | 'tasks'
  | 'sidebar'
  | 'settings'
  | 'shortcuts'
  | 'schedules'
  | 'models'
  | 'mcp'
  | 'health'
  | 'library'
  | 'undoSynopsis'
  | 'openDemo'
  | 'backups'
  | 'diagnostics'
  | 'notices'
  | 'focusComposer'
  | 'attach'
  | 'togglePause'
  | 'back'
  | 'forward'
  | 'closeTop'
>;

export interface Command {
  readonly id: CommandId;
  readonly inPalette: boolean;
  run(context: CommandContext): void;
}

/** One table feeds the keys, the sheet of keys and the palette. */
export const commands: readonly Command[] = [
  {
    id: 'palette',
    inPalette: false,
    run: ({ services: { view } }) => view.setDialog(view.getState().dialog === 'palette' ? null : 'palette'),
  },
  { id: 'newChat', inPalette: true, run: ({ actions, focusComposer }) => void actions.leaveForNewChat().then(focusComposer) },
  { id: 'findChat', inPalette: true, run: ({ focusChatSearch }) => focusChatSearch() },
  { id: 'focusComposer', inPalette: false, run: ({ focusComposer }) => focusComposer() },
  { id: 'attach', inPalette: true, run: ({ pickFiles }) => pickFiles() },
  {
    id: 'synopsis',
    inPalette: true,
    run: ({ actions }) => void actions.toggleSynopsis(),
  },
  {
    id: 'sources',
    inPalette: true,
    run: ({ services: { view } }) => {
      if (view.getState().sessionId) view.toggleRight('sources');
    },
  },
  {
    id: 'browser',
    inPalette: true,
    run: ({ services: { view } }) => {
      if (view.getState().sessionId) view.toggleRight('browser');
    },
  },
  { id: 'tasks', inPalette: true, run: ({ services: { view } }) => view.toggleTasks() },
  { id: 'sidebar', inPalette: true, run: ({ services: { view } }) => view.toggleSidebar() },
  {
    id: 'togglePause',
    inPalette: true,
    run: ({ services: { app } }) => void app.setPaused(!(app.getState().status?.paused ?? false)),
  },
  { id: 'library', inPalette: true, run: ({ services: { view } }) => view.toggleLibrary() },
  {
    id: 'undoSynopsis',
    inPalette: true,
    run: ({ services: { view }, actions }) => {
      if (view.getState().sessionId) void actions.undoSynopsis();
    },
  },
  { id: 'notices', inPalette: true, run: ({ services: { view } }) => view.setDialog('notices') },
  { id: 'settings', inPalette: true, run: ({ services: { view } }) => view.setDialog('settings') },
  { id: 'schedules', inPalette: true, run: ({ services: { view } }) => view.openSchedules(null) },
  { id: 'models', inPalette: true, run: ({ services: { view } }) => view.setDialog('models') },
  { id: 'mcp', inPalette: true, run: ({ services: { view } }) => view.setDialog('mcp') },
  { id: 'shortcuts', inPalette: true, run: ({ services: { view } }) => view.setDialog('shortcuts') },
  { id: 'health', inPalette: true, run: ({ services: { view } }) => view.setDialog('health') },
  { id: 'openDemo', inPalette: true, run: ({ actions }) => void actions.openDemo() },
  { id: 'backups', inPalette: true, run: ({ services: { view } }) => view.openSettings('data') },
  { id: 'diagnostics', inPalette: true, run: ({ services: { view } }) => view.setDialog('diagnostics') },
  { id: 'back', inPalette: true, run: ({ actions }) => void actions.travel(-1) },
  { id: 'forward', inPalette: true, run: ({ actions }) => void actions.travel(1) },
  { id: 'closeTop', inPalette: false, run: ({ services: { view } }) => void view.closeTop() },
];

/** Found by name in the palette. */
const withoutKeys = [
  'undoSynopsis',
  'togglePause',
  'health',
  'schedules',
  'models',
  'mcp',
  'openDemo',
  'backups',
  'diagnostics',
] as const satisfies readonly Exclude<CommandId, KeyedCommand>[];

function isKeyed(id: CommandId): id is KeyedCommand {
  return !(withoutKeys as readonly CommandId[]).includes(id);
}

/** `Ctrl+Shift+K`; Ctrl is Command on a Mac. Null has no keys. */
export function shownKeys({ id }: Command, host: Host): string | null {
  return isKeyed(id) ? keysOf(id, host) : null;
}

export interface KeyPress {
  readonly key: string;
  /** The key's place on the keyboard, so that shortcuts work in a Russian layout. */
  readonly code: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Whether text is being typed where the key was pressed. */
  readonly inText: boolean;
}

const codes: Readonly<Record<string, string>> = {
  ',': 'Comma',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
};

/** The buttons for back and forward beside a mouse's own three, as `MouseEvent.button` has them. */
export const mouseCommands: Readonly<Partial<Record<number, 'back' | 'forward'>>> = { 3: 'back', 4: 'forward' };

function isPressed(keys: string, press: KeyPress): boolean {
  if (keys === 'Esc') return press.key === 'Escape' && !press.ctrl && !press.shift && !press.alt;
  if (keys === '?') {
    // The same key gives a comma in a Russian layout; there it is the key with 7.
    return !press.inText && !press.ctrl && !press.alt && press.key === '?';
  }
  const parts = keys.split('+');
  const letter = parts.at(-1) ?? '';
  const code = codes[letter] ?? `Key${letter}`;
  return (
    press.code === code &&
    press.ctrl === parts.includes('Ctrl') &&
    press.shift === parts.includes('Shift') &&
    press.alt === parts.includes('Alt')
  );
}

/** The command a key press asks for, or none. */
export function commandFor(press: KeyPress): Command | null {
  return commands.find(({ id }) => isKeyed(id) && allKeysOf(id).some(keys => isPressed(keys, press))) ?? null;
}
