import type { Language } from '../../shared/domain/language.ts';
import type { messageNotes } from '../../shared/domain/session.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

type Note = (typeof messageNotes)[number];

/** What `konspekt ask` says, in both languages. */
export interface AskCommandWords {
  readonly notes: Readonly<Partial<Record<Note, string>>>;
  readonly background: (jobId: string) => string;
  readonly waits: (reason: string) => string;
  /** What was printed is not how the answer reads in the end, which follows. */
  readonly anew: string;
  readonly noModel: string;
}

const ru: AskCommandWords = {
  notes: {
    no_model: 'Модель не подключена: это выдержки из ваших материалов. Подключить: konspekt models add',
    no_model_no_documents: 'Модель не подключена, а документов в чате нет. Добавьте документ (--file) или модель (konspekt models add).',
    no_model_nothing_found: 'Модель не подключена, и в материалах об этом ничего не нашлось.',
    documents_not_ready: 'В прочитанном об этом ничего не нашлось, а часть документов ещё не прочитана.',
  },
  background: jobId => `Работа идёт в фоне. Дождаться: konspekt jobs wait ${jobId}`,
  waits: reason => `Ответ ждёт: ${reason}.`,
  anew: 'Ответ написан заново:',
  noModel: 'Для работы в фоне нужна модель. Подключить: konspekt models add',
};

const en: AskCommandWords = {
  notes: {
    no_model: 'No model is connected: these are passages from your material. Connect one: konspekt models add',
    no_model_no_documents: 'No model is connected and the chat has no documents. Add a document (--file) or a model (konspekt models add).',
    no_model_nothing_found: 'No model is connected, and the material says nothing about that.',
    documents_not_ready: 'What has been read says nothing about that, and some documents are not read yet.',
  },
  background: jobId => `The work goes on in the background. To wait for it: konspekt jobs wait ${jobId}`,
  waits: reason => `The answer waits: ${reason}.`,
  anew: 'The answer was written anew:',
  noModel: 'Work in the background takes a model. Connect one: konspekt models add',
};

const words: Readonly<Record<Language, AskCommandWords>> = { ru, en };

export function askCommandWordsFor(locale: string): AskCommandWords {
  return words[spokenLanguage(locale)];
}
