import { InvalidArgumentError } from 'commander';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import { systemLocale } from './system-locale.ts';

/** An argument is read before any command begins, so that its language is asked for here and not handed in. */
export function inTheSystemsLanguage(words: Readonly<Record<Language, string>>): string {
  return words[spokenLanguage(systemLocale(process.env))];
}

export function badArgument(words: Readonly<Record<Language, string>>): InvalidArgumentError {
  return new InvalidArgumentError(inTheSystemsLanguage(words));
}
