import type { DetailLevel } from '../../shared/domain/synopsis.ts';
import { foldText, wordsOf } from '../../shared/domain/words.ts';
import { isChatter } from './chatter.ts';
import { detailCounts } from './detail-counts.ts';
import { findDue, findPlainDay } from './find-due.ts';
import { announcesHomework, chargedIn, dativeOrderIn, nameFromDative, officeOnDuty, ordersWork } from './given-task.ts';
import { toldKey } from './near-repeats.ts';
import { isOfficial } from './resolutions.ts';
import { hasCyrillic, hasLatin, rulesByScript } from './rules-by-script.ts';
import { isCourtesy } from './sentence-fitness.ts';
import { languageOfWord, stem } from './stem.ts';
import { stopWords } from './stop-words.ts';
import type { Prepared, PreparedSource, Sentence } from './prepare-sources.ts';

export interface FoundTask {
  readonly sentence: Sentence;
  readonly who: string | null;
  readonly due: string | null;
  /** «Хорошо, сделаю к среде»: the reply by which the person takes it on. */
  readonly acceptance: Sentence | null;
  /** «Кто поговорит с юристами?»: the question a promise answers, or what was said just before, where it says too little alone. */
  readonly question: Sentence | null;
}

/** Beginnings of Russian verbs that name a piece of work; with a name or «я» before them they make a task. */
const ruWork = String.raw`(?:подготов|сдела|повтор|отправ|вышл|пришл|перешл|напиш|допиш|распиш|опиш|запиш|подпиш|провер|перепровер|собер|разбер|выбер|забер|узна|уточн|позвон|обзвон|договор|обнов|добав|дополн|состав|представ|постав|завед|провед|перевед|согласу|организу|опублику|протестиру|проанализиру|забронир|оплат|займ|возьм|свяж|закаж|куп|запуст|закро|откро|исправ|поправ|почин|перенес|принес|привез|покаж|подскаж|расскаж|посмотр|просмотр|оформ|наруш|нарису|спрос|спрош|приглаш|подним|прим[еу]|поговор|обсуд|созвон|встрет|переда|разда|созда|раздел|выдел|выясн|посчита|рассчита|подсчита|скин|сброс|набер|настро|установ|подключ|отключ|убер|удал|загруз|выгруз|залож|пролож|изуч|сравн|найд|подыщ|предлож|пригла|напомн|сообщ|объяв|заполн|зарегистрир|сфотограф|распечата|заверш|законч|доработа|поработа|сверст|помо|поищ|прочита|вычита|сход|заед|полож|верн|слож|ответ|прикреп|выложу|выложит|подум|замен|расшир|сократ|сузь|суз|увелич|сравн|зафиксир|приложи|включ|исключ|перечит|пересмотр|перепис|дождит|дожд|начн|начин|отпис|свед|прислать|посовет|посмотр|покраш|отремонт|почист|помо[йе]|погул|покорм|забер|встреч|отвез|довез)\p{L}*`;
/** What ends as verbs of a single future deed do («осмотрит», «передаст»): a prefix, and none of the suffixes and roots of what lasts. */
const ruLasting = String.raw`(?:состоит|завис|содерж|предстоит|надлеж|подлеж|принадлеж|выгляд|предвид|происход|относит|просит|спит|стоит|смотр|служ|след|сид|совет|свет|слыш|помн|потер|уме|успе|устро|устал|видит|висит|велит|верит|варит|вредит|вертит|растёт|растет|поёт|поет|пьёт|пьет|бьёт|ответств|соответ|существ|участв|обещ|нач|станов|остан|оста|сто[ия]т|стан|прода[её]т|да[её]т|созда[её]т|узна[её]т|переда[её]т|призна[её]т|оста[её]т|вста[её]т|по(?:йдёт|йдет)|пройд|прид[её]т|уйд|выйд|дойд|зайд|подойд|найд[её]тся|понадоб|поможет|сможет|захо|приед|подъед|уед|доед|переед|прилет|улет|верн[её]тся|заболе|выздоров|опозда|откаж|согласится|обрад|удив|обид|испуг|расстро|пожале|просп|засн|просн|побед|проигр|увид|услыш|повер|пойм|соскуч|подорож|подешев|ухудш|улучш|увеличится|уменьшится|изменится|окаж|покаж[её]тся|поступит|поним|понрав|получит|случит|привык|исчез|умр|погиб|упад|вырас|станет|даст\s+ли)`;
const ruDone = String.raw`(?!${ruLasting})(?:пере|пред|при|про|под|по|раз|рас|разо|вос|воз|вы|до|за|из|на|ото|от|об|со|с|у|о)\p{Ll}{3,}(?:ит|[её]т|ст)(?<!(?:[аяыиу]ет|ходит|носит|водит|возит|ездит|гонит))`;
/** The same of the one who speaks: «напечатаю», «повешу». */
const ruDoneSelf = String.raw`(?!${ruLasting}|(?:понима|помн|получа|прош|предлаг|надею|посеща|отдыха|обеща|скуча))(?:пере|пред|под|при|про|по|раз|рас|разо|вы|до|за|из|на|от|об|со|с|у|о)\p{Ll}{2,}(?:аю|яю|ую|[шжчщ]у|[лвмнрпб]ю|ду|гу)(?<!(?:[ыи]ваю|хожу|вожу|ношу))`;
const enWork = String.raw`(?:prepare|send|write|draft|check|review|call|contact|email|fix|update|add|create|build|test|deploy|schedule|book|order|buy|collect|gather|finish|complete|share|post|publish|set up|look into|look at|follow up|find|ask|talk|speak|reach out|arrange|organi[sz]e|bring|print|confirm|document|investigate|handle|take care|take over|take|run|move|remove|present|measure|compare|circulate|sign|submit|pick up|put together|make|get|start|open|close|upload|translate|design|invite|remind|clean|pay|research|work on|do|cancel|tell|extend|replace|notify|inform|explain|return|reduce|increase|change|rewrite|record|keep|drop|note|provide|deliver|repair|install|paint|water|feed|drive|visit|interview|train|hire|negotiate|calculate|count|estimate|measure|analy[sz]e|compile|publish|announce|order|register|renew|approve|sort|fill|double-check|get back|let|cut|shorten|pack|bake|cook|borrow|lend|obtain|ring|phone|photograph|shoot|reply|answer|reinstall|draw up|sweep|iron|knit|sew|mend|label|print out)`;

