import { expect, test } from 'vitest';
import { documentId, messageId, sha256Hex, type DocumentId, type MessageId } from './ids.ts';
import { staleSections, type PresentMaterial } from './stale-sections.ts';
import { section as sectionSchema, type CoverageSource, type Section } from './synopsis.ts';

const docId = (n: number): DocumentId => documentId.parse(`01890000-0000-7000-8000-00000000000${n}`);
const msgId = (n: number): MessageId => messageId.parse(`01890000-0000-7000-9000-00000000000${n}`);
const hash = (letter: string) => sha256Hex.parse(letter.repeat(64));

function citing(...from: (DocumentId | MessageId | null)[]): Section {
  return sectionSchema.parse({
    kind: 'theses',
    items: from.map((id, at) => ({
      id: `theses-${at + 1}`,
      text: 'Насос шумит.',
      citations: [
        {
          source: id !== null && id.includes('-8000-') ? { kind: 'document', documentId: id } : { kind: 'chat' },
          snapshotHash: hash('a'),
          quote: 'Насос шумит.',
          prefix: '',
          suffix: '',
          start: 0,
          end: 12,
          page: null,
          messageId: id !== null && id.includes('-9000-') ? id : null,
          support: 'verified',
        },
      ],
    })),
    emptyReason: from.length === 0 ? 'nothing_found' : null,
    provenance: { kind: 'extractive', version: '6' },
  });
}

const line = (n: number, text: string, state: CoverageSource['state'] = 'used'): CoverageSource => ({
  source: { kind: 'document', documentId: docId(n) },
  title: `Документ ${n}`,
  snapshotHash: hash(text),
  state,
  reason: state === 'used' ? null : 'not_ready',
  charCount: 10,
  pageCount: null,
  pagesRead: null,
  warnings: [],
});
const chatLine = (text: string): CoverageSource => ({ ...line(9, text), source: { kind: 'chat' } });
const document = (n: number, text: string, isReady = true) => ({ id: docId(n), title: `Документ ${n}`, snapshotHash: hash(text), isReady });

const quiet: PresentMaterial = { documents: [document(1, 'a')], chat: { snapshotHash: null, messages: [] } };
const nothing = () => null;

test('a section that knows of all there is stays', () => {
  expect(staleSections([{ section: citing(docId(1)), coverage: [line(1, 'a')] }], quiet, nothing)).toEqual([]);
});

test('a source that was not read for it makes it stale, one that says the same as another does not', () => {
  const known = [{ section: citing(), coverage: [line(1, 'a'), line(2, 'b', 'failed')] }];
  const present = { ...quiet, documents: [document(1, 'a'), document(2, 'b'), document(3, 'a'), document(4, 'c', false)] };
  expect(staleSections(known, present, nothing)).toEqual([
    { kind: 'theses', reasons: [{ code: 'source_added', documentId: docId(2), title: 'Документ 2' }] },
  ]);
});

test('a source with another text makes it stale; one that is gone only where it is cited', () => {
  const coverage = [line(1, 'a'), line(2, 'b')];
  const present = { ...quiet, documents: [document(1, 'd')] };
  expect(staleSections([{ section: citing(docId(1), docId(2)), coverage }], present, nothing)[0]?.reasons).toEqual([
    { code: 'source_changed', documentId: docId(1), title: 'Документ 1', cited: 1 },
    { code: 'source_removed', documentId: docId(2), title: 'Документ 2', cited: 1 },
  ]);
  expect(staleSections([{ section: citing(docId(1)), coverage }], { ...quiet, documents: [document(1, 'a')] }, nothing)).toEqual([]);
});

test('messages are told apart by the snapshot that was read, and nothing is said where it cannot be', () => {
  const known = [{ section: citing(msgId(1)), coverage: [line(1, 'a'), chatLine('c')] }];
  const present = { ...quiet, chat: { snapshotHash: hash('e'), messages: [msgId(2), msgId(3)] } };
  expect(staleSections(known, present, () => new Set([msgId(1), msgId(2)]))[0]?.reasons).toEqual([
    { code: 'messages_added', count: 1 },
    { code: 'messages_gone', cited: 1 },
  ]);
  expect(staleSections(known, present, nothing)).toEqual([]);
  expect(staleSections(known, { ...present, chat: { snapshotHash: hash('c'), messages: [msgId(1)] } }, nothing)).toEqual([]);
});

test('what holds nothing for want of a model waits for no source', () => {
  const empty: Section = { ...citing(), emptyReason: 'needs_model' };
  expect(staleSections([{ section: empty, coverage: [] }], quiet, nothing)).toEqual([]);
});
