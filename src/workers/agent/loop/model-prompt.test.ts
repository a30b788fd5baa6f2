import { expect, test } from 'vitest';
import { delimitedData } from './delimited-data.ts';
import { modelPrompt, type PromptParams } from './model-prompt.ts';

const { delimit } = delimitedData();
const person = (text: string) => ({ role: 'person', text }) as const;
const assistant = (text: string) => ({ role: 'assistant', text }) as const;

function promptOf(over: Partial<PromptParams>) {
  const prompt = modelPrompt({
    system: 'S',
    conversation: [],
    isCut: false,
    task: 'Сделай короче.',
    turns: [],
    closing: null,
    language: 'ru',
    delimit,
    contextTokens: 8_192,
    budget: 4_096,
    ...over,
  });
  return prompt.map(({ role, content }) => ({ role, text: JSON.stringify(content) }));
}
const early = [person('Меня зовут Ольга.'), assistant('Приятно познакомиться.')];
/** More than the budget has room for. */
const long = `Начало. ${'слово '.repeat(3_000)}Конец.`;

test('what the last question was about is shortened and not left out, and everything before it goes first', () => {
  const [system, asked, answered, task] = promptOf({ conversation: [...early, person('Напиши обзор.'), assistant(long)] });
  expect(system?.text).toContain('Начало разговора не поместилось');
  expect(asked?.text).toContain('Напиши обзор.');
  expect(answered?.text).toMatch(/Начало\. .*здесь не поместилось ещё \d+ знаков.*Конец\./u);
  // As much of it as there is room for: less than half of the room was not left.
  expect(answered?.text.length).toBeGreaterThan(3_000);
  expect(task?.text).toContain('Сделай короче.');
});

test('what fits is whole, and a conversation for which there is no room at all is told as left out', () => {
  expect(promptOf({ conversation: early })).toHaveLength(4);
  // Main gives the newest messages alone: that is told, too.
  expect(promptOf({ conversation: early, isCut: true })[0]?.text).toContain('Начало разговора не поместилось');
  expect(promptOf({ conversation: early })[0]?.text).not.toContain('Начало');
  const none = promptOf({ conversation: [person('Напиши обзор.'), assistant(long)], budget: 120 });
  expect(none.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(none[0]?.text).toContain('Начало разговора не поместилось');
});

test('in the smallest context a result is shortened down to its first paragraph before the task is given up', () => {
  const step = {
    text: '',
    calls: [{ id: 'a', tool: 'fetch_page', input: '{}' }],
    usage: { inputTokens: 1, outputTokens: 1, isEstimate: true },
  };
  const result = { tool: 'fetch_page', callId: 'a', isError: false, text: 'слово '.repeat(5_000) };
  const turns = [{ step, results: [{ call: { id: 'a', tool: 'fetch_page', input: '{}' }, id: 'r1.0', result }] }];
  const told = promptOf({ turns, contextTokens: 2_048, budget: 420 }).at(-1)?.text ?? '';
  expect(told).toContain('слово');
  expect(told.length).toBeLessThan(900);
});