/** A name of up to three words, in minutes with initials before it: "R. Moss". */
const given = String.raw`((?:\p{Lu}\.\s?){0,2}[\p{Lu}][\p{Ll}]+(?:[ ][\p{Lu}][\p{Ll}]+){0,2})`;
/** «Виктор, (пожалуйста,) подготовь…»: after a name, anything that ends as an imperative does. */
const ruVocative = new RegExp(
  String.raw`^(?:(?:и|а|ну|тогда|значит|хорошо|ок|окей|ладно|отлично|так),?\s+)?${given},\s+(?:тогда\s+|а\s+)?(?:пожалуйста,?\s+|ты\s+|а\s+|тогда\s+|давай\s+)*([\p{Ll}]{3,}(?:й|йте|и|ите|ь|ьте|ись|итесь|йся|йтесь))(?:,?\s+пожалуйста)?(?![\p{L}])`,
  'u',
);
const ruVocativeTask = new RegExp(
  String.raw`^(?:(?:и|а|ну|тогда|хорошо|ок|отлично),?\s+)?${given},\s+(?:(?:с\s+тебя|тебе|за\s+тобой|на\s+тебе|ты)\s+|прошу\s+)`,
  'u',
);
const ruNamedFuture = new RegExp(
  // «Счётчики проверит электрик»: many things do nothing in the singular.
  String.raw`(?:^|[,;]\s+(?:а\s+|и\s+)?|\s(?:а|и)\s+)(?!\p{L}+[ыи]\s+\p{L}+(?:ит|ет|ёт)(?!\p{L}))${given}\s+(?:(?:тогда|сам[аи]?|завтра|сегодня|(?:к|до)\s+(?:конц[ау]\s+|начал[ау]\s+)?\p{L}+|уже|также|пока|сразу)\s+){0,3}((?:${ruWork}|${ruDone}))(?<=(?:ит|ет|ёт|ст|ут|ют|ат|ят|ется|ится|утся|ятся|ётся))(?![\p{L}])`,
  'u',
);
/** «Деньги соберёт Анна»: the name after its verb. */
const ruNamedLast = new RegExp(
  String.raw`(?<!\p{L})(?:${ruWork}|${ruDone})(?<=(?:ит|ет|ёт|ст|ут|ют|ат|ят|ется|ится|утся|ятся|ётся))\s+(?:\p{Ll}{3,}\s+)?${given}(?=[\s,.;!]|$)`,
  'u',
);
/** «Решили: Игорь едет в архив в четверг»: what was settled for somebody, in the present. */
const ruNamedPresent = new RegExp(
  String.raw`^(?:[\p{L}]+,\s+)?(?:решили|решено|договорились|итого|значит)\s*[:—–,-]\s+${given}\s+(?:\p{Ll}+\s+)?\p{Ll}{2,}(?:ет|ёт|ит|ется|ится)(?!\p{L})`,
  'iu',
);
const ruNamedDuty = new RegExp(
  String.raw`(?:^|[,;]\s+(?:а\s+|и\s+)?)${given}\s+(?:должен|должна|берёт|берет|возьмёт|возьмет|отвечает|(?:по)?обещал[аи]?|обязал(?:ся|ась)|(?:взял(?:ся|ась)|вызвал(?:ся|ась)|согласил(?:ся|ась)|готова?)\s+(?:\p{L}+\s+)?\p{Ll}+(?:ть|ти|чь|ться|тись))(?![\p{L}])`,
  'u',
);
const ruSelf = new RegExp(
  String.raw`(?<!\p{L})я\s+(?:(?:тогда|сам[аи]?|завтра|сегодня|уже|тоже|его|её|их|это|вам|тебе|всем|к\s+\p{L}+|до\s+\p{L}+|в\s+\p{L}+)\s+){0,3}(${ruWork})(?<=(?:у|ю|усь|юсь|дам))(?![\p{L}])`,
  'iu',
);
/** «С меня опыт с камертонами.», «На мне рассылка.», «Торт беру на себя.» */
const ruOnMe =
  /(?:^|[,;.]\s+)(?:(?:да|хорошо|ок|окей|ладно|а|и|тогда)[,.]?\s+)*(?:с\s+меня|на\s+мне|за\s+мной)\s+(?!был|не\s)(?:тогда\s+)?\p{L}{3,}|(?<!\p{L})(?:беру|возьму)\s+(?:это\s+|всё\s+)?на\s+себя(?!\p{L})/iu;
