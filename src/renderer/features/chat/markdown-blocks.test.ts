import { describe, expect, test } from 'vitest';
import { remarkCitationMarks } from './citation-marks.ts';
import { createBlockReader, splitMarkdownBlocks } from './markdown-blocks.ts';
import { transcriptEntries } from './transcript-entries.ts';
import { createMemoryBackend } from '../../../../test/support/memory-backend.ts';

const textsOf = (text: string): readonly string[] => splitMarkdownBlocks(text).map(block => block.text);

describe('blocks of Markdown', () => {
  test('are cut at blank lines', () => expect(textsOf('one\n\ntwo\nmore\n\n\nthree')).toEqual(['one', 'two\nmore', 'three']));

  test('code is a block of its own, blank lines and all, also without blank lines around it', () => {
    expect(splitMarkdownBlocks('before\n```ts\nconst a = 1;\n\nconst b = 2;\n```\nafter')).toEqual([
      { kind: 'markdown', text: 'before' },
      { kind: 'code', language: 'ts', text: 'const a = 1;\n\nconst b = 2;' },
      { kind: 'markdown', text: 'after' },
    ]);
  });

  test('an unfinished fence takes the rest, and its beginning end is no code', () => {
    expect(splitMarkdownBlocks('```\na\n\nb')).toEqual([{ kind: 'code', language: '', text: 'a\n\nb' }]);
    const { parts } = createBlockReader().read('```\na\n``', false);
    expect(parts.flat()).toEqual([{ kind: 'code', language: '', text: 'a' }]);
  });

  test('a fence of four is not closed by three, and code in a line is no fence', () => {
    expect(splitMarkdownBlocks('````\n```\n\nx\n````\n\ny')).toHaveLength(2);
    expect(splitMarkdownBlocks('```one``` and on')).toEqual([{ kind: 'markdown', text: '```one``` and on' }]);
  });

  test('a loose list is one list, with the code in it', () => {
    expect(textsOf('1. one\n\n2. two\n\n   more of two\n\nafter')).toEqual(['1. one\n\n2. two\n\n   more of two', 'after']);
    expect(textsOf('- one\n\n  ```\n  code\n\n  more\n  ```\n- two')).toHaveLength(1);
  });

  test('a long list is cut between its items, unless its numbers do not count on', () => {
    const list = (count: number, mark: (at: number) => string): string =>
      Array.from({ length: count }, (_, at) => `${mark(at)} item\n   - inner`).join('\n');
    const pieces = textsOf(list(40, at => `${at + 1}.`));
    expect(pieces.map(piece => piece.split(' ')[0])).toEqual(['1.', '17.', '33.']);
    expect(textsOf(list(40, () => '-'))).toHaveLength(3);
    expect(textsOf(list(40, () => '1.'))).toHaveLength(1);
  });

  test('a link that is defined elsewhere has its definition, before and after it comes', () => {
    const reader = createBlockReader();
    expect(
      reader
        .read('see [a]\n\nno link\n\n', false)
        .parts.flat()
        .map(block => block.text),
    ).toEqual(['see [a]', 'no link']);
    const { parts } = reader.read('see [a]\n\nno link\n\n[A]: https://a.example\n\nand [b][a]', false);
    expect(parts.flat().map(block => block.text)).toEqual([
      'see [a]\n\n[A]: https://a.example',
      'no link',
      '[A]: https://a.example',
      'and [b][a]\n\n[A]: https://a.example',
    ]);
  });

  test('a text with footnotes stays whole', () => expect(splitMarkdownBlocks('see[^1]\n\n[^1]: there\n\nmore')).toHaveLength(1));

  const mixed =
    'First.\n\n- a\n\n- b\n\n```\ncode\n\nmore\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n2. y\nThe [end] of it.\n\n[end]: https://e.example\n';

  test('a growing text changes its last block only', () => {
    const text = mixed.slice(0, mixed.indexOf('[end]:'));
    const final = textsOf(text);
    for (let length = 1; length <= text.length; length += 1) {
      const blocks = textsOf(text.slice(0, length));
      for (const [at, block] of blocks.slice(0, -1).entries()) expect(final[at]?.startsWith(block), `${length}: ${block}`).toBe(true);
    }
  });

  test('read in any pieces it is what it is read at once', () => {
    for (const size of [1, 2, 3, 7, 50]) {
      const reader = createBlockReader();
      for (let length = 0; length < mixed.length; length += size) reader.read(mixed.slice(0, length), false);
      expect(reader.read(mixed, true).parts.flat(), String(size)).toEqual(splitMarkdownBlocks(mixed));
    }
  });

  test('a text that begins anew is read anew', () => {
    const reader = createBlockReader();
    reader.read('One.\n\nTwo.\n\n', false);
    expect(reader.read('Another.\n\nTwo.', true).parts.flat()).toEqual(splitMarkdownBlocks('Another.\n\nTwo.'));
  });

  test('what is finished stays the same object while the text grows', () => {
    const reader = createBlockReader();
    const paragraphs = (count: number): string => Array.from({ length: count }, (_, at) => `Paragraph ${at}.\n\n`).join('');
    const before = reader.read(paragraphs(100), false).parts;
    const after = reader.read(paragraphs(140), false).parts;
    expect(before.length).toBeGreaterThan(3);
    for (const [at, part] of before.slice(0, -1).entries()) expect(after[at]).toBe(part);
  });

  test('a long block waits until it has grown by its share, and is whole in the end', () => {
    const reader = createBlockReader();
    const rows = (count: number): string => `| a |\n|---|\n${'| cell of the table |\n'.repeat(count)}`;
    expect(reader.read(rows(1_000), false).isBehind).toBe(false);
    expect(reader.read(rows(1_001), false).isBehind).toBe(true);
    expect(reader.read(rows(1_001), true)).toEqual({ parts: [splitMarkdownBlocks(rows(1_001))], isBehind: false });
    expect(reader.read(rows(1_100), false).isBehind).toBe(false);
  });
});

