import type { PreparedSource } from './prepare-sources.ts';

/** How minutes, notices and letters open, and what they say of a meeting. */
const opening =
  /^\s*(?:#\s*)?[^\n]{0,80}?(?<!\p{L})(?:протокол\p{L}*|собрани\p{L}|заседани\p{L}|совещани\p{L}|постановлени\p{L}|решени[ея]\p{L}?|объявлени\p{L}|minutes|meeting|resolution|notice|decisions?)(?!\p{L})|(?:^|\n)\s*(?:уважаем(?:ый|ая|ые)|добрый\s+день|здравствуйте|dear)(?!\p{L})|(?<!\p{L})(?:присутствовал[аи]?|слушали|повестк\p{L}+\s+дня|кворум\p{L}*|постановили|quorum|agenda|attended|resolved)(?!\p{L})/iu;
/** Those who decide, deciding. */
const body =
  /(?<!\p{L})(?:собрание|заседание|правление|руководство|дирекция|администрация|комиссия|комитет|совет|кафедра|коллегия|жюри|management|(?:the\s+)?(?:board|committee|council|commission|department|trustees|directors))\s+(?:\p{L}+\s+){0,2}?(?:решил[аио]?|постановил[аио]?|утвердил[аио]?|одобрил[аио]?|принял[аио]?\s+решение|отклонил[аио]?|(?:has\s+|have\s+)?(?:decided|resolved|agreed|approved|voted|rejected))(?!\p{L})/iu;
/** Minutes and notices are short; an article in which a council decides something is longer and tells of others. */
const MAX_PAPER_CHARS = 4_000;

/** «Отклонена», "was rejected": what became of a motion. The year of a story («одобрен в 1864 году») is no paper of today. */
const ruSettled = String.raw`(?:утвержд[её]н|одобрен|отклон[её]н|отмен[её]н|принят|согласован|установлен|перенес[её]н|продл[её]н|сокращ[её]н|увеличен|повышен|снижен|выделен|исключ[её]н|назначен|избран|признан|запрещ[её]н|разреш[её]н|закрыт|приостановлен|прекращ[её]н)(?:а|о|ы)?`;
/** Of those whose name is left out, as minutes have it. */
const ruTheySettled = String.raw`(?:утвердили|одобрили|отклонили|отменили|отказались|приняли|согласовали|установили|перенесли|продлили|сократили|увеличили|повысили|снизили|выделили|исключили|назначили|избрали|выбрали|запретили|разрешили|поддержали|приостановили|прекратили)`;
const enSettled = String.raw`(?:approved|rejected|adopted|accepted|ratified|endorsed|turned\s+down|voted\s+down|declined|carried|passed|dropped|abandoned|given\s+up|scrapped|cancelled|canceled|suspended|extended|granted|refused|appointed|elected|chosen|selected|set\s+at|fixed\s+at|raised\s+to|lowered\s+to|cut\s+to|reduced\s+to)`;

const rules: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L})(?:(?:был[аио]?|будет|единогласно|большинством(?:\s+голосов)?)\s+)?(?<!не\s)${ruSettled}(?!\p{L})`, 'iu'),
  // No subject before it, or an object or a body alone: «От ночных смен отказались.», «Предложение отклонили.»
  new RegExp(String.raw`^(?:[\p{L}-]+\s+){0,5}?(?<!не\s)${ruTheySettled}(?!\p{L})`, 'iu'),
  new RegExp(
    String.raw`(?<!\p{L})(?:was|were|has\s+been|have\s+been|is|are)\s+(?:unanimously\s+|then\s+|finally\s+|also\s+|therefore\s+)?${enSettled}(?!\p{L})`,
    'iu',
  ),
];

const unsettled =
  /(?<!\p{L})(?:не\s+(?:был[аио]?\s+)?(?:утвер|одобр|принят|согласов|установ|назнач|выбра|избра)|ещё|еще|пока|будет\s+ли|если|когда|после\s+того|хотел|собирал|предлага|причин|not|never|yet|if|when|once|after|before|until|by\s+whom)(?!\p{Ll}*\s+год)/iu;

/** «Её сократили до сорока минут.»: of what the sentence before speaks of, which may be anything. */
const pointing = /^(?:е[её]|его|их|он[аио]?|это|it|they|he|she|this|that|these|those)(?!\p{L})/iu;

const papers = new WeakMap<PreparedSource, boolean>();

/** Whether a source is of those who decide; asked of every sentence, read once. */
export function isOfficial(source: PreparedSource): boolean {
  const known = papers.get(source);
  if (known !== undefined) return known;
  const { text } = source.snapshot;
  const found = text.length <= MAX_PAPER_CHARS && (opening.test(text) || body.test(text));
  papers.set(source, found);
  return found;
}

/** Whether a sentence of such a paper says what was settled, without naming who did. */
export function isResolution(text: string): boolean {
  return (
    !text.endsWith('?') &&
    !/(?<!\d)(?:1[0-9]|20)\d{2}(?!\d)/u.test(text) &&
    !pointing.test(text) &&
    !unsettled.test(text) &&
    rules.some(rule => rule.test(text))
  );
}
