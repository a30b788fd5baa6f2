import { expect, test } from 'vitest';
import { readLinkedHtml } from '../../documents/read-html.ts';
import { linksIn, pageMarkdown } from './page-markdown.ts';

test('links that were written are found again, whatever their words and addresses hold', () => {
  const html = `<h1>Goods</h1>
    <p><a href="/tea?name=a(b)">Tea [100 g]</a> and <a href="/coffee">Coffee</a>, again <a href="/coffee">Buy</a>,
    <a href="#top">up</a> <a href="javascript:go()">go</a></p>`;
  const markdown = pageMarkdown(readLinkedHtml(html), 'https://shop.example/list');
  expect(linksIn(markdown)).toEqual([
    { words: 'Tea [100 g]', url: 'https://shop.example/tea?name=a(b)' },
    { words: 'Coffee', url: 'https://shop.example/coffee' },
  ]);
  expect(linksIn('[1] a (b) [x] (y)')).toEqual([]);
});
