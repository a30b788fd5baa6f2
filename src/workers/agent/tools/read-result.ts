import { z } from 'zod';
import { excerptOf, shownLimit } from '../loop/excerpt.ts';
import type { Tool } from './tool.ts';

/** Share of a shown result that the text takes: the rest is for the line that says how to read on. */
const textShare = 0.9;

const input = z.strictObject({
  id: z.string().max(40).describe('Id of the result, as its excerpt gives it'),
  start: z.int().nonnegative().default(0).describe('Character to begin at'),
});

const words = {
  ru: {
    unknown: (ids: string) => `Результата с таким id нет. Есть: ${ids}`,
    beyond: (length: number) => `В этом результате ${length} символов; начни раньше.`,
  },
  en: {
    unknown: (ids: string) => `There is no result with this id. There are: ${ids}`,
    beyond: (length: number) => `This result has ${length} characters; begin before that.`,
  },
} as const;

export const readResult: Tool<z.output<typeof input>> = {
  name: 'read_result',
  description: {
    ru: 'Читает дальше длинный результат прежнего вызова, от которого был показан только отрывок.',
    en: 'Reads on in a long result of an earlier call, of which only an excerpt was shown.',
  },
  input,
  changesOutside: false,
  run({ id, start }, { input: agent, results }) {
    const say = words[agent.language];
    const result = results.get(id);
    if (result === undefined) return { text: say.unknown([...results.keys()].join(', ') || '—'), isError: true };
    if (start >= result.text.length && start > 0) return { text: say.beyond(result.text.length), isError: true };
    const limit = Math.floor(shownLimit(agent.connection.contextTokens) * textShare);
    return { text: excerptOf(result.text, { limit, id, language: agent.language, from: start }) };
  },
};
