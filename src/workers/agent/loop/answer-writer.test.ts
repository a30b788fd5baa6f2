import { expect, test } from 'vitest';
import { createAnswerWriter } from './answer-writer.ts';

/** Main's end: takes each part when it is told to. */
function taking() {
  const parts: { at: number; text: string }[] = [];
  const waiting: (() => void)[] = [];
  const write = (part: { at: number; text: string }) => {
    parts.push(part);
    return new Promise<void>(resolve => void waiting.push(resolve));
  };
  return {
    parts,
    write,
    take: () => waiting.shift()?.(),
    text: () => parts.reduce((text, part) => text.slice(0, part.at) + part.text, 'старое'),
  };
}

test('writes the first piece at once and gathers while main is at work', async () => {
  const { parts, write, take, text } = taking();
  const writer = createAnswerWriter(write);
  writer.begin();
  writer.append('Да');
  writer.append(', ко');
  writer.append('нечно.');
  expect(parts).toEqual([{ at: 0, text: 'Да' }]);
  const settled = writer.settle();
  take();
  await Promise.resolve();
  await expect.poll(() => parts.length).toBe(2);
  take();
  await settled;
  expect(parts[1]).toEqual({ at: 2, text: ', конечно.' });
  expect(text()).toBe('Да, конечно.');
});

test('what is read from the records goes out in one write, when the attempt begins to work', async () => {
  const { parts, write, take } = taking();
  const writer = createAnswerWriter(write);
  writer.append('Было. ');
  writer.append('И было.');
  expect(parts).toEqual([]);
  writer.begin();
  expect(parts).toEqual([{ at: 0, text: 'Было. И было.' }]);
  take();
  await writer.settle();
  writer.close();
});

test('an attempt that says nothing leaves nothing of the one before', async () => {
  const { write, take, text } = taking();
  const writer = createAnswerWriter(write);
  writer.begin();
  const settled = writer.settle();
  take();
  await settled;
  expect(text()).toBe('');
});

test('a refusal of main is the end of the attempt', async () => {
  const writer = createAnswerWriter(() => Promise.reject(new Error('Нет места.')));
  writer.begin();
  writer.append('Да');
  await expect(writer.settle()).rejects.toThrow('Нет места.');
  writer.append('ещё');
  await expect(writer.settle()).rejects.toThrow('Нет места.');
});

test('an attempt that fails leaves all that it has said', async () => {
  const { write, take, text } = taking();
  const writer = createAnswerWriter(write);
  writer.begin();
  writer.append('Начало');
  writer.append(' ответа');
  const kept = writer.keep();
  take();
  await Promise.resolve();
  take();
  await expect.poll(text).toBe('Начало ответа');
  take();
  await kept;
  writer.close();
});

test('an attempt that fails before its first word leaves what the one before has said', async () => {
  const { parts, write } = taking();
  const writer = createAnswerWriter(write);
  writer.begin();
  await writer.keep();
  writer.close();
  expect(parts).toEqual([]);
});

test('text that main would not take hides no failure', async () => {
  const writer = createAnswerWriter(() => Promise.reject(new Error('no longer')));
  writer.begin();
  writer.append('Начало');
  writer.append(' ответа');
  await writer.keep();
  writer.close();
});
