import { describe, expect, test } from 'vitest';
import { make, source } from '../../../test/support/workers/section-material.ts';
import { isReferenceEntry } from './reference-entry.ts';

describe('an entry of a bibliography', () => {
  test.each([
    'Hale, T. Lamps of the Harbour. Leeds: North Press, 2004.',
    '3. Novak, J. B. Tidal Mills of the West, 1780–1910. Mill House Press, 1988.',
    'Сомов А. Г. Маяки северных морей. — М.: Наука, 1987. — 214 с.',
    '2. Сомов, А. Г. Лоция // Вестник флота. 1991. № 4. — С. 12.',
  ])('is one: %s', text => {
    expect(isReferenceEntry(text)).toBe(true);
  });

  test.each([
    'Сомов А. Г. построил маяк на мысе в 1912 году.',
    'Hale kept the lamp of the harbour until 1904.',
    'In 1904 the harbour had three lamps: two red ones and a white one.',
  ])('is none: %s', text => {
    expect(isReferenceEntry(text)).toBe(false);
  });
});

const story = [
  'The first lamp of the harbour was lit in 1871 by the widow of a pilot.',
  'The council of the harbour paid for oil, and ships of every country steered by the lamp.',
  'A storm of 1893 broke the tower, and masons from the quarry raised a higher one of granite.',
  'Electric light came to the tower in 1926, and the last keeper left the harbour for good.',
].join(' ');

describe.each([
  ['Sources', '## Sources\n\n1. Hale, T. Lamps of the Harbour, 1871–1926. Leeds: North Press, 2004.'],
  ['no heading at all', 'Hale, T. Lamps of the Harbour, 1871–1926. Leeds: North Press, 2004.'],
])('a bibliography under %s', (_, list) => {
  test.each(['summary', 'theses', 'timeline', 'figures'] as const)('is nowhere in %s', kind => {
    const { items } = make(kind, [source(`${story}\n\n${list}`)], 'full');
    expect(items.some(({ text }) => text.includes('Hale'))).toBe(false);
  });
});
