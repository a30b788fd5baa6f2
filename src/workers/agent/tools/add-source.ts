import { z } from 'zod';
import { asNamed } from '../../../shared/domain/asked-action.ts';
import type { Tool } from './tool.ts';

export const sourceInput = z.strictObject({
  url: z
    .url({ protocol: /^https?$/u })
    .max(4_096)
    .describe('Address of the page or file'),
  title: z.string().min(1).max(500),
  why: z.string().min(1).max(2_000).describe('What it gives to the task, in a sentence or two'),
});

const words = {
  ru: {
    proposed: 'Источник предложен человеку.',
    started: 'Источник добавлен и читается; искать в нём можно будет через минуту.',
    failed: 'Источник не добавлен',
  },
  en: {
    proposed: 'The source is proposed to the person.',
    started: 'The source is added and being read; it can be searched in a minute.',
    failed: 'The source was not added',
  },
} as const;

export const addSource: Tool<z.output<typeof sourceInput>> = {
  name: 'add_source',
  description: {
    ru: 'Добавляет в материалы чата страницу или файл по адресу. Спрашивает человека.',
    en: 'Adds a page or a file by its address to the material of the chat. Asks the person.',
  },
  input: sourceInput,
  // Within the program, by a key of its own: added again after a crash it is the same document.
  changesOutside: false,
  /** A source finder proposes all it has found at once, as its result, and the person chooses there. */
  asksFirst: ({ title, url }, { input: agent }) =>
    agent.agent === 'source_finder' ? null : { action: { does: 'add_source', title: asNamed(title) }, destination: url },
  async run({ url }, { task, input: agent, stepKey }) {
    const say = words[agent.language];
    if (agent.agent === 'source_finder') return { text: say.proposed };
    const { state, text } = await task.hostCall('work.start', { key: stepKey, work: { kind: 'source', url } });
    if (state === 'failed' || state === 'cancelled') return { text: `${say.failed}: ${text}`, isError: true };
    return { text: say.started };
  },
};
