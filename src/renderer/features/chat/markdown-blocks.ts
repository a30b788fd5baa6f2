/** What can be rendered on its own. Code is not parsed: it is shown as it is. */
export type MarkdownBlock =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly language: string };

/** Blocks beside each other that a window compares as one: a part that has its blocks together stays the same object. */
export type MarkdownPart = readonly MarkdownBlock[];

export interface ReadBlocks {
  readonly parts: readonly MarkdownPart[];
  /** The last block is long and has grown a little since: what is returned is behind the text. */
  readonly isBehind: boolean;
}

export interface BlockReader {
  /** The blocks of a text. One that begins as the one before it costs what is new in it; `isWhole` takes its last line as ended. */
  read(text: string, isWhole: boolean): ReadBlocks;
}

/** Blocks of a part: the square root of the blocks of a very long answer, so that neither level is long to compare. */
const blocksPerPart = 32;
/** Items of a list that are parsed together. A list is cut between items: each piece begins with the number it has. */
const itemsPerBlock = 16;
/** A block up to this many characters is rendered with each of its pieces: some hundred lines parse within a frame. */
const promptChars = 6_000;
/** A longer one is rendered once it has grown by this share, so that all its renderings together cost what it is long. */
const promptShare = 1 / 24;

const fence = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)/u;
const item = /^(\s*)(?:[-*+]|(\d{1,9})[.)])(?:\s+|$)/u;
const continuesList = /^(\s{2,}|\s*([-*+]|\d{1,9}[.)])\s)/u;
const definition = /^ {0,3}\[([^\]^][^\]]*)\]:\s*\S/u;
const footnote = /^ {0,3}\[\^[^\]]+\]:\s/u;
const reference = /\[([^\]^][^\]]*)\]/gu;

/** Where the reader is between two lines; copied for a look at a line that has not ended. */
interface Place {
  /** Where the block that is open begins, and where its last line with words ends; -1 for none. */
  start: number;
  end: number;
  isBlank: boolean;
  fence: {
    readonly mark: string;
    readonly language: string;
    readonly indent: number;
    readonly isBlock: boolean;
    readonly body: number;
  } | null;
  list: { items: number; readonly content: number; next: number | null; readonly isCut: boolean } | null;
}

const atBeginning = (): Place => ({ start: -1, end: -1, isBlank: false, fence: null, list: null });

/**
 * Cuts Markdown into blocks that can be rendered on their own, so that a growing answer renders only its last block again. A
 * cut is made at a blank line outside code fences, unless the next line may belong to the same list; before and after a fence
 * that is in no list; and between items of a long list. A block that uses a link defined elsewhere carries the definition; a
 * text with footnotes stays whole.
 */
