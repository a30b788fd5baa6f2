import type { Language } from '../../shared/domain/language.ts';

/** The language the program speaks to someone whose system has this tag (BCP 47). */
export function spokenLanguage(localeTag: string): Language {
  return localeTag.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
