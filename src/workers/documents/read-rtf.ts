import { documentCharLimit } from '../../shared/domain/document.ts';
import { DocumentRefused } from './document-refused.ts';
import type { Block } from './snapshot-builder.ts';
import { tableLine } from './table-blocks.ts';

/** Groups in groups beyond what any program writes. */
const depthLimit = 2_000;
const deepestLevel = 6;

/** Groups whose words are not the text; every group marked `\*` that is not known is one, too. */
const leftOut: ReadonlySet<string> = new Set([
  'colortbl',
  'pict',
  'object',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'listtable',
  'listoverridetable',
  'revtbl',
  'rsidtbl',
  'generator',
  'xmlnstbl',
  'themedata',
  'colorschememapping',
  'datastore',
  'latentstyles',
  'fldinst',
  'bkmkstart',
  'bkmkend',
  'filetbl',
  'listtext',
  'pntext',
  'nonshppict',
  'shppict',
  'annotation',
  'atnauthor',
  'atnid',
]);
/** Marked as optional for old readers, and text all the same. */
const optionalText: ReadonlySet<string> = new Set(['shptxt', 'shpinst', 'shp']);
const infoFields: ReadonlySet<string> = new Set(['title', 'author', 'operator', 'creatim', 'subject', 'keywords', 'doccomm', 'company']);

/** Words of control that stand for a character. */
const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
  enspace: ' ',
  emspace: ' ',
  '~': '\u00a0',
  _: '\u2011',
  '-': '\u00ad',
};

/** Character sets of fonts (RTF 1.9.1) as WHATWG labels. */
const charsets: Readonly<Record<number, string>> = {
  0: 'windows-1252',
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};
const codePages: Readonly<Record<number, string>> = { 866: 'ibm866', 10000: 'macintosh', 10007: 'x-mac-cyrillic', 65001: 'utf-8' };

/** Characters of text, and blocks, that are taken from one file; hostile bytes would make a block of every second one. */
const charLimit = documentCharLimit;
const blockLimit = 1_000_000;
/** Bytes of another encoding that are held before they are decoded. */
const bytesHeld = 64 * 1024;

/** What a paragraph is while it is being read. A note has one of its own, within that of the text around it. */
interface OpenParagraph {
  line: string;
  outline: number | null;
  style: number;
  isListItem: boolean;
  inTable: boolean;
}
const newParagraph = (): OpenParagraph => ({ line: '', outline: null, style: 0, isListItem: false, inTable: false });

interface Group {
  destination: string | null;
  isSkipped: boolean;
  font: number;
  /** Characters that stand for one that `\u` gave already. */
  fallback: number;
  isHidden: boolean;
}

export interface RtfReading {
  readonly blocks: readonly Block[];
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
  /** False where the file breaks off inside a group, or has more than is taken. */
  readonly isWhole: boolean;
}