export function createBlockReader(): BlockReader {
  let seen = '';
  let place = atBeginning();
  let blocks: MarkdownBlock[] = [];
  /** Parts that are full, and how many blocks they hold. */
  let parts: MarkdownPart[] = [];
  let definitions = new Map<string, string>();
  let hasFootnotes = false;
  /** The block that grew last, as it was shown, and how long it was without definitions. */
  let shown: { readonly start: number; readonly length: number; readonly block: MarkdownBlock } | null = null;

  function forget(): void {
    seen = '';
    place = atBeginning();
    blocks = [];
    parts = [];
    definitions = new Map();
    hasFootnotes = false;
    shown = null;
  }

  const labelOf = (label: string): string => label.trim().toLowerCase();

  /** With the definitions of the links it uses. */
  function linked(block: MarkdownBlock): MarkdownBlock {
    if (block.kind === 'code' || definitions.size === 0) return block;
    const own = new Set(
      block.text
        .split('\n')
        .flatMap(line => definition.exec(line)?.[1] ?? [])
        .map(labelOf),
    );
    const used = new Set([...block.text.matchAll(reference)].map(match => labelOf(match[1] ?? '')));
    const needed = [...used].flatMap(label => (own.has(label) ? [] : (definitions.get(label) ?? [])));
    return needed.length === 0 ? block : { kind: 'markdown', text: `${block.text}\n\n${needed.join('\n')}` };
  }

  function blockOf(text: string, { start, end, fence: open }: Place): MarkdownBlock {
    if (open?.isBlock !== true) return { kind: 'markdown', text: text.slice(start, end) };
    return codeBlock(text.slice(open.body, Math.max(open.body, end)), open);
  }

  /** Puts the open block away; `into` takes it. */
  function cut(text: string, at: Place, into: MarkdownBlock[]): void {
    if (at.start >= 0) into.push(blockOf(text, at));
    at.start = -1;
    at.isBlank = false;
  }

  /** Takes one line, from `from` up to `to` without its end. */
  function takeLine(text: string, from: number, to: number, at: Place, into: MarkdownBlock[]): void {
    const line = text.slice(from, to);
    const open = at.fence;
    if (open !== null) {
      const mark = fence.exec(line)?.[2];
      if (mark?.startsWith(open.mark) === true && line.trim() === mark) {
        if (open.isBlock) cut(text, at, into);
        at.fence = null;
      }
      at.end = to;
      return;
    }
    if (line.trim() === '') {
      at.isBlank = true;
      return;
    }
    const opening = fence.exec(line);
    const indent = opening?.[1]?.length ?? 0;
    const isBlock = opening !== null && (at.list === null || indent === 0);
    if (at.start >= 0 && (isBlock || (at.isBlank && !(at.list !== null && continuesList.test(line))))) {
      cut(text, at, into);
      at.list = null;
    }
    at.isBlank = false;
    if (opening === null) takeItem(text, line, at, into);
    else {
      if (isBlock) at.list = null;
      at.fence = { mark: opening[2] ?? '', language: opening[3] ?? '', indent, isBlock, body: Math.min(to + 1, text.length) };
    }
    if (at.start < 0) at.start = from;
    at.end = to;
  }

  /** Counts items of a list, and cuts it where it has become long. */
  function takeItem(text: string, line: string, at: Place, into: MarkdownBlock[]): void {
    const found = item.exec(line);
    if (found === null) return;
    const indent = found[1]?.length ?? 0;
    const number = found[2] === undefined ? null : Number(found[2]);
    const { list } = at;
    if (list === null || at.start < 0) {
      at.list = { items: 1, content: found[0].length, next: number === null ? null : number + 1, isCut: indent < 4 };
      return;
    }
    if (indent >= list.content) return;
    // Numbers that do not count on are counted by the whole list alone.
    const counts = list.next === number;
    const isCut = list.isCut && counts;
    const isFull = isCut && list.items >= itemsPerBlock;
    if (isFull) cut(text, at, into);
    at.list = { ...list, items: isFull ? 1 : list.items + 1, next: number === null ? null : number + 1, isCut };
  }

  /** Definitions are read where they stand; blocks before them that use them get them now. */
  function takeDefinition(line: string): void {
    if (footnote.test(line)) hasFootnotes = true;
    const label = definition.exec(line)?.[1];
    if (label === undefined || definitions.has(labelOf(label))) return;
    definitions.set(labelOf(label), line.trim());
    const isUsedIn = (block: MarkdownBlock): boolean =>
      block.kind === 'markdown' && [...block.text.matchAll(reference)].some(match => labelOf(match[1] ?? '') === labelOf(label));
    parts = parts.map(part => (part.some(isUsedIn) ? part.map(linked) : part));
    blocks = blocks.map(block => (isUsedIn(block) ? linked(block) : block));
  }

  function put(added: readonly MarkdownBlock[]): void {
    for (const block of added) {
      blocks.push(linked(block));
      if (blocks.length < blocksPerPart) continue;
      parts = [...parts, blocks];
      blocks = [];
    }
  }

  /** The block that still grows. Code is not parsed, so it is never behind. */
  function lastBlock(now: MarkdownBlock, start: number, isWhole: boolean): { readonly block: MarkdownBlock; readonly isBehind: boolean } {
    const before = shown !== null && shown.start === start ? shown : null;
    const grown = now.text.length - (before?.length ?? 0);
    const mayWait = !isWhole && now.kind === 'markdown' && now.text.length > promptChars;
    if (before !== null && mayWait && grown >= 0 && grown < now.text.length * promptShare)
      return { block: before.block, isBehind: grown > 0 };
    shown = { start, length: now.text.length, block: linked(now) };
    return { block: shown.block, isBehind: false };
  }

  return {
    read(text, isWhole) {
      if (!text.startsWith(seen)) forget();
      let from = seen.length;
      for (let to = text.indexOf('\n', from); to >= 0; to = text.indexOf('\n', from)) {
        const added: MarkdownBlock[] = [];
        const wasCode = place.fence !== null;
        takeLine(text, from, to, place, added);
        put(added);
        if (!wasCode) takeDefinition(text.slice(from, to));
        from = to + 1;
      }
      seen = text.slice(0, from);

      const rest: MarkdownBlock[] = [];
      const end: Place = { ...place };
      // A fence that is being closed is no line of its code.
      const isClosing = !isWhole && place.fence !== null && /^ {0,3}(?:`{1,2}|~{1,2})$/u.test(text.slice(from, from + 6));
      if (from < text.length && !isClosing) {
        takeLine(text, from, text.length, end, rest);
        if (isWhole && place.fence === null) takeDefinition(text.slice(from));
      }
      if (hasFootnotes) {
        const last = lastBlock({ kind: 'markdown', text }, 0, isWhole);
        return { parts: [[last.block]], isBehind: last.isBehind };
      }
      const ended = [...blocks, ...rest.map(linked)];
      if (end.start < 0) return { parts: ended.length === 0 ? parts : [...parts, ended], isBehind: false };
      const last = lastBlock(blockOf(text, end), end.start, isWhole);
      return { parts: [...parts, [...ended, last.block]], isBehind: last.isBehind };
    },
  };
}

/** The inside of a fence, without the blanks that the fence itself stands behind. */
function codeBlock(body: string, { language, indent }: { readonly language: string; readonly indent: number }): MarkdownBlock {
  const text = indent === 0 ? body : body.replaceAll(new RegExp(`^ {1,${indent}}`, 'gmu'), '');
  return { kind: 'code', text, language };
}

/** All blocks of a text that does not grow. */
export function splitMarkdownBlocks(text: string): readonly MarkdownBlock[] {
  return createBlockReader().read(text, true).parts.flat();
}
