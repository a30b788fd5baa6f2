import { spokenLanguage } from '../app/spoken-language.ts';

/** The language tag (BCP 47) of a POSIX locale such as `ru_RU.UTF-8`; null for `C`, `POSIX` and what is none. */
export function tagOfPosixLocale(locale: string | undefined): string | null {
  const name = (locale ?? '').split(/[.@]/u, 1)[0] ?? '';
  if (name === '' || name === 'C' || name === 'POSIX') return null;
  try {
    return Intl.getCanonicalLocales(name.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** Dates and numbers are written in the language the program speaks, whatever else the system is set to: "22/11/2026" beside English words. */
export function programLocale(locale: string): string {
  return { ru: 'ru-RU', en: 'en-GB' }[spokenLanguage(locale)];
}

/** The person's language, in the order in which POSIX looks for it; then what the system's own settings say. */
export function systemLocale(env: Readonly<Record<string, string | undefined>>): string {
  return (
    tagOfPosixLocale(env['LC_ALL']) ??
    tagOfPosixLocale(env['LC_MESSAGES']) ??
    tagOfPosixLocale(env['LANG']) ??
    Intl.DateTimeFormat().resolvedOptions().locale
  );
}
