const accents: Readonly<Record<string, string>> = {
  ...{ a: 'á', c: 'ç', e: 'é', g: 'ğ', i: 'í', k: 'ķ', n: 'ñ', o: 'ö', r: 'ř', s: 'š', t: 'ţ', u: 'ü', w: 'ŵ', y: 'ý', z: 'ž' },
  ...{ A: 'Á', C: 'Ç', D: 'Ď', E: 'É', G: 'Ğ', I: 'Í', L: 'Ļ', N: 'Ñ', O: 'Ö', R: 'Ř', S: 'Š', T: 'Ţ', U: 'Ü', W: 'Ŵ', Y: 'Ý' },
};

/** Part of its length a sentence grows by: more than Russian and German need after English. */
const growth = 0.4;

/** Words, so that the added length breaks into lines as a sentence does. */
const filler = ' õñé ţŵö';

function pseudoText(text: string): string {
  if (text.trim() === '') return text;
  const added = filler.repeat(Math.ceil(text.length / filler.length)).slice(0, Math.ceil(text.length * growth));
  return `⟦${text.replace(/[a-z]/giu, letter => accents[letter] ?? letter)}${added}⟧`;
}

/**
 * The same table with every sentence accented, 40 % longer and in `⟦` `⟧`: text of the window outside the brackets was written past
 * the tables, and a closing bracket that is not seen was cut off. For tests of the window; no person can choose it.
 */
export function pseudoMessages<T>(messages: T): T;
export function pseudoMessages(messages: unknown): unknown {
  if (typeof messages === 'string') return pseudoText(messages);
  if (typeof messages === 'function') return (...given: readonly unknown[]) => pseudoMessages(Reflect.apply(messages, undefined, given));
  if (Array.isArray(messages)) return messages.map(each => pseudoMessages<unknown>(each));
  if (typeof messages !== 'object' || messages === null) return messages;
  return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, pseudoMessages<unknown>(value)]));
}
