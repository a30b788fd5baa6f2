import { z } from 'zod';

/**
 * The JSON object in a model's answer, wherever it stands: bare, in a code fence, with words around it. Null when there is none
 * that parses.
 */
export function readJson(answer: string): unknown {
  for (let at = answer.indexOf('{'); at >= 0; at = answer.indexOf('{', at + 1)) {
    const end = endOfObject(answer, at);
    if (end === null) return null;
    try {
      return JSON.parse(answer.slice(at, end));
    } catch {
      // A brace in the words before it; the next one may begin the object.
    }
  }
  return null;
}

/** Just after the brace that closes the one at `from`; null when none does. Braces in strings are text. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

const envelope = z.object({ items: z.array(z.unknown()) });

export type ReadItems<T> =
  | { readonly ok: true; readonly items: readonly T[] }
  | { readonly ok: false; readonly problem: string; readonly items: readonly T[] };

/** Words of a problem that a model is told; more of them help nobody. */
const problemLimit = 400;

/** The items of an answer. When not all of them have the shape, says what is wrong and gives those that do. */
export function readItems<T>(answer: string, item: z.ZodType<T>): ReadItems<T> {
  const parsed = envelope.safeParse(readJson(answer));
  if (!parsed.success) return { ok: false, problem: 'no JSON object with "items"', items: [] };
  const items: T[] = [];
  const problems: string[] = [];
  for (const [index, value] of parsed.data.items.entries()) {
    const read = item.safeParse(value);
    if (read.success) items.push(read.data);
    else problems.push(...read.error.issues.map(({ path, message }) => `items[${[index, ...path].join('][')}]: ${message}`));
  }
  return problems.length === 0 ? { ok: true, items } : { ok: false, problem: problems.join('; ').slice(0, problemLimit), items };
}
