import { describe, expect, test } from 'vitest';
import { boundedSnapshot, findInSnapshot, refsIn, snapshotChanges } from './page-snapshot.ts';

const shop = [
  '- main [ref=e1]:',
  '  - heading "Shop" [level=1] [ref=e2]',
  '  - list [ref=e3]:',
  '    - listitem [ref=e4]: Tea 120 ₽',
  '    - listitem [ref=e5]: Coffee 340 ₽',
  '  - iframe [ref=e6]:',
  '    - button "Pay" [ref=f1e2]',
].join('\n');

test('names of elements are read out of a snapshot, those of frames too', () => {
  expect([...refsIn(shop)]).toEqual(['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'f1e2']);
});

describe('what has changed', () => {
  test('is said line by line, with what has gone', () => {
    const now = shop.replace('Coffee 340 ₽', 'Coffee 300 ₽').replace('    - listitem [ref=e4]: Tea 120 ₽\n', '');
    expect(snapshotChanges(shop, now).split('\n')).toEqual([
      'What has changed on the page:',
      '- gone: listitem [ref=e4]: Tea 120 ₽',
      '- gone: listitem [ref=e5]: Coffee 340 ₽',
      '- now: listitem [ref=e5]: Coffee 300 ₽',
    ]);
  });

  test('a line more of the same words is a change', () => {
    expect(snapshotChanges('- text: a\n- text: b\n- text: c', '- text: a\n- text: a\n- text: b\n- text: c')).toContain('- now: text: a');
  });

  test('is the whole page when it is another one, and nothing when it is the same', () => {
    expect(snapshotChanges(shop, '- heading "Other" [ref=e1]')).toBe('- heading "Other" [ref=e1]');
    expect(snapshotChanges(shop, shop)).toBe('Nothing has changed on the page.');
  });
});

test('a long page is cut at a line and says so', () => {
  const long = Array.from({ length: 5_000 }, (_, at) => `- listitem [ref=e${at}]: row ${at}`).join('\n');
  const told = boundedSnapshot(long);
  expect(told.length).toBeLessThan(24_200);
  expect(told.split('\n').at(-2)).toMatch(/^- listitem \[ref=e\d+\]: row \d+$/u);
  expect(told).toContain('more characters of this page are not shown');
});

describe('finding', () => {
  test('shows the place with what it stands in', () => {
    const rows = Array.from({ length: 50 }, (_, at) => `    - listitem [ref=e${at + 10}]: row ${at}`);
    const page = ['- main [ref=e1]:', '  - list "Rows" [ref=e2]:', ...rows].join('\n');
    expect(findInSnapshot(page, 'ROW 40').split('\n')).toEqual([
      '- main [ref=e1]:',
      '  - list "Rows" [ref=e2]:',
      '…',
      ...[37, 38, 39, 40, 41, 42, 43].map(at => `    - listitem [ref=e${at + 10}]: row ${at}`),
    ]);
  });

  test('says when there is nothing, and when there is too much', () => {
    expect(findInSnapshot(shop, 'milk')).toBe('“milk” is nowhere on the page.');
    expect(findInSnapshot(Array.from({ length: 30 }, () => '- text: tea').join('\n'), 'tea')).toContain('10 more places');
  });
});
