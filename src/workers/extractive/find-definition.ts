import { wordsOf } from '../../shared/domain/words.ts';
import { appositionRules } from './apposition-rules.ts';
import { anywhere, start, type DefinitionRule } from './definition-rule.ts';
import { glossRules } from './gloss-rules.ts';
import { namingRules } from './naming-rules.ts';
import { rulesByScript } from './rules-by-script.ts';
import { fillerWords, stopWords } from './stop-words.ts';

export interface FoundDefinition {
  /** The term as the text writes it. */
  readonly term: string;
  /** Whether the term stands in the form of a dictionary, so that a question can be asked with it. */
  readonly isNominative: boolean;
  /** Whether the wording puts the term into another case («Фотосинтезом называют…»). */
  readonly isOblique: boolean;
  readonly isPlural: boolean;
  /** The short form in brackets after the term («SWS»), which belongs to its heading. */
  readonly shortName: string | null;
  /** The sentence names by its name what the one before it tells of («Этот метод называют…»). */
  readonly namesPrevious: boolean;
  /** How sure the pattern is, 0 to 1. */
  readonly confidence: number;
}

/** A term at the head of a sentence: up to six words, perhaps in quotation marks, with a remark in brackets after it. */
const ruTerm = String.raw`[«"“]?([\p{L}\d][\p{L}\d’'./+-]*(?:[ \u00A0\n][\p{L}\d«»"][\p{L}\d«»"’'./+-]*){0,5}?)[»"”]?(?:[ \n]\([^)]{1,80}\))?`;
const enTerm = String.raw`(?:(?:An?|The)\s+)?["“]?([\p{L}\d][\p{L}\d’'./+-]*(?:\s[\p{L}\d][\p{L}\d’'./+-]*){0,4}?)["”]?(?:\s\([^)]{1,80}\))?(?:,[^,]{3,60},)?`;
const marker = String.raw`(?=[^.]*(?:\s(?:that|which|who|whose|where|whereby|when|used|made|consisting|designed|formed|based|found|caused|responsible|capable|produced|given|for|in|of)\s))`;

/** Nouns that name the kind of a thing; after a dash they define the word before it. */
const ruKind = String.raw`(?:вид|подвид|тип|класс|семейство|род|способ|метод|при[её]м|процесс|наука|раздел|область|отрасль|направление|единица|прибор|инструмент|механизм|аппарат|машина|устройство|вещество|минерал|металл|сплав|порода|отношение|мера|величина|число|угол|линия|кривая|точка|поверхность|плоскость|фигура|расстояние|часть|орган|ткань|клетка|совокупность|система|структура|форма|свойство|способность|явление|эффект|реакция|болезнь|заболевание|группа|набор|место|сумма|показатель|коэффициент|количество|слой|смесь|раствор|животное|растение|птица|рыба|насекомое|млекопитающее|дерево|документ|договор|учреждение|организация|жанр|стиль|период|эпоха|теория|учение|принцип|закон|правило|функция|алгоритм|программа|язык|протокол|формат)(?!\p{L})`;
const ruAdjective = String.raw`\p{Ll}+(?:ый|ий|ой|ая|яя|ое|ее)`;

/** What a sentence with a dash, or with "is a", says of a thing without defining it: praise, blame, a share, a count. */
const ruNoKind = String.raw`(?:это|не|самый|самая|самое|самые|лучш|худш|главн|основн|перв|втор|треть|последн|один|одна|одно|два|две|три|пять|семь|как|так|уже|ещё|если|когда|чтобы|что|кто|где|для|без|из|за|от|до|на|по|при|под|над|все|всё|наш|мой|моя|твой|ваш|его|её|их|его|этот|эта|такой|такая|тот|дело|вопрос|причин|проблем|результат|итог|задач|цель|мечта|гордость|сын|дочь|брат|сестра|друг|жена|муж|отец|мать|столица|город|родина|повод|шаг|пример|символ|вина|заслуга|работа|плод)`;
const enNoKind = String.raw`(?:so|too|very|now|still|as|few|lot|good|bad|great|big|little|bit|better|best|worse|worst|matter|mistake|reason|waste|source|cause|sign|kind|sort|piece|pleasure|joy|symbol|question|problem|way|victim|member|result|friend|gift|must|city|town|village|country|company|man|woman|girl|boy|person|thing|one|something|somebody|place|lesson|step|part|success|failure|shame|pity|risk|danger|story|day|year)(?!\p{L})`;

