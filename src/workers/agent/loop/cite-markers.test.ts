import { expect, test } from 'vitest';
import { documentId, sha256Hex } from '../../../shared/domain/ids.ts';
import type { Citation } from '../../../shared/domain/synopsis.ts';
import { createCiteMarkers } from './cite-markers.ts';

function citation(number: number): Citation {
  return {
    source: { kind: 'document', documentId: documentId.parse('01920000-0000-7000-8000-000000000001') },
    snapshotHash: sha256Hex.parse('a'.repeat(64)),
    quote: `passage ${number}`,
    prefix: '',
    suffix: '',
    start: number,
    end: number + 9,
    page: null,
    messageId: null,
    support: 'verified',
  };
}
/** Passages 3 and 7 were shown. */
const shown = (number: number) => (number === 3 || number === 7 ? citation(number) : undefined);

function through(pieces: Iterable<string>) {
  const markers = createCiteMarkers(shown);
  let text = '';
  for (const piece of pieces) text += markers.push(piece);
  text += markers.flush();
  return { text, quotes: markers.citations().map(({ quote }) => quote) };
}

test.for([
  ['Да [7]. Нет [3][7].', 'Да [1]. Нет [2][1].', ['passage 7', 'passage 3']],
  ['Да [3, 7].', 'Да [1][2].', ['passage 3', 'passage 7']],
  ['Да[^3], нет 【7†L1-L2】.', 'Да[1], нет [2].', ['passage 3', 'passage 7']],
  ['Выдумка [99]. Дальше.', 'Выдумка. Дальше.', []],
  ['Часть [3, 99].', 'Часть [1].', ['passage 3']],
  ['Список [1, 2] и [ ] и [слово].', 'Список [1, 2] и [ ] и [слово].', []],
  ['Ссылка [3](https://a.example) и `a[3]`.', 'Ссылка [3](https://a.example) и `a[3]`.', []],
  ['```ts\nx[3]\n```\nДа [3]', '```ts\nx[3]\n```\nДа [1]', ['passage 3']],
  ['5` длины\n\nДа [3]', '5` длины\n\nДа [1]', ['passage 3']],
  ['В конце [', 'В конце [', []],
  ['В конце  [3', 'В конце  [3', []],
] as const)('%s', ([said, text, quotes]) => {
  expect(through([said])).toEqual({ text, quotes });
  // Any chunking gives the same.
  expect(through(said)).toEqual({ text, quotes });
  for (let at = 1; at < said.length; at += 1) expect(through([said.slice(0, at), said.slice(at)])).toEqual({ text, quotes });
});

test('keeps at most as many citations as an answer takes', () => {
  const markers = createCiteMarkers(citation);
  const text = markers.push(Array.from({ length: 60 }, (_, index) => `[${index + 1}]`).join(' ')) + markers.flush();
  expect(markers.citations()).toHaveLength(50);
  expect(text.endsWith('[50]')).toBe(true);
});
