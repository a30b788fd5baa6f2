import type { Language } from '../../../shared/domain/language.ts';

/** Pasted text longer than this is more likely material than a question: about two pages. */
export const longPasteChars = 4_000;

/** The text as an address when it is one and nothing else; null otherwise. */
export function asSingleUrl(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\/\S+$/iu.test(trimmed) || !URL.canParse(trimmed)) return null;
  return trimmed;
}

/** Commands in the window's languages, Russian first. */
const commandWords = {
  synopsis: ['/конспект', '/synopsis'],
  background: ['/фон', '/background'],
  browser: ['/браузер', '/browser'],
} as const;
export type CommandKind = keyof typeof commandWords;
const commandKinds: readonly CommandKind[] = ['synopsis', 'background', 'browser'];

export type Command =
  | { readonly kind: 'synopsis' }
  /** `task` is what follows the word; empty for none yet. */
  | { readonly kind: 'background' | 'browser'; readonly task: string }
  | { readonly kind: 'unknown'; readonly name: string }
  | null;

const isWord = (kind: CommandKind, word: string): boolean => commandWords[kind].some(each => each === word.toLowerCase());

/** What a message that begins with a slash asks for. A path such as `/etc/hosts` is a message. */
export function readCommand(text: string): Command {
  const [, word, rest = ''] = /^(\/[\p{L}-]+)(?:\s+([^]+))?$/u.exec(text.trim()) ?? [];
  if (word === undefined) return null;
  const withTask = (['background', 'browser'] as const).find(kind => isWord(kind, word));
  if (withTask !== undefined) return { kind: withTask, task: rest.trim() };
  if (rest !== '') return null;
  return isWord('synopsis', word) ? { kind: 'synopsis' } : { kind: 'unknown', name: word };
}

/** The commands that begin with what is typed so far, each once: in the window's language unless the other one is being typed. */
export function suggestCommands(text: string, language: Language): readonly { readonly kind: CommandKind; readonly word: string }[] {
  if (!/^\/[\p{L}-]*$/u.test(text)) return [];
  return commandKinds.flatMap(kind => {
    const matching = commandWords[kind].filter(word => word.startsWith(text.toLowerCase()) && word !== text.toLowerCase());
    const own = commandWords[kind][language === 'ru' ? 0 : 1];
    const word = matching.some(each => each === own) ? own : matching[0];
    return word === undefined ? [] : [{ kind, word }];
  });
}
