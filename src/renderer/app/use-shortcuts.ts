import { useEffect } from 'react';
import { isMac } from '../ui/keys.tsx';
import { commandFor, mouseCommands, commands, type CommandContext } from './commands.ts';

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input:not([type="radio"]):not([type="checkbox"]), textarea, [contenteditable="true"]')
  );
}

/** Runs commands by their keys. What a part of the window handled itself (a menu's Escape) does not arrive here. */
export function useShortcuts(context: CommandContext): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandFor({
        key: event.key,
        code: event.code,
        ctrl: isMac ? event.metaKey : event.ctrlKey,
        shift: event.shiftKey,
        alt: event.altKey,
        inText: isText(event.target),
      });
      if (!command) return;
      if (command.id !== 'closeTop') event.preventDefault();
      command.run(context);
    };
    // A browser takes them for its own history and would leave the page.
    const onMouse = (event: MouseEvent): void => {
      const id = mouseCommands[event.button];
      if (id === undefined) return;
      event.preventDefault();
      if (event.type === 'mouseup') commands.find(command => command.id === id)?.run(context);
    };
    window.addEventListener('keydown', onKeyDown);
    for (const type of ['mousedown', 'mouseup'] as const) window.addEventListener(type, onMouse);
    // From the menu of the system.
    const stopListening = context.services.client.onEvent('command.run', event => {
      commands.find(({ id }) => id === event.command)?.run(context);
    });
    return () => {
      stopListening();
      window.removeEventListener('keydown', onKeyDown);
      for (const type of ['mousedown', 'mouseup'] as const) window.removeEventListener(type, onMouse);
    };
  }, [context]);
}