/** «Пока не знаю, спрошу у мужа.»: the promise in a later clause. */
const ruSelfLater = new RegExp(
  String.raw`[,;—–]\s+(?:(?:а|и|но|тогда|сам[аи]?|завтра|сегодня|сразу)\s+){0,2}(${ruWork})(?<=(?:[шжчщ]у|[влмнрпб]ю|усь|юсь|ую|дам))(?![\p{L}])`,
  'iu',
);
/** With a date any promise is a task: «я внесу предоплату до среды». */
const ruSelfAny =
  /(?<!\p{L})я\s+(?:\p{L}+\s+){0,3}?(?!среду|пятницу|субботу|думаю|знаю|хочу|могу|вижу|помню|надеюсь|считаю|понимаю|говорю|живу|боюсь|люблю|слышу|имею|свою|мою|твою|нашу|вашу|эту|всю|одну|почему|поэтому|кому|тому|нему)\p{Ll}{2,}(?:у|ю|усь|юсь)(?!\p{L})/iu;
const ruSelfBare = new RegExp(
  String.raw`^(?:(?:да|хорошо|ок|окей|ладно|конечно|давай|тогда|отлично|договорились|принято)[,.]?\s+)*(?:(?:завтра|сегодня|к\s+\p{L}+|до\s+\p{L}+|в\s+\p{L}+)\s+)?(${ruWork})(?<=(?:у|ю|усь|юсь|дам))(?![\p{L}])`,
  'iu',
);
/** «Понял, письмо отправлю завтра до обеда»: the thing before the deed; asked for with a date, since «встречу» may be a noun. */
const ruSelfObject = new RegExp(
  String.raw`^(?:(?:да|хорошо|ок|окей|ладно|конечно|тогда|отлично|договорились|принято|понял[аи]?|ясно)[,.]?\s+)*(?:\p{Ll}+\s+){1,3}(?!(?:встречу|передачу|раздачу|подачу|выдачу|помощь)(?!\p{L}))((?:${ruWork}|${ruDoneSelf}))(?<=(?:лю|шу|жу|чу|ню|рю|аю|яю|ую|ею|ду|му|гу|сь|дам))(?![\p{L}])`,
  'iu',
);
/** «Подскажите адрес.» asks, and gives nothing to do. */
const asksToTell = /(?<!\p{L})(?:подскаж|расскаж|поясн|объясн)\p{L}*(?:йте|ите|и)(?!\p{L})/iu;
/** «Если сломается, позвоните в сервис.»: what is to be done only then. */
const onlyIf = /^(?:(?:а|и|но|and|but|so)\s+)?(?:если|в\s+случае|if|in\s+case|should\s+you)(?!\p{L})/iu;
const ruRequest = new RegExp(
  String.raw`(?:^|[,;]\s+|\s(?:и|пожалуйста|обязательно)\s+|^(?:к|до|в)\s+\p{L}+\s+\p{L}+\s+)(?:пожалуйста,?\s+|обязательно\s+)?(${ruWork})(?<=(?:йте|ите|ьте|итесь|йтесь|ьтесь))(?![\p{L}])`,
  'iu',
);
/** «Тогда предупрежу мельницу», «Оплачу со своей карты»: any deed done once, with what it is done to. */
const ruSelfDone = new RegExp(
  String.raw`^(?:(?:да|ну|хорошо|ок|окей|ладно|конечно|тогда|отлично|договорились|принято|понял[аи]?|сейчас|обязательно|сам[аи]?)[,.]?\s+)*(?!(?:встречу|передачу|раздачу|подачу|выдачу|помощь|задачу|удачу|погоду|победу|неделю|среду|субботу|пятницу)(?!\p{L})|\p{Ll}+ую(?!\p{L}))${ruDoneSelf}\s+\p{L}{2,}\s*\p{L}*`,
  'iu',
);
/** «Ремонт закончим к пятнадцатому»: whoever answers for it says when it will be done. */
const ruSelfPlural = new RegExp(String.raw`^(?:\p{L}+\s+){0,3}${ruWork}(?<=(?:им|ем|ём))(?!\p{L})`, 'iu');
const ruMineDuty = /(?<!\p{L})мне\s+(?:надо|нужно|придётся|придется|предстоит)(?!\p{L})/iu;
const ruDuty =
  /(?<!\p{L})(?:надо|нужно|необходимо|требуется|предстоит|следует|должны|должен|должна|осталось|не забудь(?:те)?|прошу|поручить|поручено)(?!\p{L})[^.!?]{0,60}?\p{L}{2,}(?:ть|ти|чь|ться|тись|чься)(?!\p{L})/iu;
const ruNotDuty =
  /(?<!\p{L})не\s+(?:надо|нужно|должн\p{L}+|следует)|(?:надо|нужно)\s+(?:сказать|признать|понимать|отметить|заметить|подумать|было|ли)|(?:надо|нужно)\s+(?:бы\s+|ещё\s+|еще\s+)?(?:решить|понять)|следует\s+(?:отметить|понимать|учитывать|помнить|сказать)|может\s+быть,?\s+(?:надо|нужно)/iu;

