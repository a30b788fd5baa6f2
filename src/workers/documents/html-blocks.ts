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

/** The readable text under a node as blocks, in document order. `skipFurniture` leaves out navigation, footers, forms and advertising. */
export function htmlBlocks(root: HtmlNode, options: { skipFurniture: boolean }): HtmlBlocks {
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
      line += (node.nodeValue ?? '').replaceAll(/[ \t\r\n\f]+/gu, ' ');
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
      const text = inlineText(node);
      if (text.trim() !== '') blocks.push({ kind: 'heading', level: Number(name.slice(1)), text });
    } else if (name === 'BR') {
      line += hardBreak;
    } else if (name === 'PRE') {
      flush();
      blocks.push({ kind: 'code', text: node.textContent ?? '' });
    } else if (name === 'TABLE') {
      flush();
      const table = tableBlocks(node, children, depth);
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
      children(node, depth + 1);
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

function inlineText(node: HtmlNode): string {
  if (node.nodeType === textNode) return node.nodeValue ?? '';
  if (node.nodeType !== elementNode || unseen.has(node.nodeName.toUpperCase())) return '';
  const name = node.nodeName.toUpperCase();
  if (name === 'BR') return ' ';
  const text = [...node.childNodes].map(inlineText).join('');
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
): { text: string; flattened: boolean } | null {
  const rows = rowsOf(table);
  const isNested = rows.some(row => row.some(cell => holds(cell, 'TABLE')));
  if (isNested || rows.every(row => row.length <= 1)) {
    walkChildren(table, depth + 1);
    return null;
  }
  const text = rows.map(row => row.map(cell => inlineText(cell).replaceAll(/\s+/gu, ' ').trim()).join(' | ')).join('\n');
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
