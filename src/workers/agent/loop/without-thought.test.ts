import { expect, test } from 'vitest';
import { withoutThought } from './without-thought.ts';

function through(pieces: Iterable<string>): string {
  const thought = withoutThought();
  let text = '';
  for (const piece of pieces) text += thought.push(piece);
  return text + thought.flush();
}

test.for([
  ['<think>\nЧто ответить? <b></b>\n</think>\nДа.', '\nДа.'],
  [' <think></think>Да.', 'Да.'],
  ['Да. <think>о теге</think> и дальше', 'Да. <think>о теге</think> и дальше'],
  ['<thin', '<thin'],
  ['<think>без конца', ''],
  ['', ''],
] as const)('%j', ([said, text]) => {
  expect(through([said])).toBe(text);
  expect(through(said)).toBe(text);
  for (let at = 1; at < said.length; at += 1) expect(through([said.slice(0, at), said.slice(at)])).toBe(text);
});
