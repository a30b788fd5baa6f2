import type { AuditMessages } from './audit-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('en');

export const auditEn: AuditMessages = {
  audit: {
    label: { supported: 'supported', partly: 'in part', not: 'not supported' },
    labelHint: {
      supported: 'The claim follows from its quotes.',
      partly: 'Not all of it follows from the quotes: open them and compare.',
      not: 'It does not follow from the quotes: check it in the source.',
    },
    health: percent => `Backed by quotes: ${percent}%`,
    healthHint: (supported, partly, not) =>
      `Claims were checked against their quotes: ${supported} supported, ${partly} in part, ${not} not. Those in part count half.`,
    foreignFigures: figures => `Numbers that the quotes do not have: ${figures}.`,
    askNotes: 'The model reads a part of the material',
    askJudge: 'The model checks claims',
    askSection: section => `The model writes the section “${section}”`,
    claims: count => n(count, { one: '# claim', other: '# claims' }),
    found: 'Found',
    sectionBy: model => `This section was made by ${model}`,
    sectionBuiltIn: 'This section was made by the built-in engine',
    engine: 'Made by',
    engineName: { model: 'Model', builtin: 'Built-in engine' },
    engineHint: {
      model: 'writes in its own words and backs each claim with a quote',
      builtin: 'chooses sentences of the material itself and needs no model',
    },
  },
};
