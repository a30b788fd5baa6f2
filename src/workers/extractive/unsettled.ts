import { enAsked, lacksAnswer, ruAsked, ruYet } from './indirect-question.ts';
import { rulesByScript } from './rules-by-script.ts';

/**
 * Sentences that say of a matter that nobody knows it or has settled it. Built of parts instead of listed whole: who knows nothing
 * («не знаем», "haven't worked out"), or what nothing is known of («неизвестно», "is unclear"), and the clause with what is asked.
 */

/** Present tense and results alone, of those who speak: «он не знал, что…» belongs to a story. */
const ruUnknowing = String.raw`не\s+(?:зна(?:ю|ем)|понима(?:ю|ем)|пойм(?:у|[её]м)|поня(?:тно|ли)|известно|ясно|выяснили|выяснено|узнали|решили|решено|решил[аи]?|определил(?:и|ись|ся|ась)|определено|договорились|обсудили|обсуждали|установили|установлено|придумали|согласовали|согласовано|назначили|выбрали|подсчитали)`;
const ruOpen = String.raw`(?:неясн|непонятн|неизвестн|нереш[её]н|невыяснен|неопредел[её]н|открыт|загадк|тайн|не\s+реш[её]н|не\s+выяснен|не\s+установлен|не\s+определ[её]н|не\s+изучен|не\s+объяснен)\p{L}*`;

const enNever = String.raw`(?:(?:do|does|did|has|have|is|are|am)\s+not|(?:don|doesn|didn|hasn|haven|isn|aren)(?:'|’)t|(?:I(?:'|’)m|we(?:'|’)re)\s+not|cannot|can\s+not|can(?:'|’)t|could\s+not|couldn(?:'|’)t|never)(?:\s+(?:yet|still|really|quite|fully|been|actually|even))*`;
const enKnow = String.raw`(?:know|known|sure|certain|clear|understand|understood|explain|explained|tell|say|said|figure(?:d)?\s+out|work(?:ed)?\s+out|find\s+out|found\s+out|decided?|settled?|agreed?|established?|determined?|discussed|heard|chosen|picked)`;
const enOpen = String.raw`(?:unclear|unknown|uncertain|undecided|unresolved|unsettled|unexplained|unanswered|undetermined|debated|disputed|contested|an\s+open\s+question|(?:a|something\s+of\s+a)\s+(?:mystery|puzzle|riddle)|a\s+matter\s+of\s+(?:debate|dispute|conjecture))`;

