import { expect, test } from 'vitest';
import { askedRange, rangeAnswer } from './asked-range.ts';

test.each([
  ['bytes=0-9', { kind: 'part', start: 0, end: 10 }],
  ['bytes=90-', { kind: 'part', start: 90, end: 100 }],
  ['bytes=90-5000', { kind: 'part', start: 90, end: 100 }],
  ['bytes=99-99', { kind: 'part', start: 99, end: 100 }],
  ['bytes=100-200', { kind: 'outside' }],
  ['bytes=100-', { kind: 'outside' }],
])('%s of 100 bytes', (header, range) => {
  expect(askedRange(header, 100)).toEqual(range);
});

test.each([null, undefined, '', 'bytes=-5', 'bytes=9-3', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=a-b'])('%s is the whole file', header => {
  expect(askedRange(header, 100)).toEqual({ kind: 'whole' });
});

test('the answer says which bytes it holds', () => {
  expect(rangeAnswer({ kind: 'part', start: 10, end: 20 }, 100)).toEqual({
    status: 206,
    headers: { 'Accept-Ranges': 'bytes', 'Content-Length': '10', 'Content-Range': 'bytes 10-19/100' },
  });
  expect(rangeAnswer({ kind: 'outside' }, 100)).toMatchObject({ status: 416, headers: { 'Content-Range': 'bytes */100' } });
  expect(rangeAnswer({ kind: 'whole' }, 100)).toMatchObject({ status: 200, headers: { 'Content-Length': '100' } });
});
