import type { BlockContent, DefinitionContent, List, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { toCanonical } from './canonical-text.ts';
import { readPlainText } from './read-plain-text.ts';
import type { Block } from './snapshot-builder.ts';

/**
 * Characters parsed at a time, cut before a heading or an unindented line outside code: the parser holds some 400 bytes
 * per character while it works, so a book is read in pieces. A link reference defined in another piece stays as it is written.
 */
const pieceChars = 256 * 1024;
/** Longest line the parser is given: ten pages without a break. Inline parsing of hostile brackets costs the square of it. */
const lineLimit = 32 * 1024;

/** Front matter of site generators; `title` in it names the document. */
const frontMatter = /^---\n((?:[\w-]+:.*\n|[ \t].*\n|- .*\n|#.*\n|\n){1,200})(?:---|\.\.\.)(?:\n|$)/u;

export interface MarkdownReading {
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
  /** Pieces in order; each parses when it is asked for, so that the reader can be stopped between two. */
  readonly pieces: Iterable<Iterable<Block>>;
}

/** Markdown (CommonMark and GFM) to blocks of readable text: marks, link addresses, images and raw HTML tags are left out. */
export function readMarkdown(source: string): MarkdownReading {
  const text = toCanonical(source);
  const head = frontMatter.exec(text);
  const named = (field: 'title' | 'author' | 'date'): string | null => {
    const found = new RegExp(`^${field}:[ \\t]*(?:"(.*)"|'(.*)'|(.*))$`, 'mu').exec(head?.[1] ?? '');
    return found?.[1] ?? found?.[2] ?? found?.[3] ?? null;
  };
  return {
    title: named('title'),
    author: named('author'),
    date: named('date'),
    pieces: piecesOf(head === null ? text : text.slice(head[0].length)),
  };
}

function* piecesOf(text: string): Generator<Iterable<Block>> {
  for (const piece of cutMarkdown(text)) {
    yield piece.isProse ? parsePiece(piece.text) : [{ kind: 'paragraph', text: piece.text }];
  }
}

/**
 * Containers in containers beyond what a person writes: fifty marks at the start of a line, or one indented by two hundred.
 * The parser's time grows with the square of the depth, and its stack with the depth.
 */
const deepNesting = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){50}|^[ \t]{200,}(?:>|[-*+]|\d{1,9}[.)])/mu;

/** Blocks of one piece; one made to break the parser is read as plain text. */
function parsePiece(text: string): Iterable<Block> {
  if (deepNesting.test(text)) return readPlainText(text);
  try {
    return [...parseBlocks(text)];
  } catch (error) {
    if (error instanceof RangeError) return readPlainText(text);
    throw error;
  }
}

function* parseBlocks(text: string): Generator<Block> {
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  for (const node of root.children) yield* blocksOf(node, 'paragraph');
}

function* cutMarkdown(text: string): Generator<{ text: string; isProse: boolean }> {
  let piece: string[] = [];
  let length = 0;
  let fence: string | null = null;
  let afterBlank = true;
  for (const line of text.split('\n')) {
    if (line.length > lineLimit) {
      if (piece.length > 0) yield { text: piece.join('\n'), isProse: true };
      yield { text: line, isProse: false };
      piece = [];
      length = 0;
      continue;
    }
    const startsBlock = fence === null && (/^#{1,6}\s/u.test(line) || (afterBlank && /^\p{L}/u.test(line)));
    if (startsBlock && length >= pieceChars) {
      yield { text: piece.join('\n'), isProse: true };
      piece = [];
      length = 0;
    }
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
    if (mark !== undefined) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    afterBlank = line.trim() === '';
    piece.push(line);
    length += line.length + 1;
  }
  if (piece.length > 0) yield { text: piece.join('\n'), isProse: true };
}

type ProseKind = 'paragraph' | 'quote' | 'list-item';

function* blocksOf(node: RootContent | BlockContent | DefinitionContent, kind: ProseKind): Generator<Block> {
  switch (node.type) {
    case 'heading':
      yield { kind: 'heading', level: node.depth, text: textOf(node.children) };
      return;
    case 'paragraph':
      yield { kind, text: textOf(node.children) };
      return;
    case 'blockquote':
      for (const child of node.children) yield* blocksOf(child, 'quote');
      return;
    case 'list':
      yield* listBlocks(node);
      return;
    case 'code':
      yield { kind: 'code', text: node.value };
      return;
    case 'table':
      yield { kind: 'table', text: tableText(node) };
      return;
    case 'footnoteDefinition':
      for (const child of node.children) yield* blocksOf(child, kind);
      return;
    case 'html':
      yield { kind, text: withoutTags(node.value), keepLines: true };
      return;
    default:
  }
}

function* listBlocks(list: List): Generator<Block> {
  for (const item of list.children) {
    for (const child of item.children) yield* blocksOf(child, 'list-item');
  }
}

function tableText(table: Table): string {
  return table.children.map(row => row.children.map(cell => textOf(cell.children).trim()).join(' | ')).join('\n');
}

function textOf(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map(node => {
      switch (node.type) {
        case 'text':
        case 'inlineCode':
          return node.value;
        case 'break':
          return '\n';
        case 'html':
          return /^<br\b/iu.test(node.value) ? '\n' : '';
        case 'image':
        case 'imageReference':
        case 'footnoteReference':
          return '';
        default:
          return 'children' in node ? textOf(node.children) : '';
      }
    })
    .join('');
}

function withoutTags(html: string): string {
  return html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/gu, '')
    .replaceAll(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/giu, '')
    .replaceAll(/<[^<>]*>/gu, '');
}
