import type { CallOutput } from '../../shared/contract/contract.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

interface SearchWords {
  readonly nothing: string;
  readonly wordsAlone: string;
  readonly page: (number: number) => string;
  readonly texts: (toIndex: number) => string;
  /** The stop is a sentence of the program in the person's language. */
  readonly meaning: (meaning: CallOutput<'search.health'>['meaning'], stop: string | null) => string;
}

const words: Readonly<Record<Language, SearchWords>> = {
  ru: {
    nothing: 'Ничего не нашлось.',
    wordsAlone: 'Указатель смысла ещё загружается, поэтому найдено только по словам. Повторите через минуту.',
    page: number => `с. ${number}`,
    texts: toIndex => (toIndex === 0 ? 'По словам находится всё прочитанное.' : `Ещё не находится по словам: ${toIndex} текстов.`),
    meaning: (meaning, stop) =>
      meaning === null
        ? 'Модель для поиска по смыслу не выбрана: konspekt models use embeddings …'
        : [
            `По смыслу (${meaning.modelId}): готово ${meaning.done} из ${meaning.total} отрывков${meaning.isWorking ? ', подготовка идёт' : ''}.`,
            ...(meaning.isLoaded ? [] : ['Указатель смысла ещё загружается; пока поиск идёт только по словам.']),
            ...(stop === null ? [] : [`Подготовка остановилась: ${stop}`]),
          ].join(' '),
  },
  en: {
    nothing: 'Nothing found.',
    wordsAlone: 'The index of meaning is still being loaded, so words alone were looked for. Retry in a minute.',
    page: number => `p. ${number}`,
    texts: toIndex => (toIndex === 0 ? 'Words find everything that was read.' : `Not found by words yet: ${toIndex} texts.`),
    meaning: (meaning, stop) =>
      meaning === null
        ? 'No model is chosen for search by meaning: konspekt models use embeddings …'
        : [
            `By meaning (${meaning.modelId}): ${meaning.done} of ${meaning.total} passages are ready${meaning.isWorking ? ', the rest is being prepared' : ''}.`,
            ...(meaning.isLoaded ? [] : ['The index of meaning is still being loaded; until then a search is by words alone.']),
            ...(stop === null ? [] : [`Preparing has stopped: ${stop}`]),
          ].join(' '),
  },
};

export function searchWordsFor(locale: string): SearchWords {
  return words[spokenLanguage(locale)];
}
