import { isAdvertising } from './html-advertising.ts';
import type { Block } from './snapshot-builder.ts';

/** What is used of a DOM node; the parser's own types need the browser's library, which workers do not have. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly childNodes: Iterable<HtmlNode>;
  readonly nodeValue: string | null;
  readonly textContent: string | null;
  getAttribute?(name: string): string | null;
  remove?(): void;
}

const elementNode = 1;
const textNode = 3;

/** Nesting followed; deeper text is taken flat. Pages of people stay under a hundred, and the walk is recursive. */
const depthLimit = 400;

/** Elements whose content no reader of the page sees as text. */
const unseen: ReadonlySet<string> = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'SVG',
  'CANVAS',
  'IFRAME',
  'OBJECT',
  'HEAD',
  'BUTTON',
  'SELECT',
  'TEXTAREA',
  'INPUT',
  'DIALOG',
  'AUDIO',
  'VIDEO',
  'MATH',
]);
/** Elements that stand around the content of a page. */
const furniture: ReadonlySet<string> = new Set(['NAV', 'FOOTER', 'ASIDE', 'MENU', 'FORM']);
/** Elements that flow inside a line; all others end the paragraph before and after them. */
const inline: ReadonlySet<string> = new Set([
  'A',
  'ABBR',
  'ACRONYM',
  'B',
  'BDI',
  'BDO',
  'BIG',
  'CITE',
  'CODE',
  'DATA',
  'DEL',
  'DFN',
  'EM',
  'FONT',
  'I',
  'INS',
  'KBD',
  'LABEL',
  'MARK',
  'NOBR',
  'OUTPUT',
  'Q',
  'RUBY',
  'S',
  'SAMP',
  'SMALL',
  'SPAN',
  'STRIKE',
  'STRONG',
  'SUB',
  'SUP',
  'TIME',
  'TT',
  'U',
  'VAR',
  'WBR',
  'IMG',
  'PICTURE',
  'SOURCE',
  'AREA',
  'MAP',
]);

export interface HtmlBlocks {
  readonly blocks: readonly Block[];
  /** Tables inside tables, or with cells over several rows: their words are there, their grid is not. */
  readonly flattenedTables: number;
}

/**
 * Marks around the words of a link, from the private use area: `linkStart` words `linkEnd` number `linkStop`, the number being that of its
 * address in `links`. What a page itself has of these characters is dropped.
 */
export const linkStart = '\ue000';
export const linkEnd = '\ue001';
export const linkStop = '\ue002';

export interface HtmlBlockOptions {
  /** Leaves out navigation, footers, forms and advertising. */
  readonly skipFurniture: boolean;
  /** Gathers the addresses of links as the page writes them, and has their words marked; without it links are plain words. */
  readonly links?: string[] | undefined;
}

/** The readable text under a node as blocks, in document order. */
export function htmlBlocks(root: HtmlNode, options: HtmlBlockOptions): HtmlBlocks {
  const blocks: Block[] = [];
  let flattenedTables = 0;
  let line = '';
  let kind: 'paragraph' | 'quote' | 'list-item' = 'paragraph';

  function flush(): void {
    const lines = line
      .split(hardBreak)
      .map(part => part.trim())
      .filter(part => part !== '');
    if (lines.length > 0) blocks.push({ kind, text: lines.join('\n'), keepLines: true });
    line = '';
  }
  function within(next: typeof kind, visit: () => void): void {
    flush();
    const outer = kind;
    kind = next;
    visit();
    flush();
    kind = outer;
  }
  function children(node: HtmlNode, depth: number): void {
    for (const child of node.childNodes) walk(child, depth);
  }

  function walk(node: HtmlNode, depth: number): void {
    if (node.nodeType === textNode) {
      line += textOf(node, options.links).replaceAll(/[ \t\r\n\f]+/gu, ' ');
      return;
    }
    if (node.nodeType !== elementNode) return;
    const name = node.nodeName.toUpperCase();
    if (isLeftOut(node, name, options.skipFurniture)) return;
    if (depth > depthLimit) {
      line += node.textContent ?? '';
      return;
    }
    if (/^H[1-6]$/u.test(name)) {
      flush();
      // What the page calls itself is compared with its title, so it stays plain.
      const text = inlineText(node, name === 'H1' ? undefined : options.links);
      if (text.trim() !== '') blocks.push({ kind: 'heading', level: Number(name.slice(1)), text });
    } else if (name === 'BR') {
      line += hardBreak;
    } else if (name === 'PRE') {
      flush();
      blocks.push({ kind: 'code', text: node.textContent ?? '' });
    } else if (name === 'TABLE') {
      flush();
      const table = tableBlocks(node, children, depth, options.links);
      if (table === null) return;
      flattenedTables += table.flattened ? 1 : 0;
      blocks.push({ kind: 'table', text: table.text });
    } else if (name === 'LI' || name === 'DT' || name === 'DD') {
      within('list-item', () => {
        children(node, depth + 1);
      });
    } else if (name === 'BLOCKQUOTE') {
      within('quote', () => {
        children(node, depth + 1);
      });
    } else if (inline.has(name)) {
      const number = linkNumber(node, name, options.links);
      if (number !== null) line += linkStart;
      children(node, depth + 1);
      if (number !== null) line += `${linkEnd}${number}${linkStop}`;
    } else {
      flush();
      children(node, depth + 1);
      flush();
    }
  }

  walk(root, 0);
  flush();
  return { blocks, flattenedTables };
}

