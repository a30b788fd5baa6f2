/** Characters of a page that a model is told at once: some 6,000 tokens. */
export const snapshotCharLimit = 24_000;
/** Lines around a find that say where it stands. */
const contextLines = 3;
/** Finds that are shown; a word that stands in more places needs a longer one. */
const findLimit = 20;

const refInLine = /\[ref=([a-z]*\d*e\d+)\]/u;

/** Names of elements that may be used until the next snapshot. */
export function refsIn(snapshot: string): ReadonlySet<string> {
  const refs = new Set<string>();
  for (const [, ref] of snapshot.matchAll(/\[ref=([a-z]*\d*e\d+)\]/gu)) if (ref !== undefined) refs.add(ref);
  return refs;
}

/** A whole snapshot, or as much of it as is told at once with a word on the rest. */
export function boundedSnapshot(snapshot: string, limit = snapshotCharLimit): string {
  if (snapshot.length <= limit) return snapshot;
  const end = snapshot.lastIndexOf('\n', limit);
  const left = snapshot.length - end;
  return `${snapshot.slice(0, end)}\n[… ${left} more characters of this page are not shown. Use find to look for words in them.]`;
}

/**
 * What is on a page now and was not before, and what has gone, line by line. Elements keep their names while they live, so a line says by
 * itself which one it is about. The whole snapshot where more than half of it is new.
 */
export function snapshotChanges(before: string, now: string, limit = snapshotCharLimit): string {
  if (before === now) return 'Nothing has changed on the page.';
  const then = countLines(before);
  const present = countLines(now);
  const added = now.split('\n').filter(line => take(then, line.trim()));
  const gone = before.split('\n').filter(line => take(present, line.trim()));
  if (added.length * 2 > now.split('\n').length) return boundedSnapshot(now, limit);
  const lines = [
    ...gone.map(line => `- gone: ${line.trim().replace(/^- /u, '')}`),
    ...added.map(line => `- now: ${line.trim().replace(/^- /u, '')}`),
  ];
  return boundedSnapshot(`What has changed on the page:\n${lines.join('\n')}`, limit);
}

function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
  return counts;
}

/** Whether a line has no twin left on the other side; takes the twin away otherwise. */
function take(counts: Map<string, number>, line: string): boolean {
  const count = counts.get(line) ?? 0;
  if (count === 0) return true;
  counts.set(line, count - 1);
  return false;
}

/** Lines of a snapshot that hold the words, each with those around it and with the elements it stands in. */
export function findInSnapshot(snapshot: string, words: string, limit = snapshotCharLimit): string {
  const wanted = words.toLowerCase();
  const lines = snapshot.split('\n');
  const hits = lines.flatMap((line, at) => (line.toLowerCase().includes(wanted) ? [at] : []));
  if (hits.length === 0) return `“${words}” is nowhere on the page.`;
  const shown = new Set<number>();
  for (const hit of hits.slice(0, findLimit)) {
    for (let at = Math.max(0, hit - contextLines); at <= Math.min(lines.length - 1, hit + contextLines); at += 1) shown.add(at);
    for (const parent of parentsOf(lines, hit)) shown.add(parent);
  }
  const parts = [...shown]
    .sort((a, b) => a - b)
    .flatMap((at, place, all) => [...(place > 0 && at !== (all[place - 1] ?? 0) + 1 ? ['…'] : []), lines[at] ?? '']);
  const rest = hits.length > findLimit ? `\n[… ${hits.length - findLimit} more places. Look for longer words.]` : '';
  return boundedSnapshot(parts.join('\n'), limit) + rest;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Lines above that it is indented under and that can be named. */
function parentsOf(lines: readonly string[], at: number): number[] {
  const parents: number[] = [];
  let indent = indentOf(lines[at] ?? '');
  for (let above = at - 1; above >= 0 && indent > 0; above -= 1) {
    const line = lines[above] ?? '';
    if (indentOf(line) >= indent) continue;
    indent = indentOf(line);
    if (refInLine.test(line)) parents.push(above);
  }
  return parents;
}
