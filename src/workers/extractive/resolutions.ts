import type { PreparedSource } from './prepare-sources.ts';
import { rulesByScript } from './rules-by-script.ts';

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

/** Duties and rules that a paper brings in, in the present: «С мая вводится…», «Порог остаётся прежним», "The age limit is to remain at nine". */
const ruInForce = String.raw`(?:вводится|вводятся|отменяется|отменяются|переносится|переносятся|устанавливается|утверждается|назначается|закрывается|упраздняется|продлевается|повышается|снижается|сокращается|увеличивается|(?:со\s+следующего|с\s+(?:нового|будущего))\s+\p{L}+\s+(?:[\p{L}-]+\s+)*?(?:будет|будут|станет|станут|переходит|переходят)|оста[её]тся\s+(?:прежн\p{L}+|без\s+изменений|в\s+силе|за\s+\p{L}+)|составит|составят)`;
const enInForce = String.raw`(?:(?:is|are)\s+to\s+(?:remain|stay|be\s+(?:kept|raised|lowered|moved|closed|replaced|dropped|introduced|extended|postponed|abolished|increased|reduced))|(?:goes|go|rises?|falls?|drops?)\s+(?:up\s+|down\s+)?(?:to|by)\s+(?:\S+\s+){1,4}?from|remains?\s+(?:at|unchanged|in\s+force)|will\s+(?:remain|stay|rise|go\s+up|fall|go\s+down|be\s+(?:raised|lowered|abolished|introduced|replaced|discontinued|scrapped|increased|reduced|extended|postponed|moved\s+to|brought\s+forward|closed|dropped))|will\s+be\s+[^.?!]{3,40}\s+from\s+(?:next|the\s+next|the\s+new|\d|January|February|March|April|May|June|July|August|September|October|November|December)|takes?\s+effect|comes?\s+into\s+force)`;
/** Assent or refusal as a noun, and who a body was for. */
const ruGaveWord = String.raw`(?:(?:дано|получено|выражено)\s+(?:согласие|разрешение|добро)|отказано|отказать|выбор\s+(?:сделан|остановлен|пал)|высказал(?:ся|ось|ись|ась)\s+(?:за|против|в\s+пользу)|проголосовал[аио]?\s+(?:за|против)|предпоч(?:ло|ли|[её]л)|поддержан[аоы]?|признано\s+(?:не)?\p{L}+|определились|остановил(?:ся|ось|ись|ась)\s+на|рекомендовано|(?:предложение|поправка|резолюция)\s+(?:[^.?!,]{0,40}\s)?(?:прошл[оа]|провалил\p{L}+)|(?:правление|комитет|кафедра|совет|собрание|руководство|дирекция|комиссия|учас\p{L}+|жители|члены\s+\p{L}+|родители|большинство|администрация|товарищество)\s+(?:\p{L}+\s+){0,2}?(?:принял[аио]?|отклонил[аио]?|выбрал[аио]?|установил[аио]?|поддержал[аио]?|отказал[аио]?|назначил[аио]?|избрал[аио]?|перенесл[аио]?|продлил[аио]?|повысил[аио]?|снизил[аио]?|отменил[аио]?|разрешил[аио]?|запретил[аио]?|ввел[аио]?|выделил[аио]?|закрыл[аио]?)|снят[аоы]?\s+с\s+(?:повестки|рассмотрения)|возражений\s+не\s+(?:было|поступило))`;
const enGaveWord = String.raw`(?:(?:consent|permission|approval|leave|assent|the\s+go-ahead|backing|support)\s+(?:was|were|has\s+been|is)\s+(?:given|granted|refused|withheld|denied)|(?:was|were|is|are|has\s+been)\s+(?:not\s+)?(?:granted|upheld|supported|pursued|renewed|taken\s+up|taken\s+forward)|it\s+was\s+(?:resolved|felt\s+best|thought\s+best|settled)|opted\s+(?:for|to|against)|plumped\s+for|went\s+(?:for|with)|came\s+down\s+(?:in\s+favou?r|on\s+the\s+side|against)|come\s+down\s+(?:in\s+favou?r|against)|(?:made|make)\s+up\s+(?:our|their|its)\s+minds?|voted\s+(?:for|to|against|in\s+favou?r)|preferred\s+(?:a|an|the|to)|(?:motion|proposal|amendment)\s+(?:[^.?!,]{0,40}\s)?(?:fell|failed|carried|passed|was\s+(?:lost|carried))|(?:board|committee|council|faculty|management|members|trustees|directors|panel|jury|assembly|residents|partners|parents|department|governors|shareholders)\s+(?:has\s+|have\s+|then\s+|also\s+|unanimously\s+)*(?:signed\s+off\s+on|adopted|chosen|chose|backed|turned\s+down|rejected|accepted|endorsed|passed|selected|picked|confirmed|set|fixed|raised|lowered|extended|cancelled|dropped|granted|refused|abolished|introduced|appointed|elected|declined|ruled\s+out)|turned\s+(?:it\s+|the\s+\p{L}+\s+)?down|chose\s+(?:to|not\s+to|the|a))`;