/** A line break of the author; line breaks of the source became spaces before. */
const hardBreak = '\n';

function isLeftOut(node: HtmlNode, name: string, skipFurniture: boolean): boolean {
  if (unseen.has(name) || (skipFurniture && furniture.has(name))) return true;
  if (node.getAttribute === undefined) return false;
  if (skipFurniture && isAdvertising(node)) return true;
  if (node.getAttribute('hidden') !== null || node.getAttribute('aria-hidden') === 'true') return true;
  return /display\s*:\s*none|visibility\s*:\s*hidden/iu.test(node.getAttribute('style') ?? '');
}

function textOf(node: HtmlNode, links: readonly string[] | undefined): string {
  const text = node.nodeValue ?? '';
  return links === undefined ? text : text.replaceAll(/[\ue000-\ue002]/gu, '');
}

/** The number its address gets; null where there is no link to mark. */
function linkNumber(node: HtmlNode, name: string, links: string[] | undefined): number | null {
  if (name !== 'A' || links === undefined) return null;
  const href = node.getAttribute?.('href') ?? null;
  return href === null ? null : links.push(href) - 1;
}

function inlineText(node: HtmlNode, links?: string[]): string {
  if (node.nodeType === textNode) return textOf(node, links);
  if (node.nodeType !== elementNode || unseen.has(node.nodeName.toUpperCase())) return '';
  const name = node.nodeName.toUpperCase();
  if (name === 'BR') return ' ';
  const number = linkNumber(node, name, links);
  const text = [...node.childNodes].map(child => inlineText(child, links)).join('');
  if (number !== null) return `${linkStart}${text}${linkEnd}${number}${linkStop}`;
  return inline.has(name) ? text : ` ${text} `;
}

/**
 * Rows as lines, cells joined by ` | `. Null for a table of one column, or of one cell: that is layout, and its content
 * is walked as if the table were not there.
 */
function tableBlocks(
  table: HtmlNode,
  walkChildren: (node: HtmlNode, depth: number) => void,
  depth: number,
  links: string[] | undefined,
): { text: string; flattened: boolean } | null {
  const rows = rowsOf(table);
  const isNested = rows.some(row => row.some(cell => holds(cell, 'TABLE')));
  if (isNested || rows.every(row => row.length <= 1)) {
    walkChildren(table, depth + 1);
    return null;
  }
  const text = rows.map(row => row.map(cell => inlineText(cell, links).replaceAll(/\s+/gu, ' ').trim()).join(' | ')).join('\n');
  const flattened = rows.some(row => row.some(cell => Number(cell.getAttribute?.('rowspan') ?? 1) > 1));
  return { text, flattened };
}

function rowsOf(node: HtmlNode): HtmlNode[][] {
  const rows: HtmlNode[][] = [];
  for (const child of node.childNodes) {
    const name = child.nodeName.toUpperCase();
    if (name === 'TR') rows.push([...child.childNodes].filter(cell => /^T[DH]$/iu.test(cell.nodeName)));
    else if (name === 'THEAD' || name === 'TBODY' || name === 'TFOOT') rows.push(...rowsOf(child));
  }
  return rows;
}

function holds(node: HtmlNode, name: string): boolean {
  return [...node.childNodes].some(child => child.nodeName.toUpperCase() === name || holds(child, name));
}