const rules: readonly RegExp[] = [
  // «Не знаем пока, куда деть пианино.», «Мы не решили, кто едет.»
  whole(String.raw`${ruUnknowing}(?:\s+${ruYet}){0,2},?\s+(?:\p{L}+,\s+)?${ruAsked}`),
  // «Куда делся паровоз, никто не знает.», «Кто поедет, мы ещё не решили.»
  new RegExp(String.raw`^(?:(?:а|но|и|вот)\s+)?${ruAsked}\s[^?!]*,\s+(?:(?:мы|я|никто|${ruYet})\s+){0,3}${ruUnknowing}[.…]?$`, 'iu'),
  whole(String.raw`никто(?:\s+(?:пока|ещё|еще|из\s+\p{L}+|точно|толком))?\s+не\s+(?:знает|понимает|скажет|может\s+(?:сказать|объяснить))`),
  // «Неизвестно, сколько…», «Остаётся непонятным, нужна ли…», «Причина не установлена.»
  new RegExp(
    String.raw`(?:^|[,;:—–]\s+|(?<!\p{L})${ruYet}\s+)(?:неизвестно|непонятно|неясно|не\s+ясно)(?:\s+${ruYet})?,?\s+${ruAsked}`,
    'iu',
  ),
  whole(String.raw`оста(?:[её]тся|ются|л(?:ся|ась|ось|ись))\s+(?:${ruYet}\s+)?(?:для\s+\p{L}+\s+)?${ruOpen}`),
  whole(String.raw`(?:причин\p{L}+|судьб\p{L}+|авторств\p{L}*|происхождени\p{L}+|дат[аы]|срок\p{L}*|цен[аы])\s[^.?!]{0,60}?${ruOpen}`),
  whole(
    String.raw`(?:${ruAsked}[^?!]*,\s+)?(?:${ruYet}\s+)?предсто(?:ит|яло)\s+(?:${ruYet}\s+)?(?:решить|выяснить|понять|определить|узнать|установить|обсудить|уточнить|согласовать)`,
  ),
  whole(String.raw`ответа?\s+(?:на\s+[^.?!]{3,40}\s+)?(?:(?:у\s+\p{L}+|${ruYet})\s+)?нет`),
  // "I don't understand why…", "We haven't worked out what to do with…", "It's not known how…"
  whole(String.raw`${enNever}\s+${enKnow}(?:\s+(?:yet|exactly|precisely|for\s+(?:sure|certain)|on|about|as\s+to))*\s+${enAsked}`),
  whole(
    String.raw`(?:nobody|no\s+one|no-one|none\s+of\s+us)\s+(?:(?:yet|really|quite|here|present|else|ever|has|can|could|was\s+able\s+to|seems?\s+to|at\s+the\s+\p{Ll}+|in\s+the\s+\p{Ll}+)\s+)*(?:knows?|understands?|sa(?:ys|id)|say|tell|explains?|explained|decided)`,
  ),
  // "Who drew its last sheets remains a mystery."
  whole(
    String.raw`(?:is|are|remains?|stays?|was\s+left|were\s+left)\s+(?:(?:still|yet|as\s+yet|largely|quite|hotly|much|to\s+this\s+day)\s+)*${enOpen}`,
  ),
  whole(
    String.raw`(?:has|have|is|are)\s+(?:still\s+)?yet\s+to\s+be\s+\p{Ll}+|still\s+(?:has|have|needs?)\s+to\s+be\s+(?:decided|settled|agreed|worked\s+out|determined|clarified|discussed)`,
  ),
  whole(
    String.raw`(?:question|matter|issue|decision|item)\s+(?:of|about|on|as\s+to|whether)\s[^.?!]{3,80}?\s(?:was|were|is|has\s+been)\s+(?:postponed|deferred|adjourned|put\s+off|left\s+open|tabled|carried\s+over)`,
  ),
];

const rulesFor = rulesByScript(rules, pattern => pattern);

/** Asked for effect: no answer is wanted. */
export const isRhetorical = (question: string): boolean =>
  /(?<!\p{L})(?:ком[уе]\s+(?:оно|это|они|он|она)\s+(?:вообще\s+)?нуж\p{L}+|кому\s+(?:это\s+)?надо|кто\s+бы\s+(?:мог\s+)?(?:подумал|подумать|сомневался)|кто\s+(?:ж|же)\s+(?:его\s+|её\s+)?знает|какая\s+разница|сколько\s+можно|ну\s+и\s+что|что\s+(?:тут|здесь|с\s+этого)\s+(?:такого|плохого)|зачем\s+спорить|who\s+(?:needs|cares|knows|would\s+have\s+thought|wants)\s+(?:it|that|them|anyway)|кто\s+(?:же|ж)\s+(?:не\s+|от\s+|откаж|спор|захоч|против)[^?]*|(?:ну\s+)?(?:разве|неужели)\s[^?]*|есть\s+ли\s+что-?(?:нибудь|то)\s+(?:более|лучше|\p{L}+ее)[^?]*|(?:ну\s+)?(?:не\s+(?:красота|прелесть|чудо|здорово)|правда\s+же|разве\s+не)[^?]*|who\s+(?:wouldn|doesn|won)(?:'|’)t[^?]*|(?:is|was)\s+there\s+any(?:thing|one|body)\s+(?:more|less|better|worse|\p{L}+er)[^?]*|(?:isn|aren|wasn|don|doesn)(?:'|’)t\s+(?:it|that|they|you|we|this)\s[^?]*|how\s+(?:cool|great|nice|lovely|hard|bad|difficult)\s+(?:is|can|could|would)[^?]*|who\s+(?:cares|knows)\s*\?|what\s+difference|so\s+what|what(?:'|’)s\s+the\s+(?:point|harm|problem)|why\s+(?:not|bother)|isn(?:'|’)t\s+(?:it|that)\s+(?:great|nice|lovely|obvious))(?!\p{L})/iu.test(
    question,
  );