describe('citation marks', () => {
  const run = (children: object[]): unknown => {
    const tree = { type: 'root', children };
    remarkCitationMarks()(tree);
    return tree.children;
  };

  test('neighbours stay together with the word before them', () => {
    const [lead, group, rest] = run([{ type: 'text', value: 'the last word. [1][2] next' }]) as {
      value?: string;
      children?: { value?: string; type: string }[];
    }[];
    expect(lead?.value).toBe('the last ');
    expect(group?.children?.map(child => child.type)).toEqual(['text', 'citationMark', 'citationMark']);
    expect(group?.children?.[0]?.value).toBe('word.\u00A0');
    expect(rest?.value).toBe(' next');
  });

  test('code is left as it is', () => {
    const code = { type: 'inlineCode', value: 'a[1]' };
    expect(run([{ ...code }])).toEqual([code]);
  });
});

describe('the transcript', () => {
  const backend = createMemoryBackend({ nowMs: 1_700_000_000_000, systemLocale: 'ru' });
  const session = backend.newSession('x').id;
  const before = backend.newDocument(session, 'before.pdf');
  backend.tick(1);
  const attached = backend.newDocument(session, 'attached.pdf');
  backend.tick(1);
  const message = backend.newMessage(session, 'person', 'hi', { documentIds: [attached.id] });
  backend.tick(1);
  const after = [backend.newDocument(session, 'a.pdf'), backend.newDocument(session, 'b.pdf')];

  test('shows attached documents with their message and the others in their time', () => {
    const entries = transcriptEntries([message], [before, attached, ...after], true);
    expect(entries.map(entry => (entry.kind === 'message' ? entry.documents : entry.documents).map(document => document.title))).toEqual([
      ['before.pdf'],
      ['attached.pdf'],
      ['a.pdf', 'b.pdf'],
    ]);
  });

  test('does not move a document below what was said after it when a later message takes it along', () => {
    backend.tick(1);
    const notice = backend.newMessage(session, 'assistant', '', { note: 'synopsis_started' });
    backend.tick(1);
    const question = backend.newMessage(session, 'person', 'what is it?', { documentIds: [before.id, ...after.map(({ id }) => id)] });
    const entries = transcriptEntries([message, notice, question], [before, attached, ...after], true);
    expect(entries.map(({ documents }) => documents.map(document => document.title))).toEqual([
      ['before.pdf'],
      ['attached.pdf'],
      ['a.pdf', 'b.pdf'],
      [],
      [],
    ]);
    // It is where it was before the question came.
    expect(transcriptEntries([message, notice], [before, attached, ...after], true).map(entry => entry.key)).toEqual(
      entries.slice(0, -1).map(entry => entry.key),
    );
  });

  test('keeps documents of earlier pages back until those are loaded', () => {
    expect(transcriptEntries([message], [before, attached], false).map(entry => entry.kind)).toEqual(['message']);
  });
});
