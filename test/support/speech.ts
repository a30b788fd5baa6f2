import { en } from '../../src/renderer/i18n/en.ts';
import { speechIn, type Speech } from '../../src/renderer/i18n/format.ts';
import { ru } from '../../src/renderer/i18n/ru.ts';
import type { Speaking } from '../../src/renderer/state/app-store.ts';
import type { Language } from '../../src/shared/domain/language.ts';

export const speech: Readonly<Record<Language, Speech>> = { ru: speechIn('ru', ru), en: speechIn('en', en) };

/** A window in Russian that knows both languages. */
export const inRussian: Speaking = { fallbackLocale: 'ru', speech: speech.ru, speak: language => Promise.resolve(speech[language]) };
