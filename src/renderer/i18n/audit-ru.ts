import type { AuditMessages } from './audit-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('ru');

export const auditRu: AuditMessages = {
  audit: {
    label: { supported: 'подтверждено', partly: 'частично', not: 'не подтверждено' },
    labelHint: {
      supported: 'Утверждение следует из своих цитат.',
      partly: 'Из цитат следует не всё: откройте их и сравните.',
      not: 'Из цитат это не следует: проверьте по источнику.',
    },
    health: percent => `Подтверждено цитатами: ${percent} %`,
    healthHint: (supported, partly, not) =>
      `Проверка утверждений по их цитатам: подтверждено ${supported}, частично ${partly}, не подтверждено ${not}. Частичные считаются за половину.`,
    foreignFigures: figures => `В цитатах нет чисел: ${figures}.`,
    askNotes: 'Модель читает часть материала',
    askJudge: 'Модель проверяет утверждения',
    askSection: section => `Модель пишет раздел «${section}»`,
    claims: count => n(count, { one: '# утверждение', few: '# утверждения', many: '# утверждений', other: '# утверждения' }),
    found: 'Найдено',
    sectionBy: model => `Раздел составила модель ${model}`,
    sectionBuiltIn: 'Раздел составил встроенный движок',
    engine: 'Кто составляет',
    engineName: { model: 'Модель', builtin: 'Встроенный движок' },
    engineHint: {
      model: 'пишет своими словами, каждое утверждение подтверждает цитатой',
      builtin: 'выбирает фразы из самого материала, работает без модели',
    },
  },
};
