import { z } from 'zod';
import type { Tool } from './tool.ts';

const input = z.strictObject({});

const words = {
  ru: {
    started: 'Конспект делается в фоне и появится в чате, когда будет готов. Не жди его и не пересказывай.',
    already_running: 'Конспект этого чата уже делается.',
    done: 'Конспект готов.',
    failed: 'Конспект не получился',
    cancelled: 'Конспект остановлен.',
  },
  en: {
    started: 'The synopsis is being made in the background and will come into the chat when it is ready. Do not wait for it or retell it.',
    already_running: 'A synopsis of this chat is being made already.',
    done: 'The synopsis is ready.',
    failed: 'The synopsis could not be made',
    cancelled: 'The synopsis was stopped.',
  },
} as const;

export const makeSynopsis: Tool<z.output<typeof input>> = {
  name: 'make_synopsis',
  description: {
    ru: 'Создаёт или обновляет конспект этого чата из его документов и разговора. Работает в фоне.',
    en: 'Makes or updates the synopsis of this chat from its documents and its conversation. It works in the background.',
  },
  input,
  changesOutside: false,
  async run(_input, { task, input: agent, stepKey }) {
    const { state, text } = await task.hostCall('work.start', { key: stepKey, work: { kind: 'synopsis' } });
    const said = words[agent.language][state];
    return state === 'failed' ? { text: `${said}: ${text}`, isError: true } : { text: said };
  },
};
