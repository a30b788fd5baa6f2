import type { CallOutput } from '../../shared/contract/contract.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

interface SearchWords {
  readonly nothing: string;
  readonly page: (number: number) => string;
  readonly texts: (toIndex: number) => string;
  readonly meaning: (meaning: CallOutput<'search.health'>['meaning']) => string;
}

const words: Readonly<Record<Language, SearchWords>> = {
  ru: {
    nothing: 'Ничего не нашлось.',
    page: number => `с. ${number}`,
    texts: toIndex => (toIndex === 0 ? 'По словам находится всё прочитанное.' : `Ещё не находится по словам: ${toIndex} текстов.`),
    meaning: meaning =>
      meaning === null
        ? 'Модель для поиска по смыслу не выбрана: konspekt models use embeddings …'
        : [
            `По смыслу (${meaning.modelId}): готово ${meaning.done} из ${meaning.total} отрывков${meaning.isWorking ? ', подготовка идёт' : ''}.`,
            ...(meaning.error === null ? [] : [`Подготовка остановилась: ${meaning.error.message}`]),
          ].join(' '),
  },
  en: {
    nothing: 'Nothing found.',
    page: number => `p. ${number}`,
    texts: toIndex => (toIndex === 0 ? 'Words find everything that was read.' : `Not found by words yet: ${toIndex} texts.`),
    meaning: meaning =>
      meaning === null
        ? 'No model is chosen for search by meaning: konspekt models use embeddings …'
        : [
            `By meaning (${meaning.modelId}): ${meaning.done} of ${meaning.total} passages are ready${meaning.isWorking ? ', the rest is being prepared' : ''}.`,
            ...(meaning.error === null ? [] : [`Preparing has stopped: ${meaning.error.message}`]),
          ].join(' '),
  },
};

export function searchWordsFor(locale: string): SearchWords {
  return words[spokenLanguage(locale)];
}
