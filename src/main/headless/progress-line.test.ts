import { expect, test } from 'vitest';
import { createProgressLine, type ProgressStream } from './progress-line.ts';

function fakeStream(terminal: Pick<ProgressStream, 'isTTY' | 'columns'>): ProgressStream & { readonly written: string[] } {
  const written: string[] = [];
  return { ...terminal, written, write: text => written.push(text) };
}

test('elsewhere than on a terminal each change is a plain line', () => {
  const out = fakeStream({});
  const line = createProgressLine(out);
  line.show('Reading: a.txt', null, null);
  line.show('Reading: a.txt', null, null);
  line.show('Section: Terms', 2, 9);
  line.end();
  expect(out.written).toEqual(['Reading: a.txt\n', 'Section: Terms 2/9\n']);
});

test('on a terminal one line is rewritten and in the end cleared', () => {
  const out = fakeStream({ isTTY: true, columns: 80 });
  const line = createProgressLine(out);
  line.show('Section: Terms', 3, 9);
  line.show('Section: Terms', 3, 9);
  line.end();
  expect(out.written).toEqual([`\r\u001b[2K${'█'.repeat(8)}${'░'.repeat(16)} 3/9 Section: Terms`, '\r\u001b[2K']);
});

test('a line never reaches the last column, where it would wrap', () => {
  const out = fakeStream({ isTTY: true, columns: 10 });
  createProgressLine(out).show('😀'.repeat(40), null, null);
  expect(out.written).toEqual([`\r\u001b[2K${'😀'.repeat(9)}`]);
});

test('a terminal that does not tell its width is taken for a usual one', () => {
  const out = fakeStream({ isTTY: true, columns: 0 });
  createProgressLine(out).show('x'.repeat(200), null, null);
  expect(out.written).toEqual([`\r\u001b[2K${'x'.repeat(79)}`]);
});

test.each([{ isTTY: true, columns: 80 }, {}])('what a title holds does not steer the terminal (%o)', terminal => {
  const out = fakeStream(terminal);
  createProgressLine(out).show('a\u001b[31m\r\nb\u202Ec\u0007', null, null);
  expect(out.written.join('')).toContain('a[31m bc');
  const shown = out.written.join('').replace('\r\u001b[2K', '').replace(/\n$/u, '');
  expect(shown).not.toMatch(/[\p{Cc}\u202E]/u);
});

test('more done than there is fills the bar and no more', () => {
  const out = fakeStream({ isTTY: true, columns: 80 });
  createProgressLine(out).show('x', 12, 9);
  expect(out.written[0]).toContain(`${'█'.repeat(24)} 12/9`);
});

test('what lasts a moment is shown where the next line takes its place, and nowhere else', () => {
  const log = fakeStream({});
  createProgressLine(log).passing('Queued: a.txt');
  expect(log.written).toEqual([]);
  const terminal = fakeStream({ isTTY: true, columns: 80 });
  createProgressLine(terminal).passing('Queued: a.txt');
  expect(terminal.written).toEqual(['\r\u001b[2KQueued: a.txt']);
});
