import type { AuditSummary, Verdict } from '../../shared/domain/synopsis-audit.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What the command line says of the claims of a synopsis. */
export interface AuditWords {
  readonly noSynopsis: string;
  readonly label: Readonly<Record<Verdict, string>>;
  readonly foreign: (figures: string) => string;
  readonly health: (percent: number, summary: AuditSummary) => string;
  readonly notJudged: string;
  readonly nothingToAudit: string;
  readonly noModel: string;
}

const ru: AuditWords = {
  noSynopsis: 'Готового конспекта в этом чате пока нет.',
  label: { supported: 'подтверждено', partly: 'частично', not: 'не подтверждено' },
  foreign: figures => `в цитатах нет чисел: ${figures}`,
  health: (percent, { supported, partly, not }) =>
    `Подтверждено цитатами: ${percent} % (подтверждено ${supported}, частично ${partly}, не подтверждено ${not}).`,
  notJudged: 'Модель не вынесла суждения ни об одном утверждении. Попробуйте другую модель.',
  nothingToAudit: 'Этот конспект составил встроенный движок словами источников: проверять нечего.',
  noModel: 'Модель не подключена, а утверждения проверяет она: konspekt models.',
};

const en: AuditWords = {
  noSynopsis: 'There is no finished synopsis in this chat yet.',
  label: { supported: 'supported', partly: 'in part', not: 'not supported' },
  foreign: figures => `numbers that the quotes do not have: ${figures}`,
  health: (percent, { supported, partly, not }) => `Backed by quotes: ${percent}% (${supported} supported, ${partly} in part, ${not} not).`,
  notJudged: 'The model has judged none of the claims. Try another model.',
  nothingToAudit: 'The built-in engine made this synopsis of the sources’ own words: there is nothing to check.',
  noModel: 'No model is connected, and it is a model that checks claims: konspekt models.',
};

export function auditWordsFor(locale: string): AuditWords {
  return { ru, en }[spokenLanguage(locale)];
}
