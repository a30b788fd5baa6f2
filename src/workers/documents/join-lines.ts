/** First parts that keep their hyphen in any word and are no common syllable. */
const hyphenedHeads: ReadonlySet<string> = new Set([
  'кое',
  'еле',
  'чуть',
  'вице',
  'экс',
  'онлайн',
  'интернет',
  'бизнес',
  'non',
  'self',
  'well',
  'half',
  'cross',
]);
/** Last parts that keep it after any word. */
const hyphenedTails: ReadonlySet<string> = new Set(['либо', 'нибудь', 'таки', 'based', 'like', 'free', 'off', 'up', 'to', 'of', 'the']);
/** Pronouns and adverbs before the particle «-то»; after other letters «то» is a syllable («мес-то»). */
const beforeParticle = /^(?:кто|кого|кому|кем|что|чего|чему|чем|где|куда|когда|как\p{L}{0,3}|откуда|почему|зачем|сколько|чь\p{L}{1,2})$/u;

const hyphenAtEnd = /[\p{L}\p{N}][-\u2010\u00ad]$/u;

/**
 * Puts a line after the text before it, in the canonical text of wrapped prose and PDF. A word hyphenated at the end of the line becomes
 * whole again: «конс-» + «пект» is «конспект». The hyphen stays before a capital or a digit («Санкт-» + «Петербург»,
 * «COVID-» + «19») and in compounds that always have one («кто-» + «нибудь»). Any other compound that breaks at its own
 * hyphen loses it; verification of quotes ignores such hyphens. A soft hyphen at the end always joins.
 */
export function joinLines(text: string, line: string): string {
  if (text === '' || line === '') return text + line;
  if (!hyphenAtEnd.test(text) || !/^[\p{L}\p{N}]/u.test(line)) return `${text} ${line}`;
  if (text.endsWith('\u00ad')) return text.slice(0, -1) + line;
  const head = /\p{L}+(?=.$)/u.exec(text.slice(-wordWindow))?.[0].toLowerCase() ?? '';
  const tail = /^\p{L}+/u.exec(line)?.[0] ?? '';
  return keepsHyphen(head, tail) ? text + line : text.slice(0, -1) + line;
}

/** Characters at the end of the text that can hold the broken word: keeps the search short in a long paragraph. */
const wordWindow = 60;

function keepsHyphen(head: string, tail: string): boolean {
  if (head === '' || tail === '' || /^\p{Lu}/u.test(tail)) return true;
  const end = tail.toLowerCase();
  return hyphenedHeads.has(head) || hyphenedTails.has(end) || (end === 'то' && beforeParticle.test(head));
}
