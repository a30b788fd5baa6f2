import { expect, test } from 'vitest';
import type { PersonInput } from '../../../shared/domain/browser.ts';
import { createInputQueue } from './input-queue.ts';

const move = (x: number): PersonInput => ({ type: 'mouse', what: 'move', x, y: 0, button: 'left' });
const down: PersonInput = { type: 'mouse', what: 'down', x: 3, y: 0, button: 'left' };

/** A page that answers when it is told to. */
function slowPage() {
  const sent: (readonly PersonInput[])[] = [];
  let answer: (isTaken: boolean) => void = () => {};
  const queue = createInputQueue(events => {
    sent.push(events);
    return new Promise(resolve => {
      answer = resolve;
    });
  });
  const settle = async (isTaken = true) => {
    answer(isTaken);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { queue, sent, settle };
}

test('one call at a time, in order, and movements that wait become one', async () => {
  const { queue, sent, settle } = slowPage();
  for (const event of [move(1), move(2), move(3), down, move(4), move(5)]) queue.push(event);
  expect(sent).toEqual([[move(1)]]);
  await settle();
  expect(sent).toEqual([[move(1)], [move(3), down, move(5)]]);
  await settle();
  queue.push(down);
  expect(sent).toHaveLength(3);
});

test('turns of the wheel add up', async () => {
  const { queue, sent, settle } = slowPage();
  queue.push(down);
  for (const dy of [40, 60]) queue.push({ type: 'wheel', x: dy, y: 1, dx: 1, dy });
  await settle();
  expect(sent[1]).toEqual([{ type: 'wheel', x: 60, y: 1, dx: 2, dy: 100 }]);
});

test('nothing is sent after what was refused', async () => {
  const { queue, sent, settle } = slowPage();
  for (const event of [down, move(1), down]) queue.push(event);
  await settle(false);
  expect(sent).toEqual([[down]]);
  queue.push(move(9));
  expect(sent.at(-1)).toEqual([move(9)]);
});
