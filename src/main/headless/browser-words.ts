import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt browser` says. */
export interface BrowserCommandWords {
  readonly noBrowser: string;
  readonly chosen: string;
  readonly noRecipes: string;
  readonly steps: (count: number) => string;
  readonly noSuchRecipe: (name: string) => string;
  readonly notARecipe: (file: string, why: string) => string;
  readonly badParam: (given: string) => string;
  readonly chatName: (recipe: string) => string;
}

const ru: BrowserCommandWords = {
  noBrowser: 'Не найдено ни Chrome, ни Edge, ни Chromium. Установите один из них.',
  chosen: 'им пользуются задачи',
  noRecipes: 'Рецептов нет. Запустите из файла: konspekt browser run recipe.json',
  steps: count => `шагов: ${count}`,
  noSuchRecipe: name => `Нет ни файла, ни рецепта «${name}». Список: konspekt browser recipes`,
  notARecipe: (file, why) => `В файле «${file}» не рецепт: ${why}`,
  badParam: given => `Параметр пишется имя=значение, а дано «${given}».`,
  chatName: recipe => `Браузер: ${recipe}`,
};

const en: BrowserCommandWords = {
  noBrowser: 'No Chrome, Edge or Chromium was found. Install one of them.',
  chosen: 'the one that tasks use',
  noRecipes: 'There are no recipes. Run one from a file: konspekt browser run recipe.json',
  steps: count => `steps: ${count}`,
  noSuchRecipe: name => `There is neither a file nor a recipe "${name}". List: konspekt browser recipes`,
  notARecipe: (file, why) => `The file "${file}" is no recipe: ${why}`,
  badParam: given => `A parameter is written name=value, and this is "${given}".`,
  chatName: recipe => `Browser: ${recipe}`,
};

const words: Readonly<Record<Language, BrowserCommandWords>> = { ru, en };

export function browserWordsFor(locale: string): BrowserCommandWords {
  return words[spokenLanguage(locale)];
}
