import type { Language } from '../../../shared/domain/language.ts';

/** Pasted text longer than this is more likely material than a question: about two pages. */
export const longPasteChars = 4_000;

/** The text as an address when it is one and nothing else; null otherwise. */
export function asSingleUrl(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\/\S+$/iu.test(trimmed) || !URL.canParse(trimmed)) return null;
  return trimmed;
}

export const synopsisCommands = ['/конспект', '/synopsis'] as const;

export type Command = { readonly kind: 'synopsis' } | { readonly kind: 'unknown'; readonly name: string } | null;

/** What a message that begins with a slash asks for. A path such as `/etc/hosts` is a message. */
export function readCommand(text: string): Command {
  const word = /^\/([\p{L}-]+)$/u.exec(text.trim())?.[0];
  if (word === undefined) return null;
  return synopsisCommands.some(command => command === word.toLowerCase()) ? { kind: 'synopsis' } : { kind: 'unknown', name: word };
}

/** The command that begins with what is typed so far, once: in the window's language unless the other one is being typed. */
export function suggestCommands(text: string, language: Language): readonly string[] {
  if (!/^\/[\p{L}-]*$/u.test(text)) return [];
  const matching = synopsisCommands.filter(command => command.startsWith(text.toLowerCase()) && command !== text.toLowerCase());
  const own = synopsisCommands[language === 'ru' ? 0 : 1];
  return matching.includes(own) ? [own] : matching;
}