/** One token: a group's end, a control word with its number, a byte, or plain text. Sticky, so that it reads on where it stopped. */
const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([\da-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/giy;

/**
 * RTF to blocks: paragraphs, headings by style or outline, rows of tables, notes after the paragraph they belong to. Pictures, headers and what
 * fields are computed from are left out. `source` holds one byte in each character.
 *
 * @throws DocumentRefused `damaged` for groups nested deeper than any program writes
 */
export function readRtf(source: string): RtfReading {
  const blocks: Block[] = [];
  const stack: Group[] = [];
  const fonts = new Map<number, string>();
  const headingStyles = new Map<number, number>();
  const info: Record<string, string> = {};
  const created: Record<string, number> = {};
  let group: Group = { destination: null, isSkipped: false, font: -1, fallback: 1, isHidden: false };
  let encoding = 'windows-1252';
  let fontBeingNamed = 0;
  let styleBeingNamed = 0;
  let styleName = '';
  let here = newParagraph();
  /** The note being read: the paragraph it stands in, and how deep its group is. */
  let note = null as { readonly around: OpenParagraph; readonly depth: number } | null;
  let notes: string[] = [];
  let taken = 0;
  let bytes: number[] = [];
  let toSkip = 0;
  let isOptional = false;
  let cells: string[] = [];
  let rows: string[] = [];

  function flushBytes(): void {
    if (bytes.length === 0) return;
    const label = fonts.get(group.font) ?? encoding;
    put(new TextDecoder(label).decode(Uint8Array.from(bytes)));
    bytes = [];
  }
  function put(text: string): void {
    if (group.isSkipped) return;
    taken += text.length;
    if (group.destination === 'stylesheet') styleName += text;
    else if (group.destination !== null && infoFields.has(group.destination))
      info[group.destination] = (info[group.destination] ?? '') + text;
    else if (group.destination === null && !group.isHidden) here.line += text;
  }
  function endTable(): void {
    if (rows.length > 0) blocks.push({ kind: 'table', text: rows.join('\n') });
    rows = [];
  }
  /** Notes follow the paragraph, or the table, that they belong to. */
  function endNotes(): void {
    for (const text of notes) blocks.push({ kind: 'paragraph', text });
    notes = [];
  }
  function endParagraph(): void {
    const { inTable, outline, style, isListItem } = here;
    const text = here.line.trim();
    here.line = '';
    if (inTable || note !== null) {
      // A cell, and a note, may hold several paragraphs.
      if (text !== '') here.line = `${text} `;
      return;
    }
    if (rows.length > 0) {
      endTable();
      endNotes();
    }
    if (text === '') return endNotes();
    const level = outline ?? headingStyles.get(style) ?? null;
    if (level !== null) blocks.push({ kind: 'heading', level: Math.min(deepestLevel, level), text });
    else
      blocks.push({
        kind: isListItem ? 'list-item' : 'paragraph',
        text: isListItem ? text.replace(/^[•·\-–—]\s+/u, '') : text,
        keepLines: true,
      });
    endNotes();
  }
  function beginNote(): void {
    if (group.isSkipped || note !== null) return;
    note = { around: here, depth: stack.length };
    here = newParagraph();
  }
  function endNote(around: OpenParagraph): void {
    const text = here.line.replaceAll(/\s+/gu, ' ').trim();
    if (text !== '') notes.push(text);
    here = around;
    note = null;
  }
  function endStyle(): void {
    const level = /^(?:heading|заголовок)\s+([1-6])\b/iu.exec(styleName.trim())?.[1];
    if (level !== undefined) headingStyles.set(styleBeingNamed, Number(level));
    else if (/^(?:title|название)\b/iu.test(styleName.trim())) headingStyles.set(styleBeingNamed, 1);
    styleName = '';
    styleBeingNamed = 0;
  }

  function control(word: string, number: number | null): void {
    const isFirst = isOptional;
    isOptional = false;
    if (isFirst && !optionalText.has(word) && !infoFields.has(word)) {
      group.isSkipped = true;
      return;
    }
    if (leftOut.has(word)) {
      group.isSkipped = true;
      return;
    }
    switch (word) {
      case 'ansicpg':
        encoding = labelOf(number ?? 0) ?? encoding;
        return;
      case 'mac':
        encoding = 'macintosh';
        return;
      case 'fonttbl':
      case 'stylesheet':
        group.destination = word;
        return;
      case 'info':
        group.destination = 'info';
        return;
      case 'f':
        if (group.destination === 'fonttbl') fontBeingNamed = number ?? 0;
        else group.font = number ?? -1;
        return;
      case 'fcharset': {
        const label = charsets[number ?? -1];
        if (group.destination === 'fonttbl' && label !== undefined && number !== 0) fonts.set(fontBeingNamed, label);
        return;
      }
      case 's':
        if (group.destination === 'stylesheet') styleBeingNamed = number ?? 0;
        else here.style = number ?? 0;
        return;
      case 'uc':
        group.fallback = number ?? 1;
        return;
      case 'u':
        put(String.fromCharCode((number ?? 0) & 0xffff));
        toSkip = group.fallback;
        return;
      case 'v':
        group.isHidden = number !== 0;
        return;
      case 'deleted':
        group.isHidden = number !== 0;
        return;
      case 'outlinelevel':
        if (group.destination === null) here.outline = number !== null && number < 9 ? number + 1 : null;
        return;
      case 'pard':
        here = { ...newParagraph(), line: here.line };
        return;
      case 'ls':
        here.isListItem = number !== 0;
        return;
      case 'footnote':
        beginNote();
        return;
      case 'intbl':
        here.inTable = true;
        return;
      case 'par':
      case 'sect':
      case 'page':
        if (!group.isSkipped && group.destination === null) endParagraph();
        return;
      case 'cell':
      case 'nestcell':
        if (group.isSkipped) return;
        cells.push(here.line);
        here.line = '';
        return;
      case 'row':
      case 'nestrow':
        if (group.isSkipped) return;
        rows.push(tableLine(cells));
        cells = [];
        here.line = '';
        here.inTable = false;
        return;
      case 'yr':
      case 'mo':
      case 'dy':
        if (group.destination === 'creatim') created[word] ??= number ?? 0;
        return;
    }
    if (infoFields.has(word) && group.destination === 'info') {
      group.destination = word;
      return;
    }
    const character = characters[word];
    if (character !== undefined) put(character);
  }

  token.lastIndex = 0;
  let isWhole = false;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    const [, word, number, hex, symbol, brace, text] = found;
    if (taken > charLimit || blocks.length >= blockLimit) break;
    if (bytes.length >= bytesHeld) flushBytes();
    if (hex !== undefined) {
      if (toSkip > 0) toSkip -= 1;
      else if (!group.isSkipped) bytes.push(Number.parseInt(hex, 16));
      continue;
    }
    if (text !== undefined) {
      const rest = toSkip > 0 ? text.slice(toSkip) : text;
      toSkip = Math.max(0, toSkip - text.length);
      if (rest === '') continue;
      // Bytes beyond ASCII are not allowed here and are written all the same.
      if (/[\u0080-\u00ff]/u.test(rest)) for (const char of rest) bytes.push(char.charCodeAt(0));
      else {
        flushBytes();
        put(rest);
      }
      continue;
    }
    flushBytes();
    if (word !== undefined) {
      if (word === 'bin') {
        token.lastIndex += Math.max(0, Number(number ?? 0));
        continue;
      }
      if (toSkip > 0 && word !== 'u' && word !== 'uc') toSkip = 0;
      control(word, number === undefined ? null : Number(number));
    } else if (brace === '{') {
      if (stack.length > depthLimit) throw new DocumentRefused('damaged', `groups nested more than ${depthLimit} deep`);
      stack.push(group);
      group = { ...group };
      isOptional = false;
      toSkip = 0;
    } else if (brace === '}') {
      if (group.destination === 'stylesheet') endStyle();
      if (note !== null && note.depth === stack.length) endNote(note.around);
      const outer = stack.pop();
      if (outer !== undefined) group = outer;
      if (stack.length === 0) {
        isWhole = true;
        break;
      }
    } else if (symbol !== undefined) {
      if (symbol === '*') isOptional = true;
      else if (symbol === '\n' || symbol === '\r') control('par', null);
      else put(characters[symbol] ?? symbol);
    }
  }
  flushBytes();
  here.inTable = false;
  endParagraph();
  endTable();
  const { yr = 0, mo = 0, dy = 0 } = created;
  return {
    blocks,
    title: info['title']?.trim() || null,
    author: info['author']?.trim() || null,
    date: yr === 0 ? null : [yr, mo, dy].map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-'),
    isWhole,
  };
}

function labelOf(codePage: number): string | null {
  const label = codePages[codePage] ?? (codePage >= 1_250 && codePage <= 1_258 ? `windows-${codePage}` : null);
  return label;
}
