import { expect, test } from 'vitest';
import { documentId, jobId, sessionId, sha256Hex, synopsisId, versionId } from '../../../shared/domain/ids.ts';
import type { Segment } from '../../../shared/domain/snapshot.ts';
import { type Citation, synopsisVersion, type SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { readCitationPlaces } from './citation-places.ts';
import { synopsisMarkdown } from '../../../shared/export/synopsis-markdown.ts';

const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const hash = sha256Hex.parse('b'.repeat(64));
const source = { kind: 'document' as const, documentId: documentId.parse(id(1)) };
const opening = 'Насос шумит по вечерам и мешает соседям. Глеб снял фильтр.';
const later = 'Трубы лежат на складе. Их заберут в среду.';
const text = `Подвал\n${opening}\nСклад\n${later}`;

function segmentAt(kind: Segment['kind'], part: string, index: number) {
  const start = text.indexOf(part);
  return { kind, level: null, page: null, messageId: null, speaker: null, start, end: start + part.length, index, text: part };
}
const segments = [
  segmentAt('heading', 'Подвал', 0),
  segmentAt('paragraph', opening, 1),
  segmentAt('heading', 'Склад', 2),
  segmentAt('paragraph', later, 3),
];
const reader = {
  readSegments: ({ from, limit }: { readonly from: number; readonly limit: number }) =>
    Promise.resolve({ total: segments.length, pageCount: 0, segments: segments.slice(from, from + limit) }),
};

function citing(quote: string, changes: Partial<Citation> = {}): Citation {
  const start = text.indexOf(quote);
  const end = start + quote.length;
  return {
    source,
    snapshotHash: hash,
    quote,
    prefix: '',
    suffix: '',
    start,
    end,
    page: null,
    messageId: null,
    support: 'verified',
    ...changes,
  };
}

const versionOf = (citations: readonly Citation[]): SynopsisVersion =>
  synopsisVersion.parse({
    id: versionId.parse(id(2)),
    synopsisId: synopsisId.parse(id(3)),
    sessionId: sessionId.parse(id(4)),
    jobId: jobId.parse(id(5)),
    number: 1,
    state: 'ready',
    detail: 'standard',
    language: 'ru',
    template: 'article',
    createdAtMs: 1,
    finishedAtMs: 2,
    issues: [],
    title: 'Дом',
    coverage: [
      {
        source,
        title: 'Записки',
        snapshotHash: hash,
        state: 'used',
        reason: null,
        charCount: 9,
        pageCount: null,
        pagesRead: null,
        warnings: [],
      },
    ],
    sections: [
      {
        kind: 'theses',
        items: citations.map((citation, at) => ({ id: `theses-${at + 1}`, text: citation.quote, citations: [citation] })),
        emptyReason: null,
        provenance: { kind: 'extractive', version: '6' },
      },
    ],
    plannedSections: ['theses'],
  });

test('a quote without a page is placed by the heading above it, else by the beginning of its paragraph', async () => {
  const second = citing('Глеб снял фильтр.');
  const first = citing('Насос шумит по вечерам и мешает соседям.');
  const under = citing('Их заберут в среду.');
  const version = versionOf([under, second, first]);
  const placeOf = await readCitationPlaces(version, reader);
  expect([under, second, first].map(placeOf)).toEqual([
    { kind: 'heading', text: 'Склад' },
    { kind: 'paragraph', text: 'Насос шумит по вечерам и мешает соседям. Глеб снял фильтр.' },
    null,
  ]);
  const { markdown } = synopsisMarkdown(version, 'ru', placeOf);
  expect(markdown).toContain('[^1]: «Их заберут в среду.» — Записки, раздел «Склад»');
  expect(synopsisMarkdown(version, 'en', placeOf).markdown).toContain('under “Склад”');
});

test('a page needs no other place, and a text that cannot be read gives none', async () => {
  const paged = citing('Их заберут в среду.', { page: 4 });
  expect((await readCitationPlaces(versionOf([paged]), reader))(paged)).toBeNull();
  const plain = citing('Их заберут в среду.');
  const broken = { readSegments: () => Promise.reject(new Error('The stored text is damaged.')) };
  expect((await readCitationPlaces(versionOf([plain]), broken))(plain)).toBeNull();
});
