import type { Language } from '../../../shared/domain/language.ts';
import type { CoverageSource, SectionKind, SynopsisIssue } from '../../../shared/domain/synopsis.ts';

export interface ExportWords {
  readonly synopsis: string;
  readonly sections: Readonly<Record<SectionKind, string>>;
  readonly sources: string;
  readonly chat: string;
  readonly page: (number: number) => string;
  readonly extractive: string;
  readonly empty: Readonly<Record<'nothing_found' | 'needs_model', string>>;
  readonly support: Readonly<Record<'approximate' | 'missing', string>>;
  readonly sourceState: Readonly<Record<CoverageSource['state'], string>>;
  readonly issues: Readonly<Record<SynopsisIssue['code'], (count: number) => string>>;
  readonly who: string;
  readonly due: string;
  readonly answer: string;
  readonly quoteOpen: string;
  readonly quoteClose: string;
}

const ru: ExportWords = {
  synopsis: 'Конспект',
  sections: {
    summary: 'Коротко',
    theses: 'Ключевые тезисы',
    terms: 'Термины',
    timeline: 'Хронология',
    decisions: 'Решения',
    tasks: 'Задачи',
    figures: 'Цифры и факты',
    contradictions: 'Противоречия',
    questions: 'Открытые вопросы',
    selfCheck: 'Вопросы для самопроверки',
  },
  sources: 'Источники',
  chat: 'Переписка в чате',
  page: number => `с. ${number}`,
  extractive: 'Составлено без языковой модели: это дословные выдержки из источников.',
  empty: { nothing_found: 'В источниках не найдено.', needs_model: 'Этот раздел составляет только языковая модель.' },
  support: { approximate: 'приблизительная цитата', missing: 'цитата в источнике не найдена' },
  sourceState: { used: 'использован', skipped: 'пропущен', failed: 'не прочитан' },
  issues: {
    source_failed: count => `Не удалось прочитать источников: ${count}.`,
    source_incomplete: count => `Прочитано не полностью, источников: ${count}.`,
    citation_missing: count => `Цитат, не найденных в источнике: ${count}.`,
    too_little_text: () => 'В источниках слишком мало текста.',
  },
  who: 'Кто',
  due: 'Срок',
  answer: 'Ответ',
  quoteOpen: '«',
  quoteClose: '»',
};

const en: ExportWords = {
  synopsis: 'Synopsis',
  sections: {
    summary: 'In short',
    theses: 'Key points',
    terms: 'Terms',
    timeline: 'Timeline',
    decisions: 'Decisions',
    tasks: 'Tasks',
    figures: 'Figures and facts',
    contradictions: 'Contradictions',
    questions: 'Open questions',
    selfCheck: 'Check yourself',
  },
  sources: 'Sources',
  chat: 'Chat messages',
  page: number => `p. ${number}`,
  extractive: 'Made without a language model: these are the sources’ own words.',
  empty: { nothing_found: 'Nothing found in the sources.', needs_model: 'Only a language model can write this section.' },
  support: { approximate: 'approximate quote', missing: 'quote not found in the source' },
  sourceState: { used: 'used', skipped: 'skipped', failed: 'not read' },
  issues: {
    source_failed: count => `Sources that could not be read: ${count}.`,
    source_incomplete: count => `Sources read only in part: ${count}.`,
    citation_missing: count => `Quotes not found in their source: ${count}.`,
    too_little_text: () => 'The sources hold too little text.',
  },
  who: 'Who',
  due: 'Due',
  answer: 'Answer',
  quoteOpen: '“',
  quoteClose: '”',
};

export const exportWords: Readonly<Record<Language, ExportWords>> = { ru, en };