function whole(source: string): RegExp {
  return new RegExp(String.raw`(?<!\p{L})(?:${source})(?!\p{L})`, 'iu');
}

/** A person's wish to know, with what is asked. */
const wondering: readonly RegExp[] = [
  // «Одного не пойму: кто…», «Так и не поняла, какой…», «Интересно, сколько…»
  new RegExp(
    String.raw`(?<!\p{L})(?:(?:так\s+и|никак|одного|всё\s+равно)\s+не\s+(?:понял[аи]?|пойму|понимаю|знаю|разобрал(?:ся|ась|ись)|узнал[аи]?)|не\s+могу\s+(?:понять|вспомнить|сообразить)|хотел(?:ось)?(?:\s+бы)?\s+(?:бы\s+)?(?:понять|знать|узнать|выяснить|уточнить)|хотела\s+бы\s+(?:понять|знать|узнать)|интересно(?:\s+(?:бы\s+)?(?:знать|узнать))?|понятия\s+не\s+имею|без\s+понятия|не\s+в\s+курсе|вопрос(?:\s+только)?\s+(?:в\s+том|такой|один))\s*[,:—–]+\s+${ruAsked}`,
    'iu',
  ),
  // "Still not sure which…", "I wonder whether…", "I have no idea who…"
  new RegExp(
    String.raw`(?:^|(?<!\p{L})(?:I|I(?:'|’)m|we|we(?:'|’)re)\s+)(?:just\s+|also\s+)?(?:still\s+)?(?:not\s+(?:sure|certain|clear)|no\s+(?:idea|clue)|unsure|wondering|wonder|have\s+no\s+(?:idea|clue)|can(?:'|’)t\s+(?:get\s+my\s+head\s+(?:a)?round|work\s+out|make\s+out|figure\s+out)|haven(?:'|’)t\s+(?:a\s+clue|worked\s+out|found\s+out|figured\s+out))(?:\s+(?:about|on|yet|as\s+to|of))*\s+${enAsked}`,
    'iu',
  ),
  // "What I'd still like to know is how…", "One thing I can't get my head round is who…"
  new RegExp(
    String.raw`(?<!\p{L})(?:I(?:'|’)d|I\s+would|we(?:'|’)d|we\s+would)\s+(?:still\s+|really\s+|also\s+)*(?:like|love|want)\s+to\s+(?:know|understand|find\s+out|hear)\s+(?:is\s+)?${enAsked}|(?<!\p{L})(?:(?:can(?:'|’)t|cannot|don(?:'|’)t)\s+(?:\p{L}+\s+){1,5}?|(?:bothers|worries|puzzles)\s+(?:me|us)\s+)is\s+${enAsked}`,
    'iu',
  ),
];
const wonderingFor = rulesByScript(wondering, pattern => pattern);
export const wonders = (text: string): boolean => wonderingFor(text).some(pattern => pattern.test(text));

/** «Не понимаю, почему…», "I'm not sure how…": one person's ignorance, which the next one may end. */
const ignorance =
  /(?<!\p{L})(?:не\s+(?:знаю|понимаю|пойму|уверен[а]?)|I\s+(?:(?:really|still|honestly)\s+)?(?:do\s+not|don(?:'|’)t|can(?:'|’)t|cannot)\s+(?:know|understand|tell|see)|I(?:'|’)m\s+(?:still\s+)?not\s+(?:sure|certain))(?!\p{L})/iu;

export const isOwnIgnorance = (text: string): boolean => ignorance.test(text) || wonders(text);

/** Whether a statement says that something is not known or not settled, and what. */
export function isUnsettled(text: string): boolean {
  return !/\?["»”)]*$/u.test(text) && (rulesFor(text).some(rule => rule.test(text)) || lacksAnswer(text));
}
