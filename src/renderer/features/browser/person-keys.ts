import type { PersonInput } from '../../../shared/domain/browser.ts';

/** What of a keyboard event matters; a test makes its own. */
export interface PressedKey {
  readonly key: string;
  /** The key's place on the keyboard. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Keys that mean nothing to a page by themselves. */
const silentKeys: ReadonlySet<string> = new Set(['Dead', 'Unidentified', 'Process', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn', 'FnLock']);

const isCharacter = (key: string): boolean => Array.from(key).length === 1;
const withCommand = ({ ctrlKey, altKey, metaKey }: PressedKey): boolean => ctrlKey || metaKey || altKey;

/** The letter or digit on a key by its place, so that a shortcut works in a Russian layout; null for other keys. */
function latinOf(code: string): string | null {
  const [, letter, digit] = /^(?:Key([A-Z])|Digit(\d))$/u.exec(code) ?? [];
  return letter?.toLowerCase() ?? digit ?? null;
}

/**
 * What a key says to a page: a character is text, whatever layout it comes from; a character with Ctrl, Alt or Command is a key, and so
 * is any other. Null for a key that says nothing. A character has no key that goes up again.
 */
export function inputOfKey(pressed: PressedKey, what: 'down' | 'up'): PersonInput | null {
  const { key, code } = pressed;
  if (silentKeys.has(key)) return null;
  if (!isCharacter(key)) return { type: 'key', what, key };
  // AltGr writes characters with Ctrl and Alt held down.
  const writes = !withCommand(pressed) || (pressed.ctrlKey && pressed.altKey);
  if (writes) return what === 'down' ? { type: 'text', text: key } : null;
  return { type: 'key', what, key: latinOf(code) ?? key };
}
