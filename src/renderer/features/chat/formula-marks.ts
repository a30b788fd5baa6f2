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
/** Between LaTeX's own brackets, as most models write formulas. A bracket behind a second backslash is a line break of a formula. */
const bracketed = /(?<!\\)\\\[\s*([\s\S]+?)\s*(?<!\\)\\\]|(?<!\\)\\\(\s*([^\n]+?)\s*(?<!\\)\\\)/gu;

/** The same text with `\(x\)` as `$x$` and `\[x\]` as `$$x$$`, outside code: Markdown would take the backslashes for its own. */
export function withDollars(text: string): string {
  if (!text.includes('\\(') && !text.includes('\\[')) return text;
  let at = 0;
  let out = '';
  for (const found of text.matchAll(code)) {
    out += dollars(text.slice(at, found.index)) + found[0];
    at = found.index + found[0].length;
  }
  return out + dollars(text.slice(at));
}

function dollars(text: string): string {
  return text.replaceAll(bracketed, (_, display: string | undefined, within: string | undefined, at: number) => {
    if (display === undefined) return `$${within ?? ''}$`;
    // One that begins a line stands by itself; within a line it stays there.
    return at === 0 || text[at - 1] === '\n' ? `\n$$\n${display}\n$$\n` : `$$${display}$$`;
  });
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
