/** The part of a Markdown syntax tree (mdast) this plugin touches. */
interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: { hName?: string; hProperties?: Record<string, string> };
}

const marker = /\[(\d{1,3})\]/gu;

/** Cuts a text at its markers `[1]`; each becomes a `sup` that carries its number, held on the line of the word before it. */
function withMarks(value: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let group: MarkdownNode[] | null = null;
  let at = 0;
  for (const match of value.matchAll(marker)) {
    const before = value.slice(at, match.index);
    if (group === null || before !== '') {
      const word = /\S*\s?$/u.exec(before)?.[0] ?? '';
      const lead = before.slice(0, before.length - word.length);
      if (lead !== '') nodes.push({ type: 'text', value: lead });
      group = word === '' ? [] : [{ type: 'text', value: word.replace(/\s$/u, '\u00A0') }];
      nodes.push({ type: 'citationGroup', data: { hName: 'span', hProperties: { className: 'unbroken' } }, children: group });
    }
    const number = match[1] ?? '';
    group.push({
      type: 'citationMark',
      data: { hName: 'sup', hProperties: { 'data-citation': number } },
      children: [{ type: 'text', value: number }],
    });
    at = match.index + match[0].length;
  }
  if (at < value.length) nodes.push({ type: 'text', value: value.slice(at) });
  return nodes;
}

function visit(node: MarkdownNode): void {
  if (!node.children) return;
  node.children = node.children.flatMap(child => {
    if (child.type === 'text' && child.value !== undefined) return withMarks(child.value);
    // Code is quoted as it is: `a[1]` there is no citation.
    if (child.type !== 'inlineCode' && child.type !== 'code') visit(child);
    return [child];
  });
}

/** A remark plugin: markers in running text become citation marks. */
export function remarkCitationMarks() {
  return (tree: unknown): void => visit(tree as MarkdownNode);
}
