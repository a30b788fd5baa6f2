import { z } from 'zod';
import { agentTask } from '../../../shared/domain/agent.ts';
import type { Tool } from './tool.ts';

const input = z.strictObject({
  title: z.string().min(1).max(200).describe('A few words for the list of schedules'),
  task: agentTask.describe('What is to be done each time: whoever works on it knows nothing else of it'),
  cron: z.string().min(1).max(200).describe('Five fields of cron: minute, hour, day of the month, month, day of the week'),
  timeZone: z.string().max(100).nullable().default(null).describe('IANA name; null for the zone of this computer'),
});

const words = {
  ru: {
    done: (title: string) => `Расписание «${title}» заведено.`,
    failed: 'Расписание не заведено',
  },
  en: {
    done: (title: string) => `The schedule “${title}” is set.`,
    failed: 'The schedule was not set',
  },
} as const;

export const scheduleJob: Tool<z.output<typeof input>> = {
  name: 'schedule_job',
  description: {
    ru: 'Заводит задачу по расписанию: она будет выполняться в фоне снова и снова. Спрашивает человека.',
    en: 'Sets a task on a schedule: it will run in the background again and again. Asks the person.',
  },
  input,
  // Within the program, by a key of its own: made again after a crash it is the same schedule.
  changesOutside: false,
  // It goes nowhere: it stays within the program.
  asksFirst: ({ title, cron }) => ({ action: { does: 'set_schedule', title, cron }, destination: null }),
  async run({ title, task: what, cron, timeZone }, { task, input: agent, stepKey }) {
    const { state, text } = await task.hostCall('work.start', {
      key: stepKey,
      work: { kind: 'schedule', title, task: what, cron, timeZone },
    });
    const say = words[agent.language];
    if (state === 'failed' || state === 'cancelled') return { text: `${say.failed}: ${text}`, isError: true };
    return { text: say.done(title) };
  },
};
