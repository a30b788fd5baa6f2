import type { Messages } from '../i18n/messages.ts';
import type { Actions } from '../state/actions.ts';
import type { Services } from '../state/services.ts';

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
  | 'tasks'
  | 'sidebar'
  | 'settings'
  | 'shortcuts'
  | 'schedules'
  | 'health'
  | 'focusComposer'
  | 'attach'
  | 'togglePause'
  | 'closeTop'
>;

export interface Command {
  readonly id: CommandId;
  /** `Ctrl+Shift+K`; Ctrl is Command on a Mac. Null has no keys. */
  readonly keys: string | null;
  readonly inPalette: boolean;
  run(context: CommandContext): void;
}

/** One table feeds the keys, the sheet of keys and the palette. */
export const commands: readonly Command[] = [
  {
    id: 'palette',
    keys: 'Ctrl+K',
    inPalette: false,
    run: ({ services: { view } }) => view.setDialog(view.getState().dialog === 'palette' ? null : 'palette'),
  },
  { id: 'newChat', keys: 'Ctrl+N', inPalette: true, run: ({ actions, focusComposer }) => void actions.newChat().then(focusComposer) },
  { id: 'findChat', keys: 'Ctrl+Shift+F', inPalette: true, run: ({ focusChatSearch }) => focusChatSearch() },
  { id: 'focusComposer', keys: 'Ctrl+L', inPalette: false, run: ({ focusComposer }) => focusComposer() },
  { id: 'attach', keys: 'Ctrl+O', inPalette: true, run: ({ pickFiles }) => pickFiles() },
  {
    id: 'synopsis',
    keys: 'Ctrl+Shift+K',
    inPalette: true,
    run: ({ services: { view } }) => {
      if (view.getState().sessionId) view.toggleSynopsis();
    },
  },
  {
    id: 'sources',
    keys: 'Ctrl+Shift+S',
    inPalette: true,
    run: ({ services: { view } }) => {
      if (view.getState().sessionId) view.toggleRight('sources');
    },
  },
  { id: 'tasks', keys: 'Ctrl+J', inPalette: true, run: ({ services: { view } }) => view.toggleTasks() },
  { id: 'sidebar', keys: 'Ctrl+B', inPalette: true, run: ({ services: { view } }) => view.toggleSidebar() },
  {
    id: 'togglePause',
    keys: null,
    inPalette: true,
    run: ({ services: { app } }) => void app.setPaused(!(app.getState().status?.paused ?? false)),
  },
  { id: 'settings', keys: 'Ctrl+,', inPalette: true, run: ({ services: { view } }) => view.setDialog('settings') },
  { id: 'schedules', keys: null, inPalette: true, run: ({ services: { view } }) => view.openSchedules(null) },
  { id: 'shortcuts', keys: '?', inPalette: true, run: ({ services: { view } }) => view.setDialog('shortcuts') },
  { id: 'health', keys: null, inPalette: true, run: ({ services: { view } }) => view.setDialog('health') },
  { id: 'closeTop', keys: 'Esc', inPalette: false, run: ({ services: { view } }) => void view.closeTop() },
];

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

const codes: Readonly<Record<string, string>> = { ',': 'Comma' };

function isPressed(keys: string, press: KeyPress): boolean {
  if (press.alt) return false;
  if (keys === 'Esc') return press.key === 'Escape' && !press.ctrl && !press.shift;
  if (keys === '?') {
    // The same key gives a comma in a Russian layout; there it is the key with 7.
    return !press.inText && !press.ctrl && press.key === '?';
  }
  const parts = keys.split('+');
  const letter = parts.at(-1) ?? '';
  const code = codes[letter] ?? `Key${letter}`;
  return press.code === code && press.ctrl === parts.includes('Ctrl') && press.shift === parts.includes('Shift');
}

/** The command a key press asks for, or none. */
export function commandFor(press: KeyPress): Command | null {
  return commands.find(command => command.keys !== null && isPressed(command.keys, press)) ?? null;
}
