import { z } from 'zod';
import type { HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import { agentName, agentTask, deepestTask } from '../../../shared/domain/agent.ts';
import type { AgentName, ShownPassage } from '../../../shared/domain/agent.ts';
import { createCiteMarkers } from '../loop/cite-markers.ts';
import { PlanFailure, type Tool, type ToolContext } from './tool.ts';

/** Tasks begun by one call: more are no plan. */
const taskLimit = 8;

const tasksOf = (agent: z.ZodType<AgentName>) =>
  z
    .array(
      z.strictObject({
        agent,
        title: z.string().min(1).max(200).describe('A few words for the list of tasks'),
        task: agentTask.describe('The whole task: whoever works on it knows nothing else of it'),
      }),
    )
    .min(1)
    .max(taskLimit);

const others = 'assistant: anything; analyst: documents and tables; source_finder: sources on the web; synopsis_manager: the synopsis';
const andPlanner = 'planner: a task of many parts';
const andBrowser = 'browser: a site that has to be clicked through, in a browser that the person sees';

const input = z.strictObject({
  tasks: tasksOf(agentName.describe([others, andPlanner, andBrowser].join('; '))),
  allOrNothing: z
    .boolean()
    .default(false)
    .describe('For parts of a plan that change something: when one fails, the plan ends and every change made for it is taken back'),
});

/** Parts are a planner's: nobody else is told what becomes of them together. What a browser has found goes to the chat, so it is no part. */
const ofPlanner = input.extend({ tasks: tasksOf(agentName.exclude(['browser']).describe([others, andPlanner].join('; '))) });
const ofOthers = input.omit({ allOrNothing: true });
/** Of a task that the chat has begun: what it begins has no parts, so none of it is a plan. */
const deepOfPlanner = input.extend({ tasks: tasksOf(agentName.exclude(['browser', 'planner']).describe(others)) });
const deepOfOthers = ofOthers.extend({ tasks: tasksOf(agentName.exclude(['planner']).describe([others, andBrowser].join('; '))) });

const words = {
  ru: {
    started: 'начато в фоне; результат придёт в чат сообщением',
    already_running: 'уже идёт; результат придёт в чат сообщением',
    lost: (title: string) => `Часть плана не удалась: ${title}. Сделанное отменяется.`,
    done: 'готово',
    failed: 'не получилось',
    cancelled: 'остановлено',
  },
  en: {
    started: 'begun in the background; its result will come into the chat as a message',
    already_running: 'under way already; its result will come into the chat as a message',
    lost: (title: string) => `A part of the plan has failed: ${title}. What was done is taken back.`,
    done: 'done',
    failed: 'failed',
    cancelled: 'stopped',
  },
} as const;

/** As the record of a call bounds them. */
const passageLimit = 200;

/** A part's text with the numbers that this agent may cite its passages by, which are added to `shown`. */
function renumbered(text: string, cited: readonly ShownPassage[], own: ToolContext['passages'], shown: Map<number, ShownPassage>): string {
  const ofPart = new Map(cited.map(({ number, citation }) => [number, citation]));
  const markers = createCiteMarkers(
    number => ofPart.get(number),
    citation => {
      const passage = own.numberOf(citation);
      shown.set(passage.number, passage);
      return passage.number;
    },
  );
  return markers.push(text) + markers.flush();
}

const isUnderWay = ({ state }: HostCallOutput<'work.start'>) => state === 'started' || state === 'already_running';

export const runInBackground: Tool<z.output<typeof input>> = {
  name: 'run_in_background',
  description: {
    ru: 'Передаёт долгую работу в фон. Бери, если нужно больше минуты: прочитать много документов, собрать источники, сравнить, разобрать таблицы. Потом сразу ответь, что работа начата.',
    en: 'Hands long work to the background. Take it when more than a minute is needed: to read many documents, to gather sources, to compare, to work through tables. Then answer at once that the work has begun.',
  },
  input,
  toldInput({ agent, depth }) {
    if (depth + 1 < deepestTask) return agent === 'planner' ? ofPlanner : ofOthers;
    return agent === 'planner' ? deepOfPlanner : deepOfOthers;
  },
  changesOutside: false,
  parts: ({ tasks }, { agent }) => (agent === 'planner' ? tasks.length : 0),
  async run({ tasks, allOrNothing }, { task, input: agent, stepKey, parts, passages }) {
    // A planner waits for the parts of its plan and is given their results.
    const isPart = agent.agent === 'planner';
    const begin = (each: (typeof tasks)[number], index: number) =>
      task.hostCall('work.start', { key: parts[index] ?? `${stepKey}:${index}`, work: { kind: 'agent', ...each, isPart } });
    // At the same time: asking for one part may end this attempt, and the others should be at work by then.
    let begun = await Promise.all(tasks.map(begin));
    if (isPart && begun.some(isUnderWay)) begun = await Promise.all(tasks.map(begin));
    const say = words[agent.language];
    const lost = begun.findIndex(({ state }) => state === 'failed' || state === 'cancelled');
    if (isPart && allOrNothing && lost !== -1) throw new PlanFailure(say.lost(tasks[lost]?.title ?? ''));
    const shown = new Map<number, ShownPassage>();
    return {
      text: begun
        .map(({ state, text, passages: cited = [] }, index) => {
          const line = `${index + 1}. ${tasks[index]?.title ?? ''} — ${say[state]}`;
          // Why it could not begin is for the person, whom the model tells.
          if (!isPart && state === 'failed' && text !== '') return `${line}: ${text}`;
          return isPart && text !== '' ? `${line}\n${renumbered(text, cited, passages, shown)}` : line;
        })
        .join('\n\n'),
      passages: [...shown.values()].slice(0, passageLimit),
      isError: begun.every(({ state }) => state === 'failed' || state === 'cancelled'),
    };
  },
};
