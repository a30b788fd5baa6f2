import { expect, test } from 'vitest';
import { createTypedSearch } from './typed-search.ts';

function openSearch() {
  const asked: string[] = [];
  const shown: string[] = [];
  const answers: ((answer: string) => void)[] = [];
  const due: (() => void)[] = [];
  const search = createTypedSearch<string>({
    ask: text => {
      asked.push(text);
      return new Promise(resolve => answers.push(resolve));
    },
    show: answer => void shown.push(answer),
    later(fn) {
      due.push(fn);
      return () => void due.splice(due.indexOf(fn), 1);
    },
  });
  const answer = async (at: number, text: string): Promise<void> => {
    answers[at]?.(text);
    await Promise.resolve();
  };
  return { search, asked, shown, answer, endPause: () => due.shift()?.(), pauses: () => due.length };
}

test('asks at once, then once for all that is typed in the pause', () => {
  const { search, asked, endPause, pauses } = openSearch();
  for (const text of ['w', 'wa', 'wat']) search.search(text);
  expect(asked).toEqual(['w']);
  endPause();
  expect(asked).toEqual(['w', 'wat']);
  search.search('wate');
  expect(asked).toEqual(['w', 'wat']);
  endPause();
  endPause();
  expect([asked, pauses()]).toEqual([['w', 'wat', 'wate'], 0]);
  search.search('water');
  expect(asked.at(-1)).toBe('water');
});

test('never shows an older answer over a newer one', async () => {
  const { search, shown, answer, endPause } = openSearch();
  search.search('w');
  search.search('wa');
  endPause();
  await answer(1, 'of wa');
  await answer(0, 'of w');
  expect(shown).toEqual(['of wa']);
});

test('shows an older answer while there is no newer one', async () => {
  const { search, shown, answer, endPause } = openSearch();
  search.search('w');
  search.search('wa');
  endPause();
  await answer(0, 'of w');
  await answer(1, 'of wa');
  expect(shown).toEqual(['of w', 'of wa']);
});

test('stopped, it asks and shows nothing more', async () => {
  const { search, asked, shown, answer, pauses } = openSearch();
  search.search('w');
  search.search('wa');
  search.stop();
  await answer(0, 'of w');
  expect([asked, shown, pauses()]).toEqual([['w'], [], 0]);
});
