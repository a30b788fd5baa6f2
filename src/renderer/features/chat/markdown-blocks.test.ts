import { describe, expect, test } from 'vitest';
import { remarkCitationMarks } from './citation-marks.ts';
import { splitMarkdownBlocks } from './markdown-blocks.ts';
import { transcriptEntries } from './transcript-entries.ts';
import { createMemoryBackend } from '../../../../test/support/memory-backend.ts';

describe('blocks of Markdown', () => {
  test('are cut at blank lines', () => expect(splitMarkdownBlocks('one\n\ntwo\nmore\n\n\nthree')).toEqual(['one', 'two\nmore', 'three']));

  test('a code fence stays whole, blank lines and all', () => {
    const code = '```ts\nconst a = 1;\n\nconst b = 2;\n```';
    expect(splitMarkdownBlocks(`before\n\n${code}\n\nafter`)).toEqual(['before', code, 'after']);
  });

  test('an unfinished fence takes the rest', () => expect(splitMarkdownBlocks('```\na\n\nb')).toEqual(['```\na\n\nb']));

  test('a fence of four is not closed by three', () => expect(splitMarkdownBlocks('````\n```\n\nx\n````\n\ny')).toHaveLength(2));

  test('a loose list is one list', () => {
    expect(splitMarkdownBlocks('1. one\n\n2. two\n\n   more of two\n\nafter')).toEqual(['1. one\n\n2. two\n\n   more of two', 'after']);
  });

  test('a text with link definitions stays whole', () => expect(splitMarkdownBlocks('see [a]\n\n[a]: https://a.example')).toHaveLength(1));

  test('a growing text changes its last block only', () => {
    const text = 'First.\n\n- a\n\n- b\n\n```\ncode\n\nmore\n```\n\nThe end of it.';
    for (let length = 1; length <= text.length; length += 1) {
      const blocks = splitMarkdownBlocks(text.slice(0, length));
      const final = splitMarkdownBlocks(text);
      for (const [at, block] of blocks.slice(0, -1).entries()) expect(final[at]?.startsWith(block), `${length}: ${block}`).toBe(true);
    }
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
