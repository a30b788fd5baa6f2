import { withoutDepth } from './html-depth.ts';
import { describe, expect, test } from 'vitest';
import { makeHtmlPage } from '../../../test/support/documents/html-page.ts';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { encodeOneByte } from '../../../test/support/documents/one-byte-text.ts';
import { readHtml } from './read-html.ts';

const paragraph =
  'Руководство проекта решило перенести запуск системы учёта на апрель, потому что поставщик задержал оборудование, а команда не успела закончить нагрузочные испытания до конца года.';
const article = `<h1>Запуск перенесён</h1><p>${paragraph}</p><h2>Причины</h2><p>${paragraph}</p><ul><li>Раз</li><li>Два <b>и</b> три</li></ul>
<blockquote><p>Мы успеем</p></blockquote><table><tr><th>А</th><th>Б</th></tr><tr><td><p>1</p><p>1а</p></td><td>2</td></tr></table>
<pre>let x = 1;\n  y</pre><p>строка<br>другая</p><p>${paragraph}</p>`;
const expected = [
  ['h1', 'Запуск перенесён'],
  ['paragraph', paragraph],
  ['h2', 'Причины'],
  ['paragraph', paragraph],
  ['list-item', 'Раз'],
  ['list-item', 'Два и три'],
  ['quote', 'Мы успеем'],
  ['table', 'А | Б\n1 1а | 2'],
  ['code', 'let x = 1;\n  y'],
  ['paragraph', 'строка\nдругая'],
  ['paragraph', paragraph],
];

describe('HTML', () => {
  test('gives the article of a page in windows-1251 without what stands around it', async () => {
    const page = makeHtmlPage({ title: 'Новости — Запуск', article, charset: 'windows-1251' });
    const { output, snapshot } = await importBytes(encodeOneByte(page.replace('—', '-'), 'windows-1251'), 'page.html');
    if (snapshot === null) throw new Error(JSON.stringify(output));
    expect(outline(snapshot)).toEqual(expected);
    expect(output).toMatchObject({ format: 'html', language: 'ru', title: 'Новости - Запуск', warnings: [] });
  });

  test('a page is called what it calls itself, without the name of the site', async () => {
    const body = `<h1>Как растут деревья</h1><p>${paragraph}</p>`;
    const read = async (head: string) => (await importBytes(`<html><head>${head}</head><body>${body}</body></html>`, 'page.html')).output;
    expect(await read('<title>Как растут деревья | Лесной вестник</title>')).toMatchObject({ title: 'Как растут деревья' });
    expect(await read('<title>Главная</title><meta property="og:title" content="Деревья и мы">')).toMatchObject({ title: 'Деревья и мы' });
    expect(await read('<title>Лесной вестник</title>')).toMatchObject({ title: 'Лесной вестник' });
  });

  test('gives all of a short page but its furniture, scripts and hidden parts', async () => {
    const page = makeHtmlPage({
      title: 'Т',
      article: '<p>Коротко.</p><p hidden>скрыто</p><p style="display: none">тоже</p><svg><text>рисунок</text></svg>',
    });
    expect(outline(await readSnapshot(page, 'short.htm'))).toEqual([['paragraph', 'Коротко.']]);
  });

  const ads = [
    '<div class="ad">Кредит под 4,9% годовых.</div>',
    '<div class="post adSlot wide"><p>Кредит</p></div>',
    '<section id="sponsored-content">Кредит</section>',
    '<div aria-label="Реклама">Кредит</div>',
    '<div class="block_promo">Кредит</div>',
  ];
  test.each(ads)('an advertisement inside the article is not read: %s', async ad => {
    const long = `<article><h1>Заголовок</h1><p>${paragraph}</p>${ad}<p>${paragraph}</p><p>${paragraph}</p></article>`;
    for (const body of [long, `<h1>Заголовок</h1>${ad}<p>Коротко.</p>`]) {
      const texts = outline(await readSnapshot(`<html><body>${body}</body></html>`, 'ad.html')).map(([, text]) => text);
      expect(texts.join(' ')).not.toContain('Кредит');
      expect(texts).toContain('Заголовок');
      expect(texts.length).toBeGreaterThan(1);
    }
  });

  test.each([
    '<div class="shadow loading header-thread">Тень</div>',
    '<div class="ad-free">Тень</div>',
    '<div class="page-with-ads"><article><p>Тень</p></article></div>',
    '<div class="promo"><h1>Тень</h1></div>',
  ])('what only looks like an advertisement is read: %s', async html => {
    const texts = outline(await readSnapshot(`<html><body class="has-ads ad"><p>Коротко.</p>${html}</body></html>`, 'no-ad.html'));
    expect(texts.map(([, text]) => text)).toEqual(['Коротко.', 'Тень']);
  });

  test.each([
    ['We use cookies to improve your experience. Accept all', `<p>${paragraph}</p>`],
    ['Мы используем куки, чтобы сайт работал лучше. Принять все', `<p>${paragraph}</p><p>${paragraph}</p><p>${paragraph}</p>`],
  ])('what stands outside <main> is not its content: %s', async (banner, content) => {
    const page = `<html><body><header><h1>Запуск</h1></header><div class="x">${banner}</div><main>${content}</main></body></html>`;
    const texts = outline(await readSnapshot(page, 'main.html')).map(([, text]) => text);
    expect(texts).toEqual([
      'Запуск',
      ...content
        .split('</p>')
        .slice(0, -1)
        .map(() => paragraph),
    ]);
  });

  test('a <main> with little of the page is not all of it', async () => {
    const page = `<html><body><p>${paragraph}</p><main><p>Коротко.</p></main></body></html>`;
    expect(outline(await readSnapshot(page, 'box.html')).map(([, text]) => text)).toEqual([paragraph, 'Коротко.']);
  });

  test('a layout table and a fragment without a body are read through', async () => {
    expect(outline(await readSnapshot('<table><tr><td><h2>Шапка</h2><p>Текст</p></td></tr></table>', 'x.html'))).toEqual([
      ['h2', 'Шапка'],
      ['paragraph', 'Текст'],
    ]);
  });

  test('a table with cells over several rows is read and said to be flattened', async () => {
    const { output } = await importBytes('<table><tr><td rowspan=2>а</td><td>б</td></tr><tr><td>в</td></tr></table>', 't.html');
    expect(output).toMatchObject({ result: 'read', warnings: [{ code: 'tables_flattened', count: 1, detail: null }] });
  });

  test('is recognised by its bytes under any name', async () => {
    expect((await importBytes(makeHtmlPage({ title: 'Т', article: '<p>Да</p>' }), 'page.txt')).output).toMatchObject({
      result: 'read',
      format: 'html',
    });
  });

  test('nesting made to break readers is refused or read, and nothing is thrown', () => {
    const deep = `${'<div>'.repeat(20_000)}глубоко`;
    expect(() => {
      try {
        readHtml(deep);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('damaged')) throw error;
      }
    }).not.toThrow();
  });
});

test.each(['<p><div>', '<div/>', '<x>', '<b>'])('%s nested beyond all measure is left out, and its words are not', async tag => {
  const html = `<html><body>${`${tag}a `.repeat(5_000)}Маяк погас.</body></html>`;
  const shallow = withoutDepth(html);
  expect(shallow.match(/<(?:div|x|b)\b/gu)?.length).toBe(1_000);
  expect(shallow.match(/a /gu)).toHaveLength(5_000);
  expect((await readSnapshot(html, 'a.html')).text).toContain('Маяк погас.');
});
