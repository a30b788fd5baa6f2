import { foldText } from '../../shared/domain/words.ts';

/**
 * The dictionary form of a Russian term that a definition puts into the instrumental («Эффектом тестирования называют…»). A form is taken
 * only where it is known: where its ending leaves one possibility, or where the source itself writes it.
 */

type Gender = 'masculine' | 'neuter' | 'feminine' | 'plural';

interface Ending {
  readonly instrumental: RegExp;
  readonly nominatives: readonly (readonly [ending: string, gender: Gender])[];
}

/** Nouns whose instrumental has one nominative. */
const sure: readonly Ending[] = [
  { instrumental: /ью$/u, nominatives: [['ь', 'feminine']] },
  { instrumental: /(?<=и)ей$/u, nominatives: [['я', 'feminine']] },
  { instrumental: /(?<=[тнрмфзс]ик|ировк)ой$/u, nominatives: [['а', 'feminine']] },
  { instrumental: /(?<=[аея]ни|яти|ити|ыти)ем$/u, nominatives: [['е', 'neuter']] },
  {
    instrumental: /(?<=изм|инг|мент|аж|синтез|генез|лиз|тор|метр|граф|скоп|лог|оз|ёр|ант|ист)ом$/u,
    nominatives: [['', 'masculine']],
  },
];

/** Other nouns: every nominative the ending allows, to be looked for in the source. */
const possible: readonly Ending[] = [
  {
    instrumental: /[оеё]м$/u,
    nominatives: [
      ['', 'masculine'],
      ['й', 'masculine'],
      ['ь', 'masculine'],
      ['о', 'neuter'],
      ['е', 'neuter'],
      ['ё', 'neuter'],
    ],
  },
  {
    instrumental: /[оеё]й$/u,
    nominatives: [
      ['а', 'feminine'],
      ['я', 'feminine'],
      ['ая', 'feminine'],
      ['яя', 'feminine'],
    ],
  },
  {
    instrumental: /[ая]ми$/u,
    nominatives: [
      ['ы', 'plural'],
      ['и', 'plural'],
      ['а', 'plural'],
      ['я', 'plural'],
      ['', 'masculine'],
    ],
  },
];

const adjective = /(?:ым|им|ой|ей|ыми|ими)$/u;
/** Endings of an adjective before a noun of each gender; a stressed «-ой» is known only from the source. */
const adjectiveEndings: Readonly<Record<Gender, readonly string[]>> = {
  masculine: ['ый', 'ий', 'ой'],
  neuter: ['ое', 'ее'],
  feminine: ['ая', 'яя'],
  plural: ['ые', 'ие'],
};
/** Cases that only a noun in «-а» has («мицеллу») and only an adjective in «-ая» («кривую»): they tell what a word in «-ой» is. */
const nounCases = ['у', 'ы', 'и', 'е'];
const adjectiveCases = ['ую', 'ые', 'ых'];

/** The nominative of a term in the instrumental; null where it is in no instrumental, or the source does not tell. `isWritten` knows the folded words of the source. */
export function nominativeOf(term: string, isWritten: (word: string) => boolean): string | null {
  const words = term.split(/\s+/u);
  let noun = words.findIndex(word => !adjective.test(word));
  // «Кривой забывания»: the last word that looks like an adjective may be the noun itself.
  if (noun === -1 || !isInstrumental(words[noun] ?? '')) noun = noun === -1 ? words.length - 1 : noun - 1;
  const head = words[noun];
  if (head === undefined || !isInstrumental(head)) return null;
  for (const [nominative, gender] of nominativesOf(head, isWritten)) {
    const before = words.slice(0, noun).map(word => agreeing(word, gender, isWritten));
    if (before.every(word => word !== null)) return [...before, nominative, ...words.slice(noun + 1)].join(' ');
  }
  return null;
}

const isInstrumental = (word: string): boolean => [...sure, ...possible].some(({ instrumental }) => instrumental.test(word));

function nominativesOf(word: string, isWritten: (word: string) => boolean): (readonly [string, Gender])[] {
  for (const { instrumental, nominatives } of sure) {
    if (instrumental.test(word)) return nominatives.map(([ending, gender]) => [word.replace(instrumental, ending), gender]);
  }
  for (const { instrumental, nominatives } of possible) {
    if (!instrumental.test(word)) continue;
    const stem = word.replace(instrumental, '');
    const written = nominatives.map(([ending, gender]) => [stem + ending, gender] as const).filter(([form]) => isWritten(foldText(form)));
    if (written.length > 0) return written;
    if (word.endsWith('ой')) {
      if (adjectiveCases.some(ending => isWritten(foldText(stem + ending)))) return [[`${stem}ая`, 'feminine']];
      if (nounCases.some(ending => isWritten(foldText(stem + ending)))) return [[`${stem}а`, 'feminine']];
    }
  }
  return [];
}

/** The adjective as its noun wants it; null where «-ий» and «-ой» are both possible and neither is written. */
function agreeing(word: string, gender: Gender, isWritten: (word: string) => boolean): string | null {
  const stem = word.replace(adjective, '');
  const forms = adjectiveEndings[gender].map(ending => stem + ending);
  const written = forms.find(form => isWritten(foldText(form)));
  if (written !== undefined) return written;
  if (gender === 'masculine') return word.endsWith('ым') ? `${stem}ый` : null;
  const isSoft = /(?:им|ей|ими)$/u.test(word) && !/[кгхжшщч]$/u.test(stem);
  return forms[isSoft || (gender === 'plural' && word.endsWith('ими')) ? 1 : 0] ?? null;
}

/** The term as a heading: its first letter capital, unless the word has capitals of its own («pH», «мРНК»). */
export function asHeading(term: string): string {
  const first = term.split(/\s/u)[0] ?? term;
  return /\p{Lu}/u.test(first) ? term : term.charAt(0).toUpperCase() + term.slice(1);
}
