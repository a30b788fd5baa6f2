import { rulesByScript } from './rules-by-script.ts';

/** What an indirect question begins with: «из-за чего», "whether". A preposition may stand before it. */
export const ruAsked = String.raw`(?:(?:к|с|о|об|от|до|из|из-за|за|на|по|в|во|у|для|при)\s+)?(?:кто|кого|кому|кем|ком|что|чего|чему|чем|ч[её]м|где|куда|откуда|когда|как|как(?:ой|ая|ое|ие|ого|ую|им|их|ом)|котор(?:ый|ая|ое|ые|ого|ую|ой|ых)|сколько|скольк\p{L}+|насколько|почему|отчего|зачем|чей|чья|чь[её]|чьи|чьих|\p{L}+\s+ли)(?!\p{L})`;
export const enAsked = String.raw`(?:who|whom|whose|what|when|where|why|how|whether|if|which)(?:(?:'|’)s|(?:'|’)ll)?(?!\p{L})`;
export const ruYet = String.raw`(?:пока(?:\s+что)?|ещё|еще|до\s+сих\s+пор|по(?:\s+сей\s+день|\s+сию\s+пору)|так\s+и|точно|толком|сам[аи]?|до\s+конца|вполне|совсем)`;

/** What is said of a question that has no answer, when the question itself comes first: «…, судить рано.», "… is anyone's guess." */
const ruVerdicts: readonly string[] = [
  String.raw`(?:пока\s+|ещё\s+|еще\s+|до\s+сих\s+пор\s+|так\s+и\s+)*(?:неизвестно|неясно|непонятно|загадка|тайна)`,
  String.raw`(?:пока\s+|ещё\s+|еще\s+|мы\s+|я\s+)*(?:сказать|ответить|объяснить)\s+не\s+(?:можем|могу|может)`,
  // «Можно ли это ускорить, сказать трудно.»
  String.raw`(?:пока\s+|ещё\s+|еще\s+|уже\s+|теперь\s+|сейчас\s+)*(?:сказать|говорить|судить|понять|ответить|объяснить|установить|предсказать|угадать|узнать|определить|выяснить)\s+(?:пока\s+|ещё\s+|еще\s+|уже\s+)*(?:трудно|сложно|рано|нельзя|невозможно|некому|не\s+\p{L}+|никто\s+не\s+\p{L}+)`,
  String.raw`(?:пока\s+|ещё\s+|еще\s+|уже\s+|теперь\s+|сейчас\s+)*(?:трудно|сложно|рано|нельзя|невозможно|некому)\s+(?:с\s+\p{L}+\s+)?(?:сказать|говорить|судить|понять|ответить|объяснить|установить|предсказать|угадать|узнать|определить|выяснить)`,
  // «…, не продумано.», «…, в договоре не записано.»
  String.raw`(?:[\p{L}-]+\s+){0,3}?не\s+(?:про|об|за|у|вы|от|до|при|по|из|с|на|рас|раз|ре)\p{Ll}+(?:но|то|алось|илось|ывается|ается|яется)`,
  // «…, историки гадают до сих пор.»
  String.raw`(?:[\p{L}-]+\s+){0,3}?(?:гадают|спорят|расходятся\s+во\s+мнениях|не\s+знают|затрудня(?:ются|емся|юсь)|покажет\s+время|покажут\s+\p{L}+|под\s+(?:большим\s+)?вопросом|(?:отдельный|большой|открытый|главный)\s+вопрос)`,
  // «…, никто из присутствующих сказать не смог.»
  String.raw`никто\s+(?:из\s+\p{L}+\s+|[\p{L}-]+\s+){0,3}?не\s+\p{L}+`,
  String.raw`(?:мы\s+|я\s+)?(?:пока\s+|ещё\s+|еще\s+)*(?:думаем|выясняем|уточняем|согласовываем|ищем\s+ответ|не\s+определились|не\s+в\s+курсе|не\s+представля\p{L}+)`,
];
const enVerdicts: readonly string[] = [
  // "How much it will cost, we can't say yet."
  String.raw`(?:we|I|they)\s+(?:cannot|can(?:'|’)t|couldn(?:'|’)t|don(?:'|’)t|do\s+not)\s+(?:yet\s+|really\s+)?(?:say|tell|know)`,
  String.raw`(?:is|are|remains?|was|seems)\s+(?:still\s+|yet\s+|now\s+|as\s+yet\s+|really\s+|pretty\s+much\s+|largely\s+)*(?:any(?:one|body)(?:'|’)s\s+guess|(?:too\s+(?:early|soon)|hard|difficult|impossible|not\s+(?:easy|possible))\s+to\s+(?:say|tell|know|judge|predict|guess|explain|answer|establish)|up\s+in\s+the\s+air|up\s+for\s+debate|under\s+discussion|far\s+from\s+(?:clear|settled|certain|obvious)|to\s+be\s+(?:seen|decided|confirmed|settled|agreed)|another\s+(?:question|matter)|beyond\s+(?:us|me)|in\s+(?:doubt|question|dispute)|not\s+(?:yet\s+)?(?:recorded|documented|stated|specified|settled|spelled\s+out|laid\s+down|mentioned|covered|addressed|explained|defined|regulated|provided\s+for|known|understood))`,
  String.raw`(?:has|have|had)(?:\s+never|\s+not|n(?:'|’)t)(?:\s+yet|\s+really|\s+even)*\s+been\s+\p{Ll}+`,
  String.raw`(?:has|have|continues?\s+to|still)\s+(?:long\s+|always\s+)?(?:puzzled?|baffled?|intrigued?|eluded?|perplex(?:ed)?|divided?|escaped?)(?!\p{L})`,
  String.raw`(?:puzzles|baffles|eludes|divides|perplexes|escapes|depends\s+on\s+whom?\s+you\s+ask)(?!\p{L})`,
  String.raw`(?:no\s+one|nobody|no-one)\s+(?:\p{L}+\s+){0,3}?(?:knows?|sa(?:y|id|ys)|tell|explain(?:s|ed)?|remembers?|wrote|recorded|asked)`,
];

