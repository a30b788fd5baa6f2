import { z } from 'zod';
import type { HostCallInput } from '../../../shared/contract/worker/host-calls.ts';
import { language } from '../../../shared/domain/language.ts';
import { detailLevel, template } from '../../../shared/domain/synopsis.ts';
import type { Tool } from './tool.ts';

/** What is left out is as the last synopsis had it, or as the material is. */
const input = z.strictObject({
  kind: template.optional(),
  detail: detailLevel.optional(),
  language: language.optional(),
  changedOnly: z.boolean().default(false).describe('Update a finished one'),
});

const words = {
  ru: {
    started: 'Конспект делается в фоне и появится в чате, когда будет готов. Не жди его и не пересказывай.',
    updating:
      'Устаревшие разделы делаются заново в фоне; человек увидит их в конспекте рядом с прежними и примет или отклонит каждый. Не жди их.',
    already_running: 'Конспект этого чата уже делается',
    asBegun: (how: string) => `, но таким, как его начали: ${how}. Когда он будет готов, вызови ещё раз.`,
    done: 'Конспект готов.',
    failed: 'Конспект не начат',
    cancelled: 'Конспект остановлен.',
    asItIs:
      'Конспект не начат: с changedOnly вид, подробность и язык остаются прежними. Убери kind, detail и language, или убери changedOnly, чтобы сделать весь конспект заново.',
  },
  en: {
    started: 'The synopsis is being made in the background and will come into the chat when it is ready. Do not wait for it or retell it.',
    updating:
      'The outdated sections are being made anew in the background; the person will see them in the synopsis beside the ones of before, and accept or reject each. Do not wait for them.',
    already_running: 'A synopsis of this chat is being made already',
    asBegun: (how: string) => `, but as it was begun: ${how}. Call again when it is ready.`,
    done: 'The synopsis is ready.',
    failed: 'The synopsis was not begun',
    cancelled: 'The synopsis was stopped.',
    asItIs:
      'The synopsis was not begun: with changedOnly its kind, detail and language stay as they are. Leave out kind, detail and language, or leave out changedOnly to make all of it anew.',
  },
} as const;

type Wish = z.output<typeof input>;

/** What is asked of main; null for wishes that cannot be had together. */
function workOf({ kind, detail, language: spoken, changedOnly }: Wish): HostCallInput<'work.start'>['work'] | null {
  if (!changedOnly) return { kind: 'synopsis', template: kind ?? null, detail: detail ?? null, language: spoken ?? null };
  return kind === undefined && detail === undefined && spoken === undefined ? { kind: 'refresh' } : null;
}

export const makeSynopsis: Tool<Wish> = {
  name: 'make_synopsis',
  description: {
    ru: 'Делает или обновляет конспект этого чата, в фоне. Указывай только то, что назвал человек.',
    en: 'Makes or updates the synopsis of this chat, in the background. Give only what the person has named.',
  },
  input,
  changesOutside: false,
  async run(wish, { task, input: agent, stepKey }) {
    const say = words[agent.language];
    const work = workOf(wish);
    if (work === null) return { text: say.asItIs, isError: true };
    const { state, text } = await task.hostCall('work.start', { key: stepKey, work });
    switch (state) {
      case 'started':
        return { text: wish.changedOnly ? say.updating : say.started };
      case 'already_running':
        return { text: say.already_running + (text === '' ? '.' : say.asBegun(text)), isError: text !== '' };
      case 'failed':
        return { text: `${say.failed}: ${text}`, isError: true };
      case 'done':
      case 'cancelled':
        return { text: say[state] };
    }
  },
};
