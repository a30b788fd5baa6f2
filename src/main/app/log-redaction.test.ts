import { describe, expect, test } from 'vitest';
import { redactFields, redactSentence } from './log-redaction.ts';

/** Words as they stand in a person's papers; each is looked for on its own. */
const words = ['Аттестат', 'выдан', 'Ольге', 'Salary', 'negotiation', 'declined', 'вчера'];
const text = words.join(' ');

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw.');
}

function expectNoText(written: unknown): void {
  const line = JSON.stringify(written);
  for (const word of words) expect(line).not.toContain(word);
}

describe('a person’s text is not written, wherever it stands', () => {
  const carriers: readonly (readonly [string, () => unknown])[] = [
    ['a field', () => redactFields({ title: text, jobId: 'a' })],
    ['a list in a field', () => redactFields({ found: [text, { deeper: [text] }] })],
    ['the name of a field', () => redactFields({ [text]: 1 })],
    ['an error’s message', () => redactFields({ err: new Error(text) })],
    ['an error’s message of several lines', () => redactFields({ err: new Error(`x\n    at ${text}\n    at ${text} (${text}:1:2)`) })],
    ['an error’s cause', () => redactFields({ err: new Error('x', { cause: new TypeError(text) }) })],
    ['errors together', () => redactFields({ err: new AggregateError([new Error(text), text], text) })],
    ['an error’s own fields', () => redactFields({ err: Object.assign(new Error('x'), { code: text, name: text, path: text }) })],
    ['a parser’s quotation', () => redactFields({ err: thrownBy(() => JSON.parse(text)) })],
    ['an error instead of fields', () => redactFields(new Error(text))],
    [
      'what a worker says',
      () => redactFields({ said: `Unexpected: SyntaxError: ${text}\n${text}\n    at parse (/home/olga/${text}/x.js:1:2)` }),
    ],
    ['the end of a sentence', () => redactSentence(`A transaction of 3 operations failed: ${text}`)],
    ['quotes in a sentence', () => ['"', '«', '“', '`'].map(quote => redactSentence(`The file ${quote}${text}`))],
    ['a sentence’s second line', () => redactSentence(`It failed:\n${text}`)],
  ];
  test.each(carriers)('%s', (_what, write) => {
    expectNoText(write());
  });
});

describe('what a support person needs is written', () => {
  const id = '01a20179-c0a4-75b4-ab00-cbba68aef9b0';

  test('ids, kinds, codes, counts and durations', () => {
    const fields = {
      jobId: id,
      kind: 'synopsis.make',
      state: 'read_only',
      ms: 1_250,
      resumed: 3,
      isNew: false,
      seq: null,
      hash: 'a'.repeat(64),
    };
    expect(redactFields(fields)).toEqual(fields);
  });

  test('sentences as they are', () => {
    const sentence = 'The lease of this job was lost; the result of its attempt is dropped.';
    expect(redactSentence(sentence)).toBe(sentence);
    expect(redactSentence('A transaction of 3 operations failed: database or disk is full')).toBe(
      'A transaction of 3 operations failed: database or disk is full',
    );
    expect(redactSentence('The backup failed: ENOSPC, write "x"')).toBe('The backup failed: ENOSPC …');
  });

  test('an error’s type, codes, causes and the place it comes from, without the way there', () => {
    const cause = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    const { err } = redactFields({ err: new RangeError('x', { cause }) });
    expect(err).toMatchObject({ type: 'RangeError', cause: { type: 'Error', code: 'ENOSPC', syscall: 'write' } });
    const { at } = err as { at: string[] };
    expect(at[0]).toMatch(/log-redaction\.test\.ts:\d+:\d+\)?$/u);
    expect(at.join('\n')).not.toContain('/src/');
  });

  test('where a worker broke, and that its heap was full', () => {
    expect(
      redactFields({ said: 'TypeError: x\n    at rank (file:///home/olga/out/main/worker-synopsis.js:10:20)\ndamaged: zip\nat last' }),
    ).toEqual({ said: expect.stringMatching(/^\[\d+ characters\] TypeError at rank \(worker-synopsis\.js:10:20\) damaged$/u) });
    expect(redactFields({ said: 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory' })).toEqual({
      said: expect.stringContaining('JavaScript heap out of memory'),
    });
  });

  test('of an address, how it is spoken to', () => {
    expect(redactFields({ url: 'https://example.org/salary?of=olga' })).toEqual({ url: 'https:…' });
  });
});
