import { describe, expect, test } from 'vitest';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { readMarkdown } from './read-markdown.ts';

describe('Markdown', () => {
  test('gives readable text by kind, without marks', async () => {
    const snapshot = await readSnapshot(
      [
        '---',
        'title: "Записки"',
        'tags: [a]',
        '---',
        '# Заголовок',
        '',
        'Текст **жирный**, `код` и [ссылка](http://x.example).',
        'Ещё строка[^1].',
        '',
        '- раз',
        '- два',
        '  1. вложенный',
        '- [x] сделано',
        '',
        '> цитата',
        '',
        '```js',
        'let a = 1;',
        '',
        '  b();',
        '```',
        '',
        '| A | B |',
        '|---|---|',
        '| 1 \\| 2 | **x** |',
        '',
        '![картинка](p.png)',
        '',
        '<div>вставка <b>HTML</b></div>',
        '',
        '[^1]: сноска',
        '',
      ].join('\n'),
      'notes.md',
    );
    expect(snapshot.title).toBe('Записки');
    expect(outline(snapshot)).toEqual([
      ['h1', 'Заголовок'],
      ['paragraph', 'Текст жирный, код и ссылка. Ещё строка.'],
      ['list-item', 'раз'],
      ['list-item', 'два'],
      ['list-item', 'вложенный'],
      ['list-item', 'сделано'],
      ['quote', 'цитата'],
      ['code', 'let a = 1;\n\n  b();'],
      ['table', 'A | B\n1 | 2 | x'],
      ['paragraph', 'вставка HTML'],
      ['paragraph', 'сноска'],
    ]);
  });

  test('without front matter the first heading is the title, and a rule at the top is no front matter', async () => {
    expect((await readSnapshot('# Отчёт\n\nТекст.', 'a.md')).title).toBe('Отчёт');
    expect(outline(await readSnapshot('---\n\nПросто текст\n\n---\n', 'a.md'))).toEqual([['paragraph', 'Просто текст']]);
  });

  test('a long file is parsed in pieces that give the same text, fences kept whole', () => {
    const section = `# Раздел\n\n${'Абзац обычного текста. '.repeat(40)}\n\n\`\`\`\n# не заголовок\n\`\`\`\n\n`;
    const pieces = [...readMarkdown(section.repeat(700)).pieces];
    expect(pieces.length).toBeGreaterThan(1);
    const blocks = pieces.flatMap(piece => [...piece]);
    expect(blocks.filter(block => block.kind === 'heading')).toHaveLength(700);
    expect(blocks.filter(block => block.kind === 'code' && block.text === '# не заголовок')).toHaveLength(700);
    expect(blocks).toHaveLength(2_100);
  });

  test.each([
    ['quotes', `${'>'.repeat(5_000)} дно`],
    ['lists', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth * 2)}- дно`).join('\n')],
  ])('%s nested without sense are read as plain text', (_title, source) => {
    const blocks = [...readMarkdown(source).pieces].flatMap(piece => [...piece]);
    expect(blocks.at(-1)?.text).toMatch(/дно$/u);
  });

  test('ten megabytes on one line are read as they are', async () => {
    const { output, snapshot } = await importBytes('[слово](x) '.repeat(550_000), 'line.md');
    expect(output.result).toBe('read');
    expect(snapshot?.segments.length).toBeGreaterThan(600);
  });
});
