import type { Language } from '../../../shared/domain/language.ts';

/** Far below what the program takes at most, in any unit: what is above is a slip of the keys. */
const mostTyped = 10_000_000;

/** Digits beyond these are nobody's concern, in any unit. */
const shownDecimals = 4;

/**
 * A number above zero as people type it, with spaces between thousands and either decimal sign; null for anything else. In
 * English a comma before three digits stands between thousands.
 */
export function readAmount(text: string, language: Language): number | null {
  const typed = text.replace(/\s/gu, '');
  const bare = language === 'en' && /^\d{1,3}(,\d{3})+(\.\d+)?$/u.test(typed) ? typed.replaceAll(',', '') : typed.replace(',', '.');
  if (!/^\d+(\.\d+)?$/u.test(bare)) return null;
  const amount = Number(bare);
  return amount > 0 && amount <= mostTyped ? amount : null;
}

/** The number as `readAmount` of the same language reads it back. */
export function writeAmount(amount: number, language: Language): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: shownDecimals }).format(amount);
}
