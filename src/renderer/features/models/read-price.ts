import type { Language } from '../../../shared/domain/language.ts';

/** As the price's schema bounds it. */
const mostUsd = 100_000;
/** Digits after the sign that published prices have at most. */
const shownDecimals = 6;

/** Dollars for a million tokens as people type them, zero included, with either decimal sign; null for anything else. */
export function readPrice(text: string, language: Language): number | null {
  const typed = text.replace(/[\s$]/gu, '');
  const bare = language === 'en' && /^\d{1,3}(,\d{3})+(\.\d+)?$/u.test(typed) ? typed.replaceAll(',', '') : typed.replace(',', '.');
  if (!/^(?:\d+(?:\.\d*)?|\.\d+)$/u.test(bare)) return null;
  const usd = Number(bare);
  return usd <= mostUsd ? usd : null;
}

/** The number as `readPrice` of the same language reads it back. */
export function writePrice(usd: number, language: Language): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: shownDecimals }).format(usd);
}
