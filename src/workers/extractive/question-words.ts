import { wordsOf } from '../../shared/domain/words.ts';
import { languageOfWord, stem } from './stem.ts';
import { stopWords } from './stop-words.ts';

/** What a question asks with, and not about. */
const asking = new Set(
  'что кто где когда куда откуда почему зачем сколько какой какая какое какие какую каким каких каков какова чем чему чей чья как расскажи расскажите объясни объясните опиши опишите найди найдите покажи скажи скажите напиши дай перечисли назови такое значит означает документ документе документах тексте статье говорится сказано написано пишут известно делает делают делать делал делала делали сделает сделают сделать сделал сделала сделали дата даты дату дате дата датой числа число do does did done what who where when why how which whose tell explain describe find show list name give define mean means meaning document documents text article say says said according about please date has have had should would could will'.split(
    ' ',
  ),
);

export interface QuestionWord {
  readonly word: string;
  readonly stem: string;
}

/** Words of a text that carry what it is about, with their stems. */
export function contentWords(text: string): QuestionWord[] {
  return wordsOf(text)
    .filter(word => !asking.has(word) && !stopWords.ru.has(word) && !stopWords.en.has(word) && (word.length > 1 || /\d/u.test(word)))
    .map(word => ({ word, stem: stem(word, languageOfWord(word)) }));
}

/** Letters two stems of one root begin with: «перенесл», «перенос». */
const MIN_PREFIX = 5;
/** Letters after the common beginning in the shorter stem: an alternation and a suffix. */
const MAX_SHORT_REST = 2;
const MAX_LENGTH_DIFFERENCE = 3;

/** Whether two stems are forms of one root that the stemmer leaves apart. */
export function isNearStem(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < MIN_PREFIX || Math.abs(a.length - b.length) > MAX_LENGTH_DIFFERENCE || /\d/u.test(a)) return false;
  let common = 0;
  while (common < shorter && a.charAt(common) === b.charAt(common)) common += 1;
  return common >= MIN_PREFIX && common >= shorter - MAX_SHORT_REST;
}

/** Beginnings of words of one root that no ending explains: what is asked with the verb is told with the noun, and the other way. */
const families: readonly RegExp[] = [
  // «Стоить» is stemmed to «сто».
  /^(?:сто|стоимост|обошл|обойд|обход|затрат|цен)$/u,
  /^(?:стро|постро|строительств|постройк|возвед)/u,
  /^(?:откр|открыт)$/u,
  /^(?:нача|начал|начина)/u,
  /^(?:длин|длил|длительн|протяжен)/u,
  /^(?:умер|смерт|гибел|погиб|сконча)/u,
  /^(?:род|рожден)$/u,
  /^(?:вес|масс)$/u,
  /^(?:cost|price|expens)/u,
  /^(?:build|built|construc)/u,
  /^(?:found|foundat|establish)$/u,
  /^(?:di|die|dead|death)$/u,
  /^(?:born|birth)$/u,
  /^(?:weigh|weight)$/u,
  /^(?:long|length)$/u,
  /^(?:high|height|tall)$/u,
  /^(?:sell|sold|sale)$/u,
  /^(?:grow|grew|growth)$/u,
];

/** Whether two stems are of one family of words: «стоил» and «стоимость», "built" and "construction". */
export const isOfFamily = (a: string, b: string): boolean => a !== b && families.some(family => family.test(a) && family.test(b));

const ruVerb = /(?:л|ла|ло|ли|лся|лась|лись|лось|ет|ит|ют|ут|ат|ят|ется|ится|ются|ятся|ть|ться|ти|чь)$/u;
const enVerb =
  /^(?:\p{L}+(?:ed|ing|ise|ize)|built|made|wrote|found|led|ran|gave|took|won|began|costs?|became|lost|left|paid|sold|bought|sent|kept|met|held|grew|happens?|works?|needs?|uses?)$/u;

/** Whether a word of a question may be its verb, which an answer is free to say in another word («разработал» — «построил»). */
export function mayBeVerb(word: string, question: string): boolean {
  if (languageOfWord(word) === 'ru') return ruVerb.test(word);
  // "What does a starter eat?": the verb is last.
  return enVerb.test(word) || new RegExp(String.raw`\b(?:do|does|did|can)\b.*\b${word}\W*$`, 'iu').test(question);
}