const enNamedWill = new RegExp(
  String.raw`(?:^|[,;.]\s+(?:and\s+|so\s+|then\s+)?|^(?:and|so|then|okay|ok|great),?\s+)${given}\s+(?:will|is going to|to|should|has to|needs to|must|agreed to|is to|'ll|’ll|promised to|volunteered to|undertook to|offered to|is due to|ought to|was asked to|is asked to|was tasked to|has agreed to|has offered to|has promised to)\s+(?:also\s+|then\s+)?${enWork}(?!\p{L})`,
  'u',
);
/** "Mrs Rowe will be sending out the list by the end of the month." */
const enNamedWillBe = new RegExp(
  String.raw`(?:^|[,;]\s+(?:and\s+)?)${given}\s+will\s+be\s+(?!being|having|coming|going|joining|attending|staying|leaving|missing|speaking|looking|waiting)\p{Ll}+ing(?!\p{L})`,
  'u',
);
const enPolite = new RegExp(
  String.raw`^(?:(?:and|so|okay|ok|great|right|then|good)[,.]?\s+)?${given},\s+(?:please|(?:can|could|would|will) you(?:\s+please)?)\s+(\p{Ll}+)`,
  'u',
);
const enVocative = new RegExp(
  String.raw`^(?:(?:and|so|okay|ok|great|right|then),?\s+)?${given},\s+(?:please\s+|can you\s+|could you\s+|would you\s+|you(?:'|’)ll\s+|you\s+(?:can\s+|will\s+|should\s+)?)*(?:please\s+)?${enWork}(?!\p{L})`,
  'u',
);
const enSelf = new RegExp(
  String.raw`(?<!\p{L})[Ii](?:'|’)?(?:ll|\s+will|\s+am going to|m going to|\s+can(?!\s+start)|\s+have to|\s+need to)\s+(?:also\s+|then\s+|just\s+|try to\s+|go ahead and\s+)?${enWork}(?!\p{L})`,
  'u',
);
/** Any deed may be promised, but not what is thought or felt, nor where one will be. */
const enSelfAny =
  /(?<!\p{L})[Ii](?:(?:'|’)ll|\s+will|(?:'|’)m\s+going\s+to|\s+am\s+going\s+to)\s+(?:also\s+|then\s+|just\s+|gladly\s+)*(?!(?:be|see|think|have|know|miss|love|like|say|wait|try|let|guess|admit|never|always|probably|not|need|want|stay|come|go|believe|remember|forget|feel|hear|leave|lose|live|die|join|mind|pass|manage|survive|sleep|eat|drink|wear|hope|bet|take\s+(?:it|that|your)|get\s+(?:used|to)|end\s+up|consider|understand|continue|start\s+by)(?!\p{L}))\p{Ll}{2,}\s+\p{L}/u;
/** "The courier will collect the old one on 3 July.": who has an office and no name. */
const enRoleWill = new RegExp(
  String.raw`^(?:(?:and|so|then|okay|ok|great),?\s+)?((?:The|Our|the|our)\s+\p{Ll}+(?:\s\p{Ll}+)?)\s+(?:will|is going to|are going to|is to|are to|has to|have to|must|needs? to|should)\s+(?:also\s+|then\s+)?${enWork}(?!\p{L})`,
  'u',
);
/** «Лаборатории следует установить датчики до ледостава.» */
const ruOughtTo =
  /^\p{Lu}\p{Ll}+(?:у|ю|е|и|ам|ям|ой|ей|ому|ему)(?:\s+\p{L}+){0,2}?\s+(?:следует|надлежит|необходимо|предстоит|нужно|надо)\s+(?:\p{L}+\s+){0,2}?\p{Ll}+(?:ть|ти|чь|ться)(?!\p{L})/u;
const enAskedFor = new RegExp(String.raw`(?<!\p{L})(?:can|could|would|will) you\s+(?:please\s+|also\s+)?${enWork}(?!\p{L})[^?]{6,}`, 'iu');
const enDuty = new RegExp(
  String.raw`(?<!\p{L})(?:we|somebody|someone|one of us|you|team)\s+(?:needs? to|has to|have to|must|should|ought to|still needs? to)\s+(?:also\s+)?${enWork}(?!\p{L})|(?:needs? to be|must be|has to be|have to be)\s+\p{L}+(?:ed|en|t|ne|ent|ilt)(?!\p{L})|don(?:'|’)t forget to|(?<!\p{L})please\s+${enWork}(?!\p{L})|make sure (?:to|that|you)`,
  'iu',
);
const label = /^(?:action(?: items?)?|to-?\s?do|task|next step|задача|поручение|сделать)\s*(?:\([^)]*\))?\s*[:—-]\s*/iu;
/** "I can ask." offers a deed without saying which. */
const bareOffer = /^(?:\p{L}+,\s+)?I can \p{Ll}+[.!]?$/u;
const hedged =
  /(?<!\p{L})(?:если бы|хорошо бы|можно было бы|would have|should have|could have|might have|if I|if we had|I think we should|maybe (?:we|you) should)(?!\p{L})/iu;