const rules: readonly DefinitionRule[] = [
  { pattern: start(String.raw`${ruTerm}\s+[—–-]\s+(?:это|есть)\s+(?!не\s)\p{L}`), isNominative: true, confidence: 1 },
  { pattern: start(String.raw`${ruTerm}\s+представля(?:ет|ют)\s+собой\s+\p{L}`), isNominative: true, confidence: 0.9 },
  {
    pattern: start(
      String.raw`(?:термин(?:ом)?|понятие|слово)\s+[«"“]([^»"”]{2,80})[»"”]\s+(?:означа\p{L}+|обознача\p{L}+|называ\p{L}+|происход\p{L}+)`,
    ),
    isNominative: true,
    confidence: 1,
  },
  {
    pattern: start(String.raw`${ruTerm}\s+(?:означает|определяется\s+как|определяют\s+как|обозначает)\s+\p{L}`),
    isNominative: true,
    confidence: 0.9,
  },
  {
    pattern: anywhere(String.raw`(?:называется|называются|получил[аио]?\s+название|носит\s+название)\s+[«"“]([^»"”]{2,60})[»"”]`),
    isNominative: true,
    confidence: 0.9,
  },
  {
    pattern: anywhere(String.raw`(?:принято\s+называть|называ(?:ют|ем))\s+[«"“]([^»"”]{2,60})[»"”]`),
    isNominative: false,
    confidence: 0.9,
  },
  {
    // «Учёные называют его…» names who calls it so; the term itself stands in the instrumental.
    pattern: start(
      String.raw`(?!(?:главн|основн|одн|перв|важн|лучш|худш|сам|причин|цель|итог|результат)\p{L}*\s)([\p{L}\d-]*(?:[оеёы]м|им|[оеё]й|ью|[аяыи]ми)(?:\s[\p{L}\d-]+){0,2}?)\s+называ(?:ют|ется|ются)\s+(?!«)\p{L}`,
    ),
    isNominative: false,
    confidence: 0.9,
  },
  {
    pattern: anywhere(String.raw`,\s+(?:который|которая|которое)\s+называ(?:ют|ется)\s+([\p{L}-]+(?:\s[\p{L}-]+)?)[.,]`),
    isNominative: false,
    confidence: 0.5,
  },
  {
    // «Долгота — угол между…», «Шерстистый мамонт — вымерший вид…»: the kind is named, and how the thing differs in it.
    pattern: new RegExp(
      String.raw`^«?(\p{Lu}\p{Ll}+[\p{Ll}-]*(?:[ ](?:[\p{Ll}-]{3,}|\p{Lu}{2,})){0,2})»?\s+[—–]\s+(?!это)(?:${ruAdjective}\s+){0,2}${ruKind}(?:\s+(?:${ruAdjective}\s+)?\p{Ll}+)?(?:,\s+(?:котор|где|предназнач|служащ|состоящ|участву)|\s+(?:между|для|из|с|со|в|на|по|о|от)\s|\s+\p{Ll}+(?:\s+\p{Ll}+)?,\s+(?:котор|где|предназнач|служащ|состоящ|участву))`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    pattern: new RegExp(
      String.raw`^«?((?:[\p{Lu}][\p{Ll}]+[\p{Ll}-]*)(?:[ ](?:[\p{Ll}-]{3,}|[\p{Lu}]{2,})){0,2})»?\s+—\s+(?!это)(?:(?:один|одна|одно)\s+из|[\p{Ll}]+(?:ая|ое|ый|ий|ой)\s+[\p{Ll}]+|(?:вид|тип|способ|метод|процесс|наука|раздел|единица|прибор|устройство|вещество|отношение|мера|часть|совокупность|система|форма|свойство|явление|порода|род|группа|набор|место|сумма|показатель|количество|слой|смесь)(?!\p{L}))`,
      'u',
    ),
    isNominative: true,
    confidence: 0.76,
  },
  {
    // «Дефляция — снижение общего уровня цен.», «Расстойка — выдержка теста в тепле…»: a word explained by what happens.
    pattern: new RegExp(
      String.raw`^(\p{Lu}\p{Ll}{4,})\s+[—–]\s+(?!это)(?:${ruAdjective}\s+)?(?:\p{Ll}{3,}(?:ение|ание|яние|ция|сть|ство)|выдержка|обработка|проверка|очистка|сборка|съёмка|добыча)\s+(?:\p{Ll}+(?:ого|его|ой|ей|ых|их)\s+)*\p{Ll}{2,}(?:а|я|ы|и|ов|ев|ей|ь|ства|ка)(?!\p{L})`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // «Талик — участок талой породы внутри мерзлоты.»: one word explained by a noun and what belongs to it.
    pattern: new RegExp(
      String.raw`^(\p{Lu}\p{Ll}{3,}(?:\s\p{Ll}{4,})?)\s+[—–]\s+(?!${ruNoKind})(?:${ruAdjective},?\s+){0,2}(?!${ruNoKind})\p{Ll}{3,}(?<!(?:ть|ти|чь|ет|ит|ут|ют|ат|ят|ал|ил|ел|ла|ли|ться|тся|лся|но|ого|ему|ому))(?:\s+(?:из|для|внутри|вокруг|между|на|в|с|без|под|над|от|по)\s+\p{Ll}{3,}|\s+\p{Ll}+(?:ого|его|ой|ей|ых|их|ания|ения|ости|ов|ев|ий|ии|ства|ла|да|та|на|ра|ды|ты|ны|ры|ли|ки|ги|вы|мы|ени)(?!\p{L})|,\s+(?:на|в|по|из|из-за|от|к|с|у|за|о|через|при|без|для)?\s*котор\p{L}+)(?!.*(?:л|ла|ло|ли|лся|лась|лись)(?:\s|[.,]).*,)(?!.*\d)`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // «До этого по городу ходила конка — городская железная дорога на конной тяге.»: the subject after its verb, explained after a dash.
    pattern: anywhere(
      String.raw`(?:работа(?:л[аио]?|ет|ют)|действ(?:овал[аио]?|ует|уют)|существ(?:овал[аио]?|ует|уют)|ходил[аио]?|появил(?:ся|ась|ось|ись)|возник(?:л[аои])?|применял(?:ся|ась|ось|ись)|использовал(?:ся|ась|ось|ись)|служил[аио]?)\s+(\p{Ll}{3,}(?<!(?:ть|но|ом|ой|ем|ью|ами))(?:\s\p{Ll}{3,})?)\s+[—–]\s+(?!это)(?:${ruAdjective}\s+){1,3}\p{Ll}{3,}(?:\s+(?:на|из|для|с|со|по|под|от|к|без)\s|,\s+котор)`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // «Этот метод называют реактивацией памяти.», «Такое явление получило название «белые ночи».»
    pattern: new RegExp(
      String.raw`^(?:Это|Этот|Эта|Эту|Эти|Такой|Такая|Такое|Такую|Такие)\s+(?:\p{Ll}+\s+){1,2}(?:называ(?:ют|ется|ются)|получил[аио]?\s+название|нос(?:ит|ят)\s+название)\s+[«"“]?([\p{L}-]+(?:\s[\p{L}-]+){0,3}?)[»"”]?(?=[.,;(]|\s\()`,
      'u',
    ),
    isNominative: false,
    confidence: 0.95,
    namesPrevious: true,
  },
  {
    pattern: new RegExp(
      String.raw`^(?:This|That|These|Such)\s+(?:an?\s+)?(?:\p{Ll}+\s+){1,2}(?:is|are|was|were)\s+(?:now\s+|also\s+|often\s+|usually\s+)?(?:known\s+as|called|named|termed)\s+(?:the\s+|an?\s+)?["“]?([\p{L}-]+(?:\s[\p{L}-]+){0,3}?)["”]?(?=[.,;(]|\s(?:\(|and\s|because\s|when\s|in\s|by\s))`,
      'u',
    ),
    isNominative: false,
    confidence: 0.95,
    namesPrevious: true,
  },
  {
    // "Ripples are short bursts of oscillation during which replay happens.": what tells them from their kind follows.
    pattern: new RegExp(
      String.raw`^(?!The\s|A\s)(\p{Lu}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2}?)(?:\s\([^)]{1,80}\))?\s+are\s+(?!not\s|the\s)(?:\p{Ll}+[\s-]+){0,3}?(?!(?:results?|members|reasons|signs|causes|sources|lots|years|days|times|things)\s)\p{Ll}{3,}(?:s|ren|men|people)\s+(?:that|which|who|whose|where|(?:in|by|during|through|from|for|with|on)\s+which|made\s|used\s|(?:of|in|between)\s[^.;]*?(?:(?:in|by|during|through|from|for|with|on)\s+which|\s(?:that|which)\s))`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  { pattern: start(String.raw`${enTerm}\s+(?:is|are)\s+(?:defined\s+as|understood\s+as)\s`), isNominative: true, confidence: 1 },
  // "By consolidation we mean the slow strengthening of…"
  {
    pattern: start(
      String.raw`by\s+["“]?(\p{L}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2}?)["”]?\s+(?:we|I|they|people)\s+(?:usually\s+)?(?:mean|understand)\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  // "Proofing is the resting of dough…": one process by another.
  {
    pattern: new RegExp(String.raw`^(\p{Lu}\p{Ll}+ing)\s+is\s+the\s+(?:\p{Ll}+\s+)?\p{Ll}+(?:ing|tion|ment|sion)\s+of\s`, 'u'),
    isNominative: true,
    confidence: 0.9,
  },
  // "A defect is a deviation of more than two millimetres."
  {
    pattern: new RegExp(
      String.raw`^An?\s+(\p{Ll}{4,})\s+is\s+an?\s+(?:\p{Ll}+\s+)?\p{Ll}+(?:tion|sion|ment|ance|ence|ity|ness)\s+(?:of|from|in|between)\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Interference means that one memory gets in the way of another."
    pattern: new RegExp(String.raw`^(\p{Lu}\p{Ll}{5,})\s+means\s+that\s+(?!you|we|it|they|he|she|I|there|no)\p{Ll}+`, 'u'),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Permafrost is ground that stays frozen…", "Glass is a solid without…": a thing without an article, and what tells it from its kind.
    pattern: new RegExp(
      String.raw`^(?!The\s|This\s|That\s|There\s|It\s|All\s|Every)(\p{Lu}\p{Ll}{3,}(?:\s\p{Ll}{3,})?)\s+(?:is|was)\s+(?!not\s|no\s|the\s|${enNoKind})(?:an?\s+)?(?:\p{Ll}+[\s-]+){0,2}?(?!${enNoKind})\p{Ll}{3,}\s+(?:that|which|without|made|used|formed|produced|in\s+which|by\s+which|through\s+which|with\s+(?:which|an?|no))\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "A talik is a patch of unfrozen ground.": both nouns indefinite.
    pattern: new RegExp(
      String.raw`^An?\s+(\p{Ll}{3,})\s+(?:is|was)\s+an?\s+(?!${enNoKind})(?:\p{Ll}+[\s-]+){0,2}?(?!${enNoKind})\p{Ll}{3,}\s+(?:of|for|with|without|between|in|on|from|over)\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "The period is the time of one full swing.": what is measured.
    pattern: new RegExp(
      String.raw`^The\s+(\p{Ll}{4,})\s+is\s+the\s+(?:\p{Ll}+\s+)?(?:time|distance|length|height|width|depth|amount|share|sum|rate|ratio|number|angle|force|speed|difference|interval|quantity|proportion|percentage|range|line|layer|edge|temperature|pressure)\s+(?:of|that|at|in|between|from|by|needed|it\s+takes|where|along)(?!\p{L})`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "The event is known as the Great Stink.": the name stands at the end; the head points back.
    pattern: new RegExp(
      String.raw`^(?:The|This|That|These|Such)\s+(?:\p{Ll}+\s+){1,3}(?:is|are|was|were|became|came\s+to\s+be)\s+(?:now\s+|also\s+|often\s+|usually\s+)?(?:known\s+as|called|named)\s+(?:the\s+|an?\s+)?["“]?(\p{Lu}[\p{L}’'-]*(?:\s\p{Lu}[\p{L}’'-]*){0,3})["”]?(?=[.,;]|\s(?:and|because|when|in|by)\s)`,
      'u',
    ),
    isNominative: false,
    confidence: 0.9,
  },
  {
    pattern: start(
      String.raw`${enTerm}\s+(?:refers?\s+to|means|denotes?|describes)\s+(?!that\s|too\s|more\s|less\s|no\s|you\s|we\s|it\s|they\s|well\s|a\s+lot|something|nothing|business)\p{L}`,
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    pattern: start(String.raw`(?:the\s+)?term\s+["“]([^"”]{2,80})["”]\s+(?:is|means|refers|describes|denotes)`),
    isNominative: true,
    confidence: 1,
  },
  {
    pattern: anywhere(
      String.raw`(?:is|are)\s+(?:called|termed|known\s+as)\s+(?:an?\s+|the\s+)?["“]?([\p{L}-]+(?:\s[\p{L}-]+){0,2}?)["”]?(?=[.,;]|\s(?:and|because|when|in|by|which)\s)`,
    ),
    isNominative: true,
    confidence: 0.75,
  },
  {
    pattern: start(
      String.raw`${enTerm}\s+is\s+(?:an?|any|the)\s+(?:\p{L}+[\s-]+){0,4}?(?:process|method|technique|study|branch|type|kind|form|measure|unit|set|system|device|substance|theory|practice|property|ability|art|science|part|amount|rate|ratio|number|collection|group|region|layer|period|tool|way|state|act|result|name|degree|tendency|point|stage|phase|field|place|space|disease|condition|model|rule|law|principle|structure|material|organ|cell|molecule|particle|force|energy|relation|relationship|difference|change|increase|loss|movement|mixture|matter|instrument|machine|program|protocol|language|document|agreement|person|animal|plant|word|term)\s+(?:of|that|which|in|used|for|where|by|to|at|when|who)\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // "A cesspool is a pit that collects…": both nouns indefinite, and what tells the thing from its kind.
    pattern: start(
      String.raw`An?\s+([\p{L}\d][\p{L}\d’'./+-]*(?:\s[\p{L}\d][\p{L}\d’'./+-]*){0,3}?)\s+is\s+an?\s+(?!few|lot|good|bad|matter|mistake|reason)(?:\p{L}+[\s-]+){1,4}?(?:that|which|who|whose|where|whereby|used|made|designed)\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // "A sourdough starter is a culture of…": a term of several words, so that "A study is a waste of time" is none.
    pattern: start(
      String.raw`An?\s+([\p{L}\d][\p{L}\d’'./+-]*(?:\s[\p{L}\d][\p{L}\d’'./+-]*){1,3}?)\s+is\s+an?\s+(?!few|lot|good|bad|matter|mistake|reason|waste|source|cause|sign|kind|sort)(?:\p{L}+[\s-]+){0,2}?\p{L}+\s+(?:of|for|with|in)\s`,
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Bulk fermentation is the first rise of the dough…", "The testing effect is the gain in memory…".
    pattern: start(
      String.raw`(?:The\s+)?([\p{L}][\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){1,2}?)\s+is\s+the\s+(?!most|best|worst|only|main|key|same|son|daughter|father|mother|wife|husband|brother|sister|capital|cause|reason|root|source|result|basis|owner|winner|home|largest|biggest|smallest|oldest|end|beginning|heart|time)(?:\p{Ll}+\s+){0,2}?\p{Ll}+\s+(?:of|in|that|by\s+which|from|between|when|where)\s`,
    ),
    isNominative: true,
    confidence: 0.8,
  },
  {
    // "…believed in miasma theory, the idea that disease is spread by bad air."
    pattern: anywhere(
      String.raw`(?:in|of|on|for|by|with|about|as|called|uses?|used|studied|describes?|described)\s+((?:[\p{Ll}-]{3,}\s){0,2}[\p{Ll}-]{3,}),\s+the\s+(?:idea|theory|belief|view|principle|process|study|notion|concept|doctrine|method|technique|ability|tendency|phenomenon|condition|disease|device|hypothesis)\s+(?:that|of|by\s+which|in\s+which|where|which)\s`,
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    pattern: start(
      String.raw`${enTerm}\s+is\s+an?\s+(?!few|lot|good|bad|great|big|little|bit|matter|mistake|long|short|reason)\p{L}+${marker}`,
    ),
    isNominative: true,
    confidence: 0.7,
  },
];

/** Of rules as sure as each other the first that fits reads the term. */
const rulesFor = rulesByScript<DefinitionRule>([...rules, ...glossRules, ...namingRules, ...appositionRules], ({ pattern }) => pattern);

/** «Что такое Менделеев?» is no question; people are explained among the terms and not asked about. */
const person =
  /\s(?:[—–-]\s+(?:это\s+)?|представляет\s+собой\s+|(?:is|was)\s+an?\s+|(?:is|was)\s+the\s+)(?:\p{L}+\s){0,3}?(?:химик|физик|биолог|математик|учён\p{L}+|учен\p{L}+|писатель|поэт|философ|человек|врач|инженер|основатель|композитор|художник|политик|историк|изобретатель|автор|директор|руководитель|учитель|person|man|woman|scientist|physicist|chemist|biologist|mathematician|writer|author|poet|philosopher|physician|doctor|engineer|founder|composer|painter|artist|politician|historian|inventor|director|teacher|king|queen|president)(?!\p{L})/iu;

/** «Но двадцать тем за десять недель — это по две…», "But…", "Two weeks…": a conjunction or a count at its head makes a clause of a term. */
const clauseHeads =
  /^(?:но|а|и|или|да|же|однако|зато|поэтому|потому|если|когда|пока|хотя|хоть|чтобы|ведь|ну|вот|значит|итак|впрочем|правда|даже|только|лишь|уже|ещё|еще|либо|ни|не|нет|by|or|nor|yet|then|well|now|however|therefore|even|still|already|not|with|without|for|in|on|at|to|from|в|во|на|за|из|с|со|к|ко|по|о|об|от|до|для|без|при|через|после|перед|кроме|между|среди|вместо|благодаря|вопреки|согласно|про|под|над|у|after|before|besides|despite|unlike|\d[\d.,]*|один|одна|одно|два|две|двое|три|трое|четыре|пять|шесть|семь|восемь|девять|десять|\p{L}+надцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|пол|половина|треть|два-три|несколько|много|мало|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|several|few|half)(?![\p{L}-])/iu;

/** Words that never head a term: what follows them is a narrative. */
const notTerms =
  /^(?:это|этот|эта|эти|он|она|оно|они|кто|что|там|тут|здесь|так|такой|все|всё|мой|моё|твой|свой|ваш\p{L}*|следующ\p{L}+|главное|результат|итог|проблема|причина|вопрос|задача|цель|идея|смысл|вывод|дело|пример|ответ|решение|сегодня|завтра|вчера|я|мы|вы|ты|моя?|наш\p{L}*|первый|второй|третий|последний|it|this|that|these|those|there|he|she|they|we|i|you|what|who|one|another|here|today|tomorrow|yesterday|my|our|your|his|her|their|its|result|problem|reason|question|goal|idea|point|answer|example|first|second|third|last|next|other|most|some|all|each|both|only|everything|nothing|truth|fact|key|trick|best|worst|same|main|every|many|but|and|so|if|because|although|though|while|when|since|as|perhaps|maybe|yes|no)(?!\p{L})/iu;

/** What every rule needs somewhere in the sentence; most sentences have none of it, and the rules need not be tried. */
const mayDefine =
  /\s[—–-]\s|называ|название|зов(?:ут|[её]м|[её]т|ут)|имену|прозвали|\sимя\s|счита|призна|явля|в\s+виду|состоит|заключается|,\s+или\s|то\s+есть|т\.\s?е\.|говоря|словами|:\s|значит|\s(?:call|calls|called|known|termed|dubbed|name|speak|talk|say|stands|shall)\s|i\.\s?e\.|that\s+is|\s\(|,\sor\s|,\s(?:an?|any)\s|представля|означа|обознача|определя|понима|подразумева|происход|\s(?:is|are|was|were|became|refers?|mean|means|understand|denotes?|describes)\s|,\sthe\s/iu;

/** «Итак, …», «В праве …», "In law, …", "Simply put, …": what comes before a definition is no part of its term. */
const introduction =
  /^(?:(?:итак|так\s+вот|вот|напомню|напоминаю|напомним|запомните|запишите|смотрите|коротко|кстати|проще\s+говоря|строго\s+говоря|говоря\s+просто|по\s+определению|во-первых|во-вторых|в-третьих|далее|so|now|well|okay|right|again|remember|recall|simply\s+put|put\s+simply|in\s+short|strictly\s+speaking|broadly\s+speaking|technically|formally|first|firstly|second|secondly|third|thirdly|next|finally|for\s+(?:the\s+)?purposes\s+of\s+[^,]{3,40}|(?:in|under)\s+(?:this|the)\s+(?:policy|agreement|contract|document|lease)|in\s+(?:law|biology|chemistry|physics|medicine|economics|psychology|statistics|geology|music|linguistics|philosophy|engineering|\p{L}+\s+(?:law|terms|slang))|для\s+целей\s+[^,]{3,40}|в\s+узком\s+смысле|в\s+широком\s+смысле|с\s+точки\s+зрения\s+[^,]{3,30})[,:]\s+|(?:а\s+|и\s+)?(?:в\s+(?:праве|биологии|физике|химии|экономике|медицине|психологии|статистике|геологии|музыке|лингвистике|философии|науке|договоре|настоящ\p{L}+\s+\p{L}+|этом\s+(?:документе|договоре|разделе)|наш\p{L}+\s+\p{L}+))\s+)+(?=\p{L}|[«"“])/iu;

function withoutIntroduction(sentence: string): string {
  const rest = sentence.replace(introduction, '');
  return rest === sentence ? sentence : rest.charAt(0).toUpperCase() + rest.slice(1);
}
/** "X is simply a…", "X is, in essence, a…": words between that change nothing. */
const hedge =
  /(?<!\p{L})(is|are|means|refers)(?:,?\s+(?:simply|basically|essentially|in\s+essence|in\s+other\s+words|by\s+definition|roughly|generally|usually|therefore|thus|of\s+course),?)+(?=\s)/giu;

/** The term a sentence defines, by the surest pattern that fits; null for an ordinary sentence. */
export function findDefinition(sentence: string): FoundDefinition | null {
  if (sentence.endsWith('?') || !mayDefine.test(sentence)) return null;
  const flat = withoutIntroduction(sentence.replace(/\s+/gu, ' ').replace(/\*\*|__|`/gu, '')).replace(hedge, '$1');
  let surest: FoundDefinition | null = null;
  for (const rule of rulesFor(flat)) {
    if (surest !== null && rule.confidence <= surest.confidence) continue;
    surest = read(flat, rule) ?? surest;
  }
  return surest;
}

/** What one rule makes of a sentence. */
function read(flat: string, { pattern, isNominative, confidence, namesPrevious: isNaming }: DefinitionRule): FoundDefinition | null {
  const namesPrevious = isNaming === true;
  const found = pattern.exec(flat)?.[1]?.trim();
  if (found === undefined) return null;
  const whole = withItsNoun(flat, found);
  const term = whole ?? found;
  if (!isTerm(term)) return null;
  if (namesPrevious && wordsOf(term).length === 1 && !/\p{L}{4}/u.test(term)) return null;
  if (pointingHeads.test(term) && /^(?:the|this|that|these|those|such)\s/iu.test(flat)) return null;
  return {
    term,
    isNominative: isNominative && !person.test(flat),
    isOblique: !isNominative && whole === null,
    isPlural: /^[\p{L} -]*\sare\s/iu.test(flat) && !/\bis\b/u.test(flat.slice(0, term.length + 8)),
    shortName: shortNameAfter(flat, term),
    namesPrevious,
    confidence,
  };
}

/** «Сизигийным называют прилив, который…»: the adjective is a term with the noun after the verb alone, here in the masculine. */
function withItsNoun(sentence: string, term: string): string | null {
  if (!/^\p{L}+[ыи]м$/u.test(term)) return null;
  const noun = /^\p{L}+[ыи]м\s+называ(?:ют|ется)\s+(\p{Ll}{2,}[бвгджзйклмнпрстфхцчшщ])(?=,|\s)/u.exec(sentence)?.[1];
  return noun === undefined ? null : `${term.replace(/ым$/u, 'ый').replace(/им$/u, 'ий')} ${noun}`;
}

/** «Медленный сон (МС)»: capitals that stand for the term. */
function shortNameAfter(sentence: string, term: string): string | null {
  const at = sentence.indexOf(term);
  return at < 0 ? null : (/^[»"”]?\s\((\p{Lu}[\p{Lu}\d-]{1,9}s?)\)/u.exec(sentence.slice(at + term.length))?.[1] ?? null);
}

/** What a narrative calls by turns: alone after "The", or the last word of a phrase with «главный» or "main", they define nothing. */
const pointingHeads =
  /^(?:event|phenomenon|process|method|technique|system|effect|practice|period|place|thing|person|people|man|woman|city|town|area|group|company|team|author|book|paper|study|project|plan|building|river|war|day|year|night)$/iu;
const emptyHeads =
  /(?:^|\s)(?:problem|reason|cause|result|question|point|idea|issue|advantage|benefit|goal|aim|purpose|task|difference|answer|example|mistake|thing|way|step|fact|lesson|rule of thumb|проблема|причина|вопрос|задача|цель|итог|результат|вывод|ошибка|шаг|этап|пример|преимущество|недостаток|плюс|минус|вариант|пункт|урок|день|год)$/iu;

/** A term has a content word, begins with no pointer and is not a clause with a verb of its own. */
function isTerm(term: string): boolean {
  if (
    term.length < 2 ||
    notTerms.test(term) ||
    emptyHeads.test(term) ||
    clauseHeads.test(term) ||
    / (?:of|in|for) .* (?:of|in|for) /u.test(term)
  )
    return false;
  const words = wordsOf(term);
  if (
    /(?<!\p{L})(?:был[аио]?|стал[аио]?|является|будет|может|если|когда|чтобы|который|которая|was|were|has|have|had|will|can|could|would|should|if|when|because|that|which)(?!\p{L})/iu.test(
      term,
    )
  )
    return false;
  const content = words.filter(
    word => !stopWords.ru.has(word) && !stopWords.en.has(word) && !fillerWords.ru.has(word) && !fillerWords.en.has(word),
  );
  return content.some(word => /\p{L}{2}/u.test(word));
}
