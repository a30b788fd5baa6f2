import { describe, expect, test } from 'vitest';
import { findDefinition } from './find-definition.ts';
import { shortForm, withoutTerm } from './short-form.ts';

describe('shortForm', () => {
  test.each([
    [
      'В 1714 году парламент принял Акт о долготе, который обещал премию в 20 000 фунтов.',
      '1714',
      'В 1714 году парламент принял Акт о долготе…',
    ],
    ['Средний расход тепла снизился на 17,4%, и экономия составила 3 250 рублей.', '17,4%', 'Средний расход тепла снизился на 17,4%…'],
    [
      'On 3 September 1878 the steamer Princess Alice sank near the outfalls, and about 650 people died.',
      '1878',
      'On 3 September 1878 the steamer Princess Alice sank near the outfalls…',
    ],
    [
      'Parliament passed an act on 2 August, and gave the Board of Works £3 million to build a new system.',
      '£3 million',
      '…and gave the Board of Works £3 million to build a new system.',
    ],
    ['Тундра сменилась болотами и лесами, и площадь пастбищ сократилась на 90%.', '90%', '…и площадь пастбищ сократилась на 90%.'],
    [
      'The last outbreak, in 1866, killed 5,596 people in the East End, the only part left.',
      '5,596',
      'The last outbreak, in 1866, killed 5,596 people in the East End…',
    ],
  ])('%s', (text, part, short) => {
    const start = text.indexOf(part);
    expect(shortForm(text, { start, end: start + part.length })).toBe(short);
  });

  test.each([
    ['Лишь в 1773 году, после вмешательства короля Георга III, Гаррисон получил 8750 фунтов.', '1773'],
    ['Гаррисон, который был плотником, построил хронометр в 1735 году.', '1735'],
    ['В 1761 году Уильям отплыл, и вернулся.', '1761'],
  ])('stays whole: %s', (text, part) => {
    const start = text.indexOf(part);
    expect(shortForm(text, { start, end: start + part.length })).toBeNull();
  });
});

test.each([
  ['Навигация — это наука о пути судна.', 'Наука о пути судна.'],
  ['A cesspool is a pit that collects sewage.', 'A pit that collects sewage.'],
  ['The testing effect is the gain in memory that comes from recall.', 'The gain in memory that comes from recall.'],
  ['Фотосинтезом называют образование веществ на свету.', 'Фотосинтезом называют образование веществ на свету.'],
])('a definition beside its term: %s', (text, rest) => {
  const definition = findDefinition(text);
  if (definition === null) throw new Error(`No definition in «${text}».`);
  expect(withoutTerm(text, definition)).toBe(rest);
});
