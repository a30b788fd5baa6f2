import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '../../../../src/shared/domain/language.ts';

export const itemKinds = ['decisions', 'tasks', 'terms', 'timeline', 'questions'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** An item that a person has found in a text, at the end of the sentence that says it. */
export interface GoldItem {
  readonly kind: ItemKind;
  /** UTF-16 offset just behind the sentence, in the text without marks. */
  readonly at: number;
  /** Whether two readers could disagree: neither missed when it is left out nor wrong when it is there. */
  readonly isOptional: boolean;
  /** Of a task; null for nobody named, and for no date. */
  readonly who: string | null;
  readonly due: string | null;
  /** Of a definition. */
  readonly term: string | null;
}

export interface ItemCase {
  readonly name: string;
  readonly language: Language;
  readonly text: string;
  readonly items: readonly GoldItem[];
}

const kindOf: Readonly<Record<string, ItemKind>> = { d: 'decisions', t: 'tasks', m: 'terms', w: 'timeline', q: 'questions' };
/** ` ⟦T Anna; by Friday⟧` behind a sentence; a small letter for an optional one. README.md says what the letters mean. */
const mark = / ?⟦([dtmwq])(?: ([^⟧]*))?⟧/giu;

/** The marked texts of one half. */
export function readItems(half: 'dev' | 'test'): ItemCase[] {
  const folder = new URL(`./${half}/`, import.meta.url);
  return readdirSync(folder)
    .sort()
    .map(file => {
      const language = file.slice(0, 2);
      if (language !== 'ru' && language !== 'en') throw new Error(`${half}/${file} is no case: its name begins with "ru-" or "en-".`);
      return { name: file.slice(0, -4), language, ...withoutMarks(readFileSync(new URL(file, folder), 'utf8').trim()) };
    });
}

function withoutMarks(marked: string): Pick<ItemCase, 'text' | 'items'> {
  const items: GoldItem[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(mark)) {
    text += marked.slice(from, match.index);
    from = match.index + match[0].length;
    const letter = match[1] ?? '';
    const kind = kindOf[letter.toLowerCase()];
    if (kind === undefined) throw new Error(`"${match[0]}" marks no kind of item.`);
    const [first = '-', second = '-'] = (match[2] ?? '-').split(';').map(part => part.trim());
    const named = (value: string): string | null => (value === '-' ? null : value);
    items.push({
      kind,
      at: text.length,
      isOptional: letter !== letter.toUpperCase(),
      who: kind === 'tasks' ? named(first) : null,
      due: kind === 'tasks' ? named(second) : null,
      term: kind === 'terms' ? named(first) : null,
    });
  }
  return { text: text + marked.slice(from), items };
}