const subjectFirst: readonly RegExp[] = [
  new RegExp(String.raw`^(?:(?:а|но|и|вот|зато|пока|правда),?\s+)?${ruAsked}\s[^?!]*?,\s+(?:${ruVerdicts.join('|')})(?!\p{L})`, 'iu'),
  // «Не вполне ясно и то, почему…» stands the other way round; here the question follows without a verb that knows: «где ключ — вопрос».
  new RegExp(
    String.raw`^(?:(?:а|но|и)\s+)?${ruAsked}\s[^?!]*?\s+[—–]\s+(?:это\s+)?(?:(?:пока|ещё|еще|по-прежнему|до\s+сих\s+пор)\s+)?(?:открытый\s+|большой\s+|отдельный\s+)?(?:вопрос|загадка|тайна|неизвестно|неясно|непонятно)(?!\p{L})`,
    'iu',
  ),
  new RegExp(String.raw`^(?:(?:and|but|yet|exactly|just|so|quite)\s+)?(?!if\s)${enAsked}\s[^?!;]{8,}?\s(?:${enVerdicts.join('|')})`, 'iu'),
];

/** What is wanting: a source, a word, an explanation of the matter asked about. */
const wanting: readonly RegExp[] = [
  // "Not clear yet whether…", "Open: who…", «Открыто: кто…»
  new RegExp(
    String.raw`^not\s+(?:yet\s+)?(?:clear|known|certain|decided|settled)(?:\s+yet)?\s+${enAsked}|^(?:still\s+)?open(?:\s+question)?s?:\s+\p{L}|^(?:открыто|открытый\s+вопрос|не\s+решено|под\s+вопросом|осталось\s+решить)\s*[:—–]\s+\p{L}`,
    'iu',
  ),
  /(?<!\p{L})(?:opinions?\s+(?:differ|are\s+divided|vary)\s+(?:on|about|over|as\s+to)|мнения\s+(?:\p{L}+\s+)?(?:расходятся|разошлись|разделились))(?!\p{L})/iu,
  // «Учёные всё ещё пытаются понять, как…»
  new RegExp(
    String.raw`(?<!\p{L})(?:вс[её]\s+ещ[её]|по-прежнему|до\s+сих\s+пор)\s+пыта(?:ются|емся)\s+(?:понять|выяснить|узнать|объяснить|установить|разобраться),\s+${ruAsked}|(?<!\p{L})still\s+(?:trying|working)\s+to\s+(?:work\s+out|understand|find\s+out|figure\s+out|explain|establish|learn|determine)\s+${enAsked}`,
    'iu',
  ),
  // «В отчёте не объясняется, куда…», "The report does not explain where…"
  new RegExp(
    String.raw`(?<!\p{L})не\s+(?:объясн|говорит|указ|сообща|сказан|уточня|поясн|упомина|раскрыва|оговор|прописан|определ)\p{L}*,\s+${ruAsked}|(?<!\p{L})(?:does|do|did)(?:\s+not|n(?:'|’)t)\s+(?:explain|state|specify|mention|record|make\s+(?:it\s+)?clear|cover|tell\s+us|reveal)\s+${enAsked}`,
    'iu',
  ),
  // «Надо узнать, пускают ли с собаками.»
  new RegExp(
    String.raw`(?<!\p{L})(?:надо|нужно|осталось|остаётся|остается)\s+(?:бы\s+|ещё\s+|еще\s+)*(?:узнать|уточнить|выяснить|понять|решить|разобраться),\s+${ruAsked}`,
    'iu',
  ),
  // «Документов о том, кто платил, не сохранилось.»
  new RegExp(
    String.raw`(?<!\p{L})(?:документ|сведени|данны|свидетельств|запис|источник|упоминани|объяснени|ответ|ясност|единого\s+мнени|согласи|информаци)\p{L}*\s+(?:[^.?!,]{0,40}?)(?:о|на|насч[её]т|относительно|в)?\s*(?:то[мйг]\p{L}*,\s+|вопрос\p{L}*,\s+)?(?:${ruAsked}[^.?!]*?,\s+|[^.?!,]{0,60}?)(?:(?:пока|ещё|еще|до\s+сих\s+пор|так\s+и)\s+)?(?:не\s+(?:сохранил\p{L}+|остал\p{L}+|найд\p{L}+|обнаруж\p{L}+|существует|получ\p{L}+|поступил\p{L}*)|нет)(?!\p{L})`,
    'iu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})нет\s+(?:\p{L}+\s+){0,2}?(?:ясности|уверенности|единого\s+мнения|согласия|понимания|объяснения|ответа|данных|сведений)(?!\p{L})`,
    'iu',
  ),
  // "No record survives of who paid for it.", "There's no word yet on when…", "We don't have a good explanation for why…"
  new RegExp(
    String.raw`(?<!\p{L})no\s+(?:\p{Ll}+\s+){0,2}?(?:record|document|source|evidence|explanation|answer|consensus|agreement|word|news|decision|information|account)s?\s+[^.?!]{0,40}?(?:(?:on|of|about|as\s+to|for|to|over|says?|tells?|explains?|shows?)\s+)${enAsked}`,
    'iu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})(?:do\s+not|don(?:'|’)t|does\s+not|doesn(?:'|’)t|lacks?|without|have\s+not|haven(?:'|’)t|is\s+not|isn(?:'|’)t)\s+(?:yet\s+|still\s+|really\s+|even\s+)?(?:have\s+|had\s+|found\s+|got\s+)?(?:an?|any|the|one|much)\s+(?:\p{Ll}+\s+){0,2}?(?:explanation|answer|consensus|agreement|idea|theory|account|word|clue|figure|date)s?\s+(?:for|on|of|about|as\s+to|to)\s+`,
    'iu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})(?:date|venue|price|cost|cause|reason|budget|order|origin|name|amount|author|sum|place|time)\s+(?:[^.?!,]{0,40}?\s)?(?:has|have)(?:\s+still)?(?:\s+not|n(?:'|’)t)\s+(?:yet\s+)?been\s+(?:set|fixed|named|decided|found|agreed|confirmed|chosen|announced|settled|established|identified|explained)`,
    'iu',
  ),
  // "We are still waiting to hear if the county will pay."
  new RegExp(
    String.raw`(?<!\p{L})(?:waiting|yet)\s+to\s+(?:hear|see|learn|find\s+out|be\s+told|know)\s+(?:back\s+)?(?:\p{L}+\s+){0,3}?${enAsked}`,
    'iu',
  ),
  new RegExp(String.raw`(?<!\p{L})жд[её]м\s+(?:ответа|решения|ясности|вестей)?(?:\s+(?:от|из|с|у)\s+\p{L}+)?,\s+${ruAsked}`, 'iu'),
  // «Не вполне ясно и то, почему…», «так и не решили, …»
  new RegExp(
    String.raw`(?<!\p{L})не\s+(?:${ruYet}\s+)?(?:ясно|понятно|известно|очевидно|решено|выяснено|определено)(?:\s+(?:и|также|даже))*(?:\s+(?:то|другое|одно|главное))?\s*[,:]\s+${ruAsked}`,
    'iu',
  ),
  // "The jury is still out on…", "to be confirmed": what papers say of a thing left open.
  /(?<!\p{L})(?:the\s+jury\s+is\s+(?:still\s+)?out|still\s+up\s+in\s+the\s+air|(?:is|are)\s+(?:still\s+)?to\s+be\s+confirmed|(?:is|are)\s+(?:still\s+)?TBC|still\s+being\s+(?:discussed|debated|worked\s+out|negotiated))(?!\p{L})/iu,
  /(?<!\p{L})(?:пока|ещё|еще|по-прежнему|всё\s+ещё)\s+(?:под\s+вопросом|обсуждается|висит|уточняется|согласовывается|не\s+(?:назначен|определ[её]н|выбран|утвержд[её]н|согласован|назван|подтвержд[её]н)\p{L}*)(?!\p{L})/iu,
];

const rulesFor = rulesByScript([...subjectFirst, ...wanting], pattern => pattern);
/** What every rule needs somewhere; most sentences have none of it. */
const mayLack =
  /(?<!\p{L})(?:не|нет|никто|некому|трудно|сложно|рано|нельзя|невозможно|неизвестно|неясно|непонятно|загадка|тайна|гадают|спорят|покаж\p{L}+|вопрос\p{L}*|жд[её]м|мнения|пыта\p{L}+|под|обсуждается|висит|уточняется|согласовывается|затрудня\p{L}+|думаем|выясняем|уточняем|согласовываем|ищем|надо|нужно|осталось|остаётся|остается|открыто|no|not|never|nobody|no-one|\p{L}+n(?:'|’)t|cannot|guess|early|soon|hard|difficult|impossible|air|debate|discussion|far|beyond|doubt|question|dispute|another|puzzle[ds]?|baffle[ds]?|intrigue[ds]?|elude[ds]?|perplex\p{L}*|divide[ds]?|escape[ds]?|depends|waiting|yet|jury|confirmed|TBC|still|open|opinions?|lacks?|without|be)(?!\p{L})/iu;

/** Whether a statement is made of an indirect question and of the want of its answer. */
export const lacksAnswer = (text: string): boolean => mayLack.test(text) && rulesFor(text).some(rule => rule.test(text));
