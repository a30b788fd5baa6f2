import type { Language } from './language.ts';
import type { SectionKind } from './synopsis.ts';

/** What a section is called, wherever a person meets it: the window, an exported file, the command line. */
export const sectionNames: Readonly<Record<Language, Readonly<Record<SectionKind, string>>>> = {
  ru: {
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
  en: {
    summary: 'In short',
    theses: 'Key points',
    terms: 'Terms',
    timeline: 'Timeline',
    decisions: 'Decisions',
    tasks: 'Tasks',
    figures: 'Figures and facts',
    contradictions: 'Contradictions',
    questions: 'Open questions',
    selfCheck: 'Questions for self-check',
  },
};
