import { z } from 'zod';
import { questionExpiresInMs } from '../loop/question-expiry.ts';
import type { Tool } from './tool.ts';

const input = z.strictObject({
  question: z.string().min(1).max(1_000).describe('One question, whole and understandable by itself'),
  choices: z.array(z.string().min(1).max(500)).max(10).default([]).describe('Answers to choose from; none for free words'),
});

const words = {
  ru: { answered: 'Ответ человека', none: 'Человек не ответил. Продолжай по своему разумению и скажи, что предположено.' },
  en: { answered: 'The person answers', none: 'The person has not answered. Go on as you see fit and say what you have assumed.' },
} as const;

export const askPerson: Tool<z.output<typeof input>> = {
  name: 'ask_person',
  description: {
    ru: 'Спрашивает человека и ждёт ответа, хоть бы и несколько дней. Только если без ответа работа пойдёт не туда; в простом разговоре задай вопрос словами.',
    en: 'Asks the person and waits for the answer, if need be for days. Only where the work would go astray without it; in plain talk just put the question in your answer.',
  },
  input,
  changesOutside: false,
  async run({ question, choices }, { task, input: agent, stepKey }) {
    const { answer } = await task.hostCall('person.ask', {
      key: `question:${stepKey}`,
      type: 'question',
      tool: 'ask_person',
      title: question,
      action: null,
      destination: null,
      payload: null,
      choices,
      expiresInMs: questionExpiresInMs,
      whenExpired: 'deny',
    });
    const say = words[agent.language];
    return { text: answer === null || answer.trim() === '' ? say.none : `${say.answered}: ${answer}` };
  },
};
