/** A run of text that both sides have, or one of them alone. Runs put together give the side's text exactly. */
export interface TextRun {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A word with the white space after it is one piece, a mark another: what a reader sees as changed begins and ends with them. */
const piecePattern = /[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu;

/**
 * Differing pieces up to which the shortest script is looked for; beyond, the texts have little in common and word marks would
 * only be a mosaic. The work grows with its square: 400 of each are compared in about a millisecond.
 */
const mostEdits = 400;

/** What was removed and what was added, by words. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), greedy form. */
export function wordDiff(before: string, after: string): TextRun[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const head = sameHead(before, after);
  const tail = sameTail(before, after, head);
  const piecesOf = (text: string): readonly string[] => text.slice(head, text.length - tail).match(piecePattern) ?? [];
  return joined([
    { kind: 'same', text: before.slice(0, head) },
    ...withoutSpecks(editScript(piecesOf(before), piecesOf(after))),
    { kind: 'same', text: before.slice(before.length - tail) },
  ]);
}

/** Letters that both begin with, up to the beginning of a word: what is the same there need not be cut into pieces. */
function sameHead(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before.charCodeAt(count) === after.charCodeAt(count)) count += 1;
  return count === 0 ? 0 : before.lastIndexOf(' ', count - 1) + 1;
}

/** Letters that both end with, from the end of a word, none of which belong to the head. */
function sameTail(before: string, after: string, head: number): number {
  const most = Math.min(before.length, after.length) - head;
  let count = 0;
  while (count < most && before.charCodeAt(before.length - 1 - count) === after.charCodeAt(after.length - 1 - count)) count += 1;
  const start = before.indexOf(' ', before.length - count);
  return start === -1 ? 0 : before.length - start;
}

function editScript(a: readonly string[], b: readonly string[]): TextRun[] {
  const whole: TextRun[] = [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ];
  if (a.length === 0 || b.length === 0) return whole;
  const limit = Math.min(a.length + b.length, mostEdits);
  const offset = limit + 1;
  const reach = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    // What the step before could have reached: the walk back looks at no more.
    trace.push(reach.slice(offset - edits, offset + edits + 1));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reach, offset + k - 1) < at(reach, offset + k + 1));
      let x = down ? at(reach, offset + k + 1) : at(reach, offset + k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach[offset + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace, edits);
    }
  }
  return whole;
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[], edits: number): TextRun[] {
  const runs: TextRun[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = edits; d >= 0; d -= 1) {
    const reach = trace[d] ?? new Int32Array(0);
    const k = x - y;
    const down = k === -d || (k !== d && at(reach, d + k - 1) < at(reach, d + k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(reach, d + fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      runs.push({ kind: 'same', text: a[x] ?? '' });
    }
    if (d === 0) break;
    if (down) runs.push({ kind: 'added', text: b[--y] ?? '' });
    else runs.push({ kind: 'removed', text: a[--x] ?? '' });
  }
  return runs.reverse();
}

function at(reach: Int32Array, index: number): number {
  return reach[index] ?? 0;
}

/**
 * A space or a comma that two changes happen to share does not part them: «стало лучше» in the place of «было хуже» is one
 * change. Removed comes before added in each.
 */
function withoutSpecks(runs: readonly TextRun[]): TextRun[] {
  const result: TextRun[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    result.push({ kind: 'removed', text: removed }, { kind: 'added', text: added });
    removed = '';
    added = '';
  };
  const parts = joined(runs);
  parts.forEach((run, index) => {
    if (run.kind === 'removed') removed += run.text;
    else if (run.kind === 'added') added += run.text;
    else if (/[\p{L}\p{N}]/u.test(run.text) || removed === '' || added === '' || index === parts.length - 1) {
      flush();
      result.push(run);
    } else {
      removed += run.text;
      added += run.text;
    }
  });
  flush();
  return joined(result);
}

function joined(runs: readonly TextRun[]): TextRun[] {
  const result: TextRun[] = [];
  for (const { kind, text } of runs) {
    if (text === '') continue;
    const last = result.at(-1);
    if (last?.kind === kind) result[result.length - 1] = { kind, text: last.text + text };
    else result.push({ kind, text });
  }
  return result;
}