/** Words with the ending of an imperative that are none, found after a name and a comma. */
const notImperatives = new Set([
  'или',
  'если',
  'хотя',
  'почти',
  'очень',
  'ведь',
  'опять',
  'теперь',
  'здесь',
  'день',
  'добрый',
  'который',
  'мой',
  'твой',
  'свой',
  'привет',
  'какой',
  'такой',
  'самый',
  'этой',
  'можешь',
  'сможешь',
  'успеешь',
  'будешь',
  'знаешь',
  'хочешь',
  'думаешь',
  'спасибо',
  'извини',
  'прости',
  'смотри',
  'слушай',
  'скажи',
  'подскажи',
  'кстати',
  'правой',
  'при',
  'три',
  'пусть',
  'есть',
  'весь',
  'лишь',
  'чуть',
  'вдоль',
  'ни',
  'они',
  'мы',
  'были',
  'мои',
  'свои',
  'наши',
  'сами',
  'эти',
  'согласись',
  'давай',
  'давайте',
  'здравствуй',
  'здравствуйте',
  'основатель',
  'руководитель',
  'писатель',
  'житель',
  'учитель',
  'председатель',
]);

const MIN_WORDS = 3;

/** A reply with no more content words beside its date repeats what was asked («Ок, позвоню после обеда») and is no task of its own. */
const MAX_ACCEPTANCE_WORDS = 2;
/** The reply stands among the next few sentences. */
const ACCEPTANCE_WINDOW = 3;
/** A shorter sentence before a promise does not tell what the promise is about. */
const MIN_CONTEXT_WORDS = 4;

/** What somebody is to do, in reading order. Judged per talk: prose needs a heading, a label or a name with a due date. */
export function findTasks(prepared: Prepared, detail: DetailLevel): FoundTask[] {
  const found: { task: FoundTask; weight: number }[] = [];
  const seen = new Set<string>();
  let homework = '';
  for (const sentence of prepared.sentences) {
    const source = prepared.sources[sentence.source];
    const words = sentence.words.join(' ');
    const paragraph = `${sentence.source} ${sentence.block}`;
    if (announcesHomework(sentence.text)) homework = paragraph;
    if (source === undefined || seen.has(words)) continue;
    const read = readTask(sentence, source, homework === paragraph) ?? bareOrder(prepared, sentence, source);
    if (read === null) continue;
    seen.add(words);
    // In brackets stands who is to do it, mostly: the same deed of two persons is two tasks.
    const key = [toldKey(sentence), read.who, read.due].join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    const asked = found.at(-1);
    if (asked !== undefined && accepts(sentence, read, asked.task)) {
      asked.task = { ...asked.task, who: asked.task.who ?? read.who, due: asked.task.due ?? read.due, acceptance: sentence };
      continue;
    }
    let question = read.isOwn === true ? whoQuestion(prepared, sentence) : null;
    if (read.isOwn === true && question === null && saysTooLittle(sentence, read)) {
      question = saidBefore(prepared, sentence);
      if (question === null) continue;
    }
    if (read.isOwn !== true && saysTooLittle(sentence, read)) question = saidBefore(prepared, sentence, 0);
    // «Надо настроить ротацию. Сделаю до среды.»: the promise and what it is about are one task.
    const promised = found.findIndex(({ task }) => question !== null && task.sentence.index === question.index);
    const other = found[promised]?.task.who ?? sentence.speaker;
    if (promised !== -1 && other === sentence.speaker) found.splice(promised, 1);
    found.push({
      task: { sentence, who: read.who, due: read.due, acceptance: read.acceptance ?? null, question },
      weight: read.weight + (read.due === null ? 0 : 0.5) + (prepared.scores[sentence.index] ?? 0) / 2,
    });
  }
  return found
    .sort((a, b) => b.weight - a.weight || a.task.sentence.index - b.task.sentence.index)
    .slice(0, detailCounts.tasks[detail])
    .map(({ task }) => task)
    .sort((a, b) => a.sentence.index - b.sentence.index);
}

/** Whether a short «сделаю» answers the request just before it. */
function accepts(reply: Sentence, read: ReadTask, { sentence, who, acceptance }: FoundTask): boolean {
  return (
    acceptance === null &&
    read.isOwn === true &&
    reply.source === sentence.source &&
    reply.index - sentence.index <= ACCEPTANCE_WINDOW &&
    reply.speaker !== sentence.speaker &&
    reply.stems.length - wordsOf(read.due ?? '').length <= MAX_ACCEPTANCE_WORDS &&
    newIn(reply, sentence, read.due) <= 1 &&
    (who === null || (reply.speaker !== null && foldText(reply.speaker).includes(foldText(who))))
  );
}

/** Content words of a reply that neither the request has nor its date: the deed itself is one. */
function newIn(reply: Sentence, request: Sentence, due: string | null): number {
  const known = new Set([...request.stems, ...wordsOf(due ?? '').map(word => stem(word, languageOfWord(word)))]);
  return reply.stems.filter(each => !known.has(each)).length;
}