const rules: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L})(?<!не\s)(?:${ruInForce}|${ruGaveWord})(?!\p{L})`, 'iu'),
  new RegExp(String.raw`(?<!\p{L})(?:${enInForce}|${enGaveWord})(?!\p{L})`, 'iu'),
  // «Менять форму в этом году не будем.», "We will not be changing the uniform.": what those who write will do no more.
  new RegExp(
    String.raw`^(?:мы\s+)?(?:[\p{L}-]+\s+){0,6}?(?:больше\s+)?не\s+будем(?!\p{L})|^we\s+(?:will\s+(?:no\s+longer|not)|are\s+(?:no\s+longer|not)|won(?:'|’)t)\s+(?:be\s+)?(?!able|sure|certain|know|aware)\p{Ll}+`,
    'iu',
  ),
  new RegExp(String.raw`(?<!\p{L})(?:(?:был[аио]?|будет|единогласно|большинством(?:\s+голосов)?)\s+)?(?<!не\s)${ruSettled}(?!\p{L})`, 'iu'),
  // No subject before it, or an object or a body alone: «От ночных смен отказались.», «Предложение отклонили.»
  new RegExp(String.raw`^(?:[\p{L}-]+\s+){0,5}?(?<!не\s)${ruTheySettled}(?!\p{L})`, 'iu'),
  new RegExp(
    String.raw`(?<!\p{L})(?:was|were|has\s+been|have\s+been|is|are)\s+(?:unanimously\s+|then\s+|finally\s+|also\s+|therefore\s+)?${enSettled}(?!\p{L})`,
    'iu',
  ),
];

const rulesFor = rulesByScript(rules, pattern => pattern);

const unsettled =
  /(?<!\p{L})(?:не\s+(?:был[аио]?\s+)?(?:утвер|одобр|принят|согласов|установ|назнач|выбра|избра)|ещё|еще|пока|будет\s+ли|если|когда|после\s+того|хотел|собирал|предлага|причин|not|never|yet|if|when|once|after|before|until|by\s+whom)(?!\p{Ll}*\s+год)/iu;

/** A refusal settles as much as a grant. */
const refusal =
  /(?<!\p{L})(?:(?:was|were|is|are|has\s+been)\s+not\s+(?:granted|upheld|supported|pursued|renewed|taken)|(?:resolved|decided|agreed|chose|voted)\s+not|(?:will|are)\s+not|until\s+the\s+\p{L}+|^after\s+\p{Ll}+ing\s[^,]*?(?=\s+we\s))(?!\p{L})/giu;

/** «Её сократили до сорока минут.»: of what the sentence before speaks of, which may be anything. */
const pointing =
  /^(?:е[её]|его|их|он[аио]?|это|it(?!\s+(?:was|is|has\s+been)\s+(?:also\s+|further\s+)?(?:resolved|felt|thought|settled|agreed|decided))|they|he|she|this|that|these|those)(?!\p{L})/iu;

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
    !unsettled.test(text.replace(refusal, '')) &&
    rulesFor(text).some(rule => rule.test(text))
  );
}
