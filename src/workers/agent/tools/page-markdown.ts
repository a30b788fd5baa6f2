import { linkEnd, linkStart, linkStop } from '../../documents/html-blocks.ts';
import type { LinkedReading } from '../../documents/read-html.ts';
import type { Block } from '../../documents/snapshot-builder.ts';

/** Longest address of a link that is kept; longer ones carry state of the page and are of no use to a reader. */
const linkCharLimit = 2_000;

const marked = new RegExp(`${linkStart}([^${linkStart}-${linkStop}]*)${linkEnd}(\\d+)${linkStop}`, 'gu');
/** Of a link that reaches over several blocks, each of which has one end of it. */
const halves = new RegExp(`${linkStart}|${linkEnd}\\d*${linkStop}?|${linkStop}`, 'gu');

/** A page's content as Markdown, its links with whole addresses. */
export function pageMarkdown({ blocks, links, base }: LinkedReading, pageUrl: string): string {
  const start = (base === null ? null : URL.parse(base, pageUrl)) ?? new URL(pageUrl);
  const withLinks = (text: string): string =>
    text.replaceAll(marked, (_, words: string, number: string) => linkOf(words, links[Number(number)] ?? '', start)).replaceAll(halves, '');
  return blocks.map((block, index) => `${separator(blocks[index - 1], block)}${markdownOf(block, withLinks)}`).join('');
}

function separator(before: Block | undefined, block: Block): string {
  if (before === undefined) return '';
  return before.kind === 'list-item' && block.kind === 'list-item' ? '\n' : '\n\n';
}

function markdownOf(block: Block, withLinks: (text: string) => string): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, Math.max(1, block.level ?? 1)))} ${withLinks(oneLine(block.text))}`;
    case 'list-item':
      return `- ${withLinks(block.text).replaceAll('\n', '\n  ')}`;
    case 'quote':
      return `> ${withLinks(block.text).replaceAll('\n', '\n> ')}`;
    case 'code': {
      const fence = '`'.repeat(Math.max(3, longestRun(block.text) + 1));
      return `${fence}\n${block.text.replace(/\n+$/u, '')}\n${fence}`;
    }
    default:
      return withLinks(block.text);
  }
}

/** The address a link leads to, or its words alone where it leads to no page. */
function linkOf(words: string, href: string, start: URL): string {
  const text = oneLine(words);
  const url = URL.parse(href, start.href);
  const leads =
    url !== null && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '' && url.href.length <= linkCharLimit;
  if (!leads || text === '') return words;
  const isHere = url.hash !== '' && url.href.split('#')[0] === start.href.split('#')[0];
  if (isHere) return words;
  const address = /[()]/u.test(url.href) ? `<${url.href}>` : url.href;
  const [, before = '', after = ''] = /^(\s*).*?(\s*)$/su.exec(words) ?? [];
  return `${before}[${text.replaceAll(/[[\]]/gu, String.raw`\$&`)}](${address})${after}`;
}

/** A link as `linkOf` writes it. */
const written = /\[((?:\\[[\]]|[^[\]])+)\]\((?:<([^<>\s]+)>|([^()<>\s]+))\)/gu;

/** The links within a page's Markdown, each address once, in their order. */
export function linksIn(markdown: string): readonly { readonly words: string; readonly url: string }[] {
  const found = new Map<string, string>();
  for (const [, words = '', whole, bare = ''] of markdown.matchAll(written)) {
    const url = whole ?? bare;
    if (!found.has(url)) found.set(url, words.replaceAll(/\\([[\]])/gu, '$1'));
  }
  return [...found].map(([url, words]) => ({ words, url }));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/gu) ?? []).map(run => run.length));
}
