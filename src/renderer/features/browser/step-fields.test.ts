import { expect, test } from 'vitest';
import { browserAction } from '../../../shared/domain/browser.ts';
import { fieldsOfStep, moved, withEmpty, withField } from './step-fields.ts';

const named = { by: 'role' as const, role: 'button', name: 'Find' };
const steps = [
  { do: 'open', url: 'https://shop.example/' },
  { do: 'type', target: { by: 'label', text: 'Search' }, value: { text: 'tea' } },
  { do: 'select', target: { by: 'css', css: '#sort' }, options: ['Cheap'] },
  { do: 'press', key: 'Enter' },
  { do: 'click', target: named },
  { do: 'wait', for: { ms: 500 } },
  { do: 'wait', for: { text: 'Found' } },
  { do: 'upload', target: named, path: 'Papers/a.txt' },
  { do: 'extract', schema: { rows: '.item', fields: [{ name: 'name', css: '.name' }] } },
  { do: 'assert', that: { text: 'Found' } },
  { do: 'assert', that: { gone: 'Wait' } },
  { do: 'assert', that: { url: '/found' } },
].map(step => browserAction.parse(step));

test('every field of every step takes another value, and the step stays one', () => {
  for (const step of steps) {
    const fields = fieldsOfStep(step);
    expect(fields, step.do).not.toEqual([]);
    for (const { field, text } of fields) {
      expect(withField(step, field, text), step.do).toEqual(step);
      const other = browserAction.parse(withField(step, field, '77'));
      expect(fieldsOfStep(other), step.do).toEqual(fields.map(each => (each.field === field ? { field, text: '77' } : each)));
    }
  }
});

test('an answer to the page is taken away by leaving it empty', () => {
  const click = browserAction.parse({ do: 'click', target: named, dialog: 'yes' });
  expect(withField(click, 'dialog', '')).toEqual(browserAction.parse({ do: 'click', target: named }));
});

test('what cannot be said in a line is not offered', () => {
  const secret = browserAction.parse({ do: 'type', target: { by: 'ref', ref: 'e1' }, value: { secret: 'card' } });
  expect(fieldsOfStep(secret)).toEqual([]);
  expect(fieldsOfStep({ do: 'back' })).toEqual([]);
});

test('a step is moved by one place and never out of the list', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
});

test('an extract may be told that there may be no rows, and told otherwise again', () => {
  const extract = browserAction.parse({ do: 'extract', schema: { rows: '.goods', fields: [{ name: 'name', css: '.name' }] } });
  if (extract.do !== 'extract') throw new Error('It is another step.');
  const loose = withEmpty(extract, true);
  expect(loose).toMatchObject({ schema: { rows: '.goods', mayBeEmpty: true } });
  if (loose.do !== 'extract') throw new Error('It became another step.');
  expect(withEmpty(loose, false)).toEqual(extract);
});
