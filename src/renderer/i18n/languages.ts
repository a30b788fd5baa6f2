import type { Language } from '../../shared/domain/language.ts';
import type { Messages } from './messages.ts';

/** The sentences of each language, a file of their own each: a window loads those of the language it speaks. */
export type Languages = Readonly<Record<Language, () => Promise<Messages>>>;

export const languages: Languages = {
  ru: async () => (await import('./ru.ts')).ru,
  en: async () => (await import('./en.ts')).en,
};
