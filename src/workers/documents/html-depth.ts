/** Elements in elements that are kept: pages of people stay under a hundred, and the parser's time grows with the square of it. */
const depthLimit = 1_000;

/** Comments and elements whose content is no markup, whole, or else one tag. Nothing in it can be tried twice at one place. */
const markup =
  /<!--(?:[\s\S]*?-->|[\s\S]*$)|<(script|style|textarea|title)\b(?:[\s\S]*?<\/\1|[\s\S]*$)|<(\/?)([a-z][a-z\d:-]{0,40})[^<>]*>/giu;

/** Have no end, or one that may be left out: they nest only within others. */
const uncounted: ReadonlySet<string> = new Set([
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr'],
  ...['p', 'li', 'dt', 'dd', 'td', 'th', 'tr', 'thead', 'tbody', 'tfoot', 'colgroup', 'option', 'optgroup', 'html', 'head', 'body'],
]);

const foreign: ReadonlySet<string> = new Set(['svg', 'math']);

/** HTML without the tags of elements nested deeper than anybody writes; their text stays. */
export function withoutDepth(html: string): string {
  const kept: string[] = [];
  let depth = 0;
  let from = 0;
  let isForeign = false;
  for (const found of html.matchAll(markup)) {
    const [tag, , slash, name] = found;
    const element = name?.toLowerCase() ?? '';
    // A slash at the end of a tag ends an element of a drawing, and no other.
    if (element === '' || uncounted.has(element) || (isForeign && tag.endsWith('/>'))) continue;
    if (foreign.has(element)) isForeign = slash === '';
    if (slash === '') depth += 1;
    const isTooDeep = depth > depthLimit;
    if (slash !== '') depth = Math.max(0, depth - 1);
    if (!isTooDeep) continue;
    kept.push(html.slice(from, found.index));
    from = found.index + tag.length;
  }
  return from === 0 ? html : kept.join(' ') + html.slice(from);
}