const asksWho = /^(?:[\p{L}]+,\s+)?(?:(?:а|и|so|and|but)\s+)?(?:кто|who)(?:\s|(?:'|’)ll\s)[^?]*\?$/iu;

/** The «кто…?» of somebody else shortly before a promise. */
function whoQuestion({ sentences }: Prepared, promise: Sentence): Sentence | null {
  for (let index = promise.index - 1; index >= Math.max(0, promise.index - ACCEPTANCE_WINDOW); index -= 1) {
    const before = sentences[index];
    if (before === undefined || before.source !== promise.source || before.speaker === promise.speaker) return null;
    if (asksWho.test(before.text) && before.words.length >= MIN_WORDS) return before;
  }
  return null;
}

/** The sentence just before, when it says something: a promise of a deed without its thing («Закажу завтра») speaks of it. */
function saidBefore({ sentences }: Prepared, { index, source, block }: Sentence, utterances = 1): Sentence | null {
  const before = sentences[index - 1];
  if (before === undefined || before.source !== source || before.kind === 'heading' || block - before.block > utterances) return null;
  return before.words.length >= MIN_CONTEXT_WORDS && before.stems.length >= 2 && !isChatter(before.text) && !isCourtesy(before.text)
    ? before
    : null;
}

/** "I'll make the slides": many an English deed is among the words that mean little, and its thing is not. */
const namesThing =
  /(?<!\p{L})I(?:(?:'|’)ll|\s+will|(?:'|’)m\s+going\s+to)\s+(?:\p{Ll}+\s+){1,2}(?:the|an?|my|our|your|his|her|their)\s+\p{Ll}{3,}/u;
/** «Я поговорю в пятницу»: a deed and a day, and nothing it is done to. */
const saysTooLittle = ({ text, stems, speaker }: Sentence, { due }: ReadTask): boolean =>
  speaker !== null &&
  !namesThing.test(text) &&
  stems.length - wordsOf(due ?? '').filter(word => !stopWords.ru.has(word) && !stopWords.en.has(word)).length <= 1;

interface ReadTask {
  readonly who: string | null;
  readonly due: string | null;
  readonly weight: number;
  /** The speaker takes it on, rather than giving it to somebody. */
  readonly isOwn?: true;
  /** The reply right after it, by which who it is given to is known. */
  readonly acceptance?: Sentence;
}

/** «И напиши инструкцию, чтобы дежурный мог сам.»: an order to whoever answers. */
const ruBareOrder = new RegExp(
  String.raw`^(?:(?:и|а|ещё|еще|тогда|пожалуйста),?\s+){0,2}(?:ещё\s+|пожалуйста,?\s+)?(${ruWork})(?<=(?:и|й|ь))(?!\p{L})`,
  'iu',
);
const enBareOrder = new RegExp(
  String.raw`^(?:(?:and|then|also|please),?\s+){0,2}${enWork}\s+(?:the|a|an|your|our|him|her|them|it)\s`,
  'iu',
);
/** «Напишу.», "Will do.": the person addressed takes it on. */
const takesOn = new RegExp(
  String.raw`^(?:(?:да|хорошо|ок|окей|ладно|конечно|понял[аи]?|принято)(?!\p{L})[,.]?\s*)*(?:${ruWork}(?<=(?:у|ю|усь|юсь|дам))(?!\p{L})|$)|^(?:(?:ok(?:ay)?|sure|yes|fine)[,.]?\s+)*(?:will\s+do|I(?:'|’)?ll|I\s+will|on\s+it)(?!\p{L})`,
  'iu',
);
/** A reply to an order is this short; a longer one tells something of its own. */
const MAX_REPLY_WORDS = 4;

/** An order without a name, when the very next utterance is somebody else taking it on. */
function bareOrder({ sentences }: Prepared, sentence: Sentence, source: PreparedSource): ReadTask | null {
  const reply = sentences[sentence.index + 1];
  if (!source.isDialogue || sentence.speaker === null || sentence.words.length < MIN_WORDS || sentence.text.endsWith('?')) return null;
  if (reply === undefined || reply.source !== sentence.source || reply.speaker === null || reply.speaker === sentence.speaker) return null;
  if (!ruBareOrder.test(sentence.text) && !enBareOrder.test(sentence.text)) return null;
  if (reply.words.length === 0 || reply.words.length > MAX_REPLY_WORDS || !takesOn.test(reply.text)) return null;
  return { who: reply.speaker, due: findDue(sentence.text) ?? findPlainDay(sentence.text), weight: 3, acceptance: reply };
}

/** The task a sentence gives or takes on; null for most sentences. `isHomework`: its paragraph is announced as homework. */
function readTask(sentence: Sentence, source: PreparedSource, isHomework: boolean): ReadTask | null {
  const { text, kind, topic, words } = sentence;
  if (kind === 'heading' || kind === 'code' || kind === 'table' || topic === 'noise' || words.length < MIN_WORDS) return null;
  const flat = text.replace(/\s+/gu, ' ');
  const isTalk = source.isDialogue;
  // A rule of one language finds nothing in the letters of the other.
  const [isRussian, isEnglish] = [hasCyrillic(flat), hasLatin(flat)];
  const due = findDue(flat) ?? (isTalk ? findPlainDay(flat) : null);
  const order = dativeOrderIn(flat);
  if (order !== null && (isTalk || due !== null || topic === 'decisions' || topic === 'tasks'))
    return { who: nameFromDative(order.dative, word => wordsAsWritten(source).has(word)), due, weight: 4 };
  if (topic === 'tasks' && (kind === 'list-item' || sentence.isFirstOfBlock) && !flat.endsWith(':')) {
    return { who: assignee(flat, source), due, weight: 4 };
  }
  if (topic === 'decisions' || topic === 'questions') return null;
  if (label.test(flat)) return { who: assignee(flat.replace(label, ''), source), due, weight: 4 };
  if (hedged.test(flat) || bareOffer.test(flat)) return null;
  const charged = chargedIn(flat);
  if (charged !== null) {
    const isWritten = (word: string): boolean => wordsAsWritten(source).has(word);
    return { who: charged.map(word => nameFromDative(word, isWritten) ?? word).join(' '), due, weight: 4 };
  }
  const office = officeOnDuty(flat);
  if (office !== null) return { who: office, due, weight: due === null ? 3 : 4 };
  if (!flat.endsWith('?') && ordersWork(flat, due !== null, isHomework))
    return { who: isTalk ? askedByName(flat, source) : null, due, weight: due === null ? 3 : 4 };

  const vocative = isRussian ? ruVocative.exec(flat) : null;
  if (vocative !== null && isImperative(vocative[2] ?? '') && !isNoName(vocative[1] ?? '') && (isTalk || due !== null))
    return { who: vocative[1] ?? null, due, weight: 4 };
  for (const [pattern, weight, mayBeAsked] of namedRulesFor(flat)) {
    if (flat.endsWith('?') && !mayBeAsked) continue;
    const names = [...flat.matchAll(pattern)].flatMap(match => (match[1] !== undefined && isName(match[1], source) ? [match[1]] : []));
    if (names.length > 0 && (isTalk || ((due !== null || isOfficial(source)) && words.length < MAX_PROSE_WORDS)))
      return { who: [...new Set(names)].join(', '), due, weight };
  }
  const role = isEnglish ? enRoleWill.exec(flat)?.[1] : undefined;
  if (role !== undefined && due !== null && !flat.endsWith('?')) return { who: role, due, weight: 3.5 };
  if (due !== null && isRussian && ruOughtTo.test(flat) && !ruNotDuty.test(flat)) return { who: null, due, weight: 3 };
  if (!isTalk) return null;
  if (
    !flat.endsWith('?') &&
    ((isRussian &&
      (ruSelf.test(flat) ||
        (due !== null && ruSelfPlural.test(flat)) ||
        ruSelfBare.test(flat) ||
        ruSelfDone.test(flat) ||
        (due !== null && (ruSelfAny.test(flat) || ruSelfObject.test(flat))) ||
        ruOnMe.test(flat) ||
        ruSelfLater.test(flat))) ||
      (isEnglish && (enSelf.test(flat) || enSelfAny.test(flat))))
  )
    return { who: sentence.speaker, due, weight: due === null ? 2.5 : 3.5, isOwn: true };
  if (isEnglish && enAskedFor.test(flat)) return { who: addressee(sentence, source), due, weight: 2.5 };
  if (flat.endsWith('?')) return null;
  if (onlyIf.test(flat) && due === null) return null;
  if (isRussian && ruRequest.test(flat) && !asksToTell.test(flat)) return { who: addressee(sentence, source), due, weight: 3 };
  if (isRussian && ruMineDuty.test(flat) && ruDuty.test(flat)) return { who: sentence.speaker, due, weight: 2.5 };
  if (isRussian && ruDuty.test(flat) && !ruNotDuty.test(flat)) return { who: null, due, weight: due === null ? 1.5 : 2.5 };
  if (isEnglish && enDuty.test(flat)) return { who: null, due, weight: due === null ? 1.5 : 2.5 };
  return null;
}

/** «Ирина, подготовьте, пожалуйста, график», "Helen, please prepare the rota": whose name stands before what is asked. */
function askedByName(text: string, source: PreparedSource): string | null {
  const name = askedName.exec(text)?.[1];
  return name !== undefined && isName(name, source) ? name : null;
}
const askedName = new RegExp(String.raw`^(?:(?:и|а|ну|хорошо|so|and|then|okay|ok),?\s+)?${given},\s`, 'u');

/** In prose a task with a name and a date is short; longer sentences tell a story. */
const MAX_PROSE_WORDS = 30;
const everywhere = (pattern: RegExp): RegExp => new RegExp(pattern.source, `${pattern.flags}g`);
const namedRules: readonly (readonly [pattern: RegExp, weight: number, mayBeAsked: boolean])[] = [
  [everywhere(ruVocativeTask), 3.5, false],
  [everywhere(ruNamedFuture), 3.5, false],
  [everywhere(ruNamedLast), 3.5, false],
  [everywhere(ruNamedPresent), 3.5, false],
  [everywhere(ruNamedDuty), 3, false],
  [everywhere(enPolite), 4, true],
  [everywhere(enVocative), 4, true],
  [everywhere(enNamedWill), 3.5, false],
  [everywhere(enNamedWillBe), 3.5, false],
];

const namedRulesFor = rulesByScript(namedRules, ([pattern]) => pattern);

/** A person: one who speaks, or a capitalised word that the source never writes small («Деньги соберёт Анна»). */
function isName(word: string, source: PreparedSource): boolean {
  if (isNoName(word)) return false;
  if ([...source.speakers].some(speaker => speaker.includes(word))) return true;
  return !smallWordsOf(source).has(word.toLowerCase());
}

const written = new WeakMap<PreparedSource, ReadonlySet<string>>();

/** Words of the source as it writes them; collected once. */
function wordsAsWritten(source: PreparedSource): ReadonlySet<string> {
  const known = written.get(source);
  if (known !== undefined) return known;
  const words = new Set(source.snapshot.text.match(/\p{L}+/gu) ?? []);
  written.set(source, words);
  return words;
}

const smallWords = new WeakMap<PreparedSource, ReadonlySet<string>>();

/** Words the source writes with a small letter; collected once, because a long chat asks for thousands of names. */
function smallWordsOf(source: PreparedSource): ReadonlySet<string> {
  const known = smallWords.get(source);
  if (known !== undefined) return known;
  const words = new Set(source.snapshot.text.match(/(?<!\p{L})\p{Ll}\p{L}+/gu) ?? []);
  smallWords.set(source, words);
  return words;
}

/** Who does an item of a task list: a name at its head («Анна — …», "Ben to …") or in brackets at its end. */
function assignee(item: string, source: PreparedSource): string | null {
  const head = new RegExp(
    String.raw`^@?${given}(?=\s*(?:[:—–,-]|\([^)]*\)\s*[:—–-]|\s(?:to|will|should|must|needs)\s)|\s+(?:${ruWork})(?![\p{L}]))`,
    'u',
  ).exec(item)?.[1];
  if (head !== undefined && !isNoName(head)) return head;
  const tail = new RegExp(
    String.raw`(?:\(|\[|[—–-]\s|ответственн\p{L}+\s*[:—-]?\s*|owner\s*:?\s*|assigned to\s+|@)${given}(?=[),.;\]]|\s*$|,)`,
    'u',
  ).exec(item)?.[1];
  if (tail !== undefined && !isNoName(tail)) return tail;
  for (const speaker of source.speakers) if (item.includes(speaker)) return speaker;
  return null;
}

/** "Ben, can you …?" names its addressee; otherwise one who asks in a talk of two asks the other. */
function addressee(sentence: Sentence, source: PreparedSource): string | null {
  const named = new RegExp(String.raw`^${given},`, 'u').exec(sentence.text)?.[1];
  if (named !== undefined && !isNoName(named)) return named;
  const last = new RegExp(String.raw`,\s${given}[?.!]*$`, 'u').exec(sentence.text)?.[1];
  if (last !== undefined && isName(last, source)) return last;
  const others = [...source.speakers].filter(name => name !== sentence.speaker);
  if (others.length === 1) return others[0] ?? null;
  return null;
}

/** Capitalised words that begin sentences and are no names. */
const noNames =
  /^(?:кто-то|кто-нибудь|кто-либо|некто|никто|каждый|хорошо|ладно|отлично|тогда|итак|значит|коллеги|друзья|ребята|слушай|слушайте|кстати|потом|после|завтра|сегодня|вчера|да|нет|ок|окей|давай(?:те)?|договорились|также|далее|наконец|конечно|привет|спасибо|понял[аи]?|кто|что|он|она|они|мы|вы|ты|я|это|всё|все|если|когда|пока|так|ну|yes|no|okay|ok|sure|great|thanks|well|then|also|now|today|tomorrow|first|next|finally|please|everyone|guys|folks|maybe|right|good|fine|what|who|it|this|that|they|we|you|he|she|there|someone|somebody|anyone|anybody|everybody|nobody|people|hi|hello|hey|alright|agreed|exactly|perfect|but|and|so|if|when|because|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/iu;

/** «Берём Марата, утвердили.», "Hire Maria, approve her pay.": what is done, told of somebody; Артём is a person all the same. */
const ruDoing = /^(?!Арт[её]м$)\p{L}{2,}(?:[аяуею]ем|ём|[втшжчщп]им|[аяи]ли|[иеё]те|йте)$/u;
const enDoing = new RegExp(String.raw`^${enWork}$`, 'iu');
/** Names that end as verbs do. */
const verbLikeNames = /^(?:Натали|Хашим|Вали|Эмили|Лили|Билли|Аурели)$/u;
const isDoing = (first: string): boolean => (ruDoing.test(first) && !verbLikeNames.test(first)) || enDoing.test(first);

/** «Утвердили» ends as «пришли» does, and tells of the past: imperatives in «-ли» are these, with their prefixes. */
const pastPlural = /[аяеёиоуыю]ли(?:сь)?$/u;
const imperativeInLi = /(?:удали|раздели|выдели|удели|определи|распредели|посели|стели|вели|хвали|закали|посоли|свали)$/u;

/** Whether a word after a name and a comma orders something. */
const isImperative = (word: string): boolean =>
  !notImperatives.has(foldText(word)) && (!pastPlural.test(word) || imperativeInLi.test(word));

function isNoName(name: string): boolean {
  const first = name.split(' ')[0] ?? name;
  if (isDoing(first)) return true;
  const folded = foldText(first);
  return noNames.test(first) || stopWords.ru.has(folded) || (stopWords.en.has(folded) && folded !== 'will');
}
