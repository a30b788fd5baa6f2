/**
 * A formula between dollars as Pandoc tells it from prices (its manual, extension `tex_math_dollars`): no space within beside
 * either dollar, and no letter or digit right after the last one or before the first.
 */
const inline = /(?<![\\$\p{L}\p{N}])\$(?=[^\s$])[^$\n]*(?<=[^\s\\$])\$(?![\p{L}\p{N}$])/u;
const display = /\$\$[^$]+\$\$/u;

/** Whether a text of Markdown has a formula. One that has none is not read for them, so that its prices stay prices. */
export function hasFormula(text: string): boolean {
  return display.test(text) || inline.test(text);
}

/** Code within a block, which is shown as it is: between fences, or between as many backticks as it began with. */
const code = /(^|\n)\s*(`{3,}|~{3,})[\s\S]*?(?:\n\s*\2|$)|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/gu;
/** LaTeX's own brackets of formulas. Behind a second backslash one is a line break within a formula. */
const brackets = /(?<!\\)\\([[\]()])/gu;

/**
 * The same text with formulas between LaTeX's own brackets, as most models write them, between dollars: `\(x\)` within a line, `\[x\]` on
 * lines of its own. Outside code alone, and in time linear in the text, which is a model's and may be made to last.
 */
export function withDollars(text: string): string {
  if (!text.includes('\\(') && !text.includes('\\[')) return text;
  const indented = indentedCode(text);
  let next = 0;
  let at = 0;
  let out = '';
  const upTo = (end: number): string => {
    let done = '';
    for (let block = indented[next]; block !== undefined && block.start < end; block = indented[next]) {
      next += 1;
      if (block.start < at) continue;
      done += dollars(text.slice(at, block.start)) + text.slice(block.start, block.end);
      at = block.end;
    }
    return done + dollars(text.slice(at, Math.max(at, end)));
  };
  for (const found of text.matchAll(code)) {
    out += upTo(found.index);
    const end = found.index + found[0].length;
    out += text.slice(Math.max(at, found.index), end);
    at = Math.max(at, end);
  }
  return out + upTo(text.length);
}

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/u;

/**
 * Blocks of code that are told by four spaces before each line (CommonMark, "indented code blocks"), as offsets in order. An indented line
 * behind a paragraph goes on with it, and what is indented below an item of a list is the item's.
 */
function indentedCode(text: string): { readonly start: number; readonly end: number }[] {
  const blocks: { start: number; end: number }[] = [];
  let start = 0;
  let isInList = false;
  let isBehindBlank = true;
  let isInCode = false;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (line.trim() === '') isBehindBlank = true;
    else {
      const isIndented = /^(?: {4}| {0,3}\t)/u.test(line);
      const last = blocks.at(-1);
      if (!isIndented) {
        isInList = listItem.test(line) || (isInList && (!isBehindBlank || /^\s{2}/u.test(line)));
        isInCode = false;
      } else if (isInCode && last !== undefined) last.end = end;
      else if (isBehindBlank && !isInList) {
        blocks.push({ start, end });
        isInCode = true;
      }
      isBehindBlank = false;
    }
    start = end + 1;
  }
  return blocks;
}

function dollars(text: string): string {
  let at = 0;
  let out = '';
  /** Where the last bracket of each kind was opened; -1 for none. */
  let [square, round] = [-1, -1];
  for (const { 1: bracket, index } of text.matchAll(brackets)) {
    const end = index + 2;
    if (bracket === '[') square = index;
    else if (bracket === '(') round = index;
    else {
      const start = bracket === ']' ? square : round;
      const formula = start < 0 ? '' : text.slice(start + 2, index).trim();
      if (bracket === ']') square = -1;
      else round = -1;
      if (start < at || formula === '' || !(bracket === ']' ? isAlone(text, start, end) : !formula.includes('\n'))) continue;
      out += text.slice(at, start) + (bracket === ']' ? `\n$$\n${formula}\n$$\n` : `$${formula}$`);
      at = end;
    }
  }
  return out + text.slice(at);
}

const isBlank = (letter: string | undefined): boolean => letter === ' ' || letter === '\t';
const endsLine = (letter: string | undefined): boolean => letter === undefined || letter === '\n';

/** Nothing else stands on the lines that it begins and ends on: a bracket that is only escaped stands within a sentence. */
function isAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isBlank(text[before])) before -= 1;
  let after = end;
  while (isBlank(text[after])) after += 1;
  return endsLine(text[before]) && endsLine(text[after]);
}

/** The part of a Markdown syntax tree (mdast) this plugin touches. */
interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: unknown;
  position?: { readonly start: { readonly offset?: number }; readonly end: { readonly offset?: number } };
}

/** A remark plugin, after the one that reads formulas: what has dollars and is none becomes text again. */
export function remarkPricesAreText() {
  return (tree: unknown, file: { readonly value: unknown }): void => {
    const whole = String(file.value);
    const visit = (node: MarkdownNode): void => {
      for (const child of node.children ?? []) {
        if (child.type !== 'inlineMath') {
          visit(child);
          continue;
        }
        const [start, end] = [child.position?.start.offset ?? 0, child.position?.end.offset ?? 0];
        const source = whole.slice(start, end);
        const around = whole.slice(Math.max(0, start - 1), end + 1);
        if (source.startsWith('$$') || inline.exec(around)?.[0] === source) continue;
        child.type = 'text';
        child.value = source;
        delete child.data;
      }
    };
    visit(tree as MarkdownNode);
  };
}
