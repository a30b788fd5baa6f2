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
