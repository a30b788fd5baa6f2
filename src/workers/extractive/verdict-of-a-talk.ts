import type { Prepared, Sentence } from './prepare-sources.ts';
import { findDue } from './find-due.ts';

/**
 * What ends a deliberation in so few words that it can be read only after it: «Значит, три года.», "Train then.", "Cans it is.",
 * "Sundays are off the table." A word that concludes and a word of what was weighed up make one; a word on what becomes of a thing does alone.
 */

/** «Значит», «ну всё», "then", "in that case": the speaker concludes. */
const ruConcludes = String.raw`(?:значит|стало\s+быть|выходит|итак|тогда|решено|(?:ну\s+)?всё|ладно|итого|в\s+общем|короче|получается|договорились|согласовано|давай(?:те)?\s+тогда|тогда\s+давай(?:те)?)`;
const enConcludes = String.raw`(?:then|in\s+that\s+case|right\s+then|okay\s+then|ok\s+then|so\s+then|that\s+settles\s+it|settled|decided|agreed|deal|done)`;
const assent = String.raw`(?:(?:да|нет|ну|ок|окей|хорошо|отлично|супер|идёт|ok(?:ay)?|so|right|alright|all\s+right|fine|good|great|yes|no|well|and)[,.!:;]?\s+)*`;

/** What was weighed up, and the word that concludes, before it or behind it. */
const chooses: readonly RegExp[] = [
  new RegExp(String.raw`^${assent}${ruConcludes}\s*[,:—–-]?\s+(?<choice>[^.;!?]{2,60})[.!]?$`, 'iu'),
  new RegExp(String.raw`^${assent}(?<choice>[^.;!?,]{2,50}),?\s+(?:значит|решено|тогда|и\s+точка|и\s+всё)[.!]?$`, 'iu'),
  new RegExp(
    String.raw`^${assent}${enConcludes}[,:—–-]?\s+(?:it(?:'|’)s\s+|it\s+is\s+|we(?:'|’)re\s+(?:on|for)\s+)?(?<choice>[^.;!?]{2,60})[.!]?$`,
    'iu',
  ),
  new RegExp(String.raw`^${assent}(?<choice>[^.;!?]{2,40}?)\s+it\s+is(?:,?\s+then)?(?:,\s[^.;!?]{2,30})?[.!]?$`, 'iu'),
  new RegExp(
    String.raw`^${assent}(?:(?:it(?:'|’)s|it\s+is|we(?:'|’)ll\s+say|make\s+it|let(?:'|’)s\s+say)\s+)?(?<choice>[^.;!?,]{2,40}),?\s+then[.!]?$`,
    'iu',
  ),
];
/** A choice names a thing; with a person or a verb of thought before a verb it says what follows from something. */
const isInference =
  /^(?:\p{Ll}{2,}(?:шу|жу|чу|щу|лю|аю|яю|ую|ею|ню|рю|ду|гу|сь)(?!\p{L})|работаем|начн\p{L}+|начинаем|продолж\p{L}+|посмотрим|увидим|ждём|подумаем|знаем|будем|он[аио]?|я|ты|вы|кто|что|как|почему|где|не\s+знаю|надо|нужно|можно|можем|пусть|спасибо|пока|до\s|всем|это|так|потом|давай\p{L}*|придётся|I|you|he|she|they|we|there|what|who|why|how|when|where|see|talk|thanks|until|by|since|back|okay|ok|right|well|fine|good|bye|just|even|now|only|every|it|that|this|maybe|perhaps|let)(?!\p{L})|\p{L}+(?:л|ла|ло|ли|лся|лась|лись)(?!\p{L})|(?<!\p{L})(?:кажется|наверное|может|видимо|если|was|were|had|did|would|could|might|should|must|have|has)(?!\p{L})/iu;
/** Sentences before a verdict among which its matter is weighed up. */
const DELIBERATION = 8;
const MAX_VERDICT_WORDS = 8;

/** What becomes of a thing, which ends the talk of it whatever was said before. */
const ruFate = String.raw`(?:уходит|уходят|отпадает|отпадают|вычёркиваем|выбывает|переезжает|побеждает|отменяется|отменяются|переносится|переносятся|откладывается|снимается|снимаются|закрывается|закрыт[аоы]?|оста[её]тся|остаются|выигрывает|исключается|сокращается)`;
const enFate = String.raw`(?:(?:is|are|(?:'|’)s|(?:'|’)re)\s+(?:off\s+the\s+(?:table|list|menu|agenda)|out\s+of\s+the\s+(?:question|running)|off|on|out|gone|scrapped|confirmed|settled|final|approved|dropped|cancelled|canceled|postponed|going\s+(?:out|ahead|in|away))|goes\s+ahead|wins|stays?\s+(?:as\s+(?:it\s+is|is|planned)|put|the\s+same|where\s+it\s+is)|gets?\s+the\s+(?:job|contract|order|vote))`;
const settlesFate: readonly RegExp[] = [
  // "That's a no to the karaoke.", «Так, караоке не будет.», "Right, so no karaoke."
  new RegExp(
    String.raw`^${assent}(?:that(?:'|’)s|it(?:'|’)s)\s+a\s+(?:yes|no|go)(?!\p{L})|^${assent}(?<=so\s+)no\s+[^.;!?]{3,40}[.!]?$`,
    'iu',
  ),
  new RegExp(String.raw`^${assent}(?:(?:так|${ruConcludes})\s*[,:—–-]?\s+)[^.;!?]{3,40}\s+не\s+будет[.!]?$`, 'iu'),
  new RegExp(
    String.raw`^${assent}(?:${ruConcludes}\s*[,:—–-]?\s+)(?!(?:он[аио]?|я|ты|вы|это)\s)(?:[\p{L}«»"\d-]+\s+){1,5}?${ruFate}(?:\s+[^.;!?]{2,40})?[.!]?$`,
    'iu',
  ),
  new RegExp(
    String.raw`^${assent}(?!(?:he|she|I|you|they|what|who|there|it|that|this|nobody|everyone)(?!\p{L}))(?:[\p{L}’'\d-]+\s+){1,5}?${enFate}(?:,\s[^.;!?]{2,30}|\s+then)?[.!]?$`,
    'iu',
  ),
  // "We're in.", «Всё, участвуем.», «Берём.»: a yes or a no of all, after a question.
  new RegExp(String.raw`^${assent}we(?:'|’)re\s+(?:in|out|on|doing\s+it|going(?:\s+ahead)?|not\s+going|taking\s+it)[.!]?$`, 'iu'),
  new RegExp(
    String.raw`^${assent}(?:${ruConcludes}\s*[,:—–-]?\s+)(?:не\s+)?(?!знаем|будем|думаем|подумаем|понимаем|видим|увидим|посмотрим|решим|обсудим|ждём|подожд[её]м|начина?[её]м|начн[её]м|заканчиваем|закончим|продолж\p{L}+|работаем|ид[её]м|пойд[её]м|прощаемся|расходимся|поехали)\p{Ll}+(?:ем|[её]м|им)[.!]?$`,
    'iu',
  ),
];

/** What a group has done with a matter: it picked, ruled out, called off. */
const enHasSettled =
  /(?<!\p{L})we(?:(?:'|’)ve|\s+have)\s+(?:all\s+|now\s+|also\s+|just\s+|finally\s+|therefore\s+|already\s+)*(?:picked|chosen|settled|ruled\s+out|dropped|scrapped|cancelled|canceled|made\s+up\s+our\s+minds?|signed\s+off|opted|gone\s+(?:with|for)|voted|turned\s+down|given\s+up\s+on|called\s+off|pushed\s+back|put\s+off|ditched|plumped|landed\s+on|come\s+down|decided|agreed|approved|rejected)(?!\p{L})/iu;
/** "We go with the matte label.", "We leave on Thursday night.": the present of a plan, with what is chosen or a day. */
const enGoesWith =
  /^(?:(?:ok(?:ay)?|so|then|right|fine|good|great|yes|no|and|well)[,.]?\s+)*we\s+(?:go\s+(?:with|for|ahead)|stick\s+(?:with|to)|stay\s+with|settle\s+(?:on|for)|opt\s+for|do\s+without|skip|drop|call\s+off)(?!\p{L})/iu;
const enPresentPlan =
  /^(?:(?:ok(?:ay)?|so|then|right|fine|good|great|yes|no|and|well)[,.]?\s+)*we\s+(?:leave|meet|start|move|launch|ship|close|open|begin|stop|switch|travel|go|set\s+off|pay|split)\s/iu;
const usual = /(?<!\p{L})(?:every|always|usually|normally|often|sometimes|if|when|unless|each|until\s+now)(?!\p{L})/iu;
/** «План такой: …», "Final answer: …": what follows is settled. */
const announces =
  /^(?:(?:ok(?:ay)?|so|right|ну|итак|всё|в\s+общем),?\s+)*(?:(?:so\s+)?the\s+plan\s+is|final\s+(?:answer|decision|plan)|план\s+такой|окончательно|итоговое\s+решение|финальное\s+решение)\s*[:,—–-]?\s+\S+/iu;
/** "OK let's do the second one.": what is proposed after assent has had it. */
const enLetUs =
  /^(?:(?:ok(?:ay)?|right|fine|alright|all\s+right|good|great|yes|done)[,.]?\s+)+(?:so\s+|then\s+)?let(?:'|’)s\s+(?!see|start|begin|talk|look|think|hear|go\s+(?:on|through|around)|move\s+on|come\s+back|discuss|wait|hope|be\s|say|continue|get\s|face|not\s+forget|check|ask|find|turn|take\s+(?:a|stock)|hold\s+on|pause|recap|quickly)\p{Ll}+/iu;
/** «Остановились на втором варианте», «сошлись на среде»: without a subject, as those who were there tell it. */
const ruHasSettled =
  /^(?:(?:ну|итак|всё|в\s+итоге|в\s+общем|короче|тогда|значит|ок|хорошо|и),?\s+)*(?:(?:мы|все)\s+)?(?:определились|остановились\s+на|сошлись\s+на|выбор\s+(?:за|пал\s+на|сделан)|отказались\s+от|проголосовали\s+(?:за|против)|(?:едино)?гласно\s+(?:за|против)|большинство\s+за)(?!\p{L})/iu;

/** "We're doing it on resonance, agreed?", "Let's meet at six.", «Предлагаю среду.»: put to the others. */
const tag = /,?\s+(?:agreed|deal|okay|ok|right|yes|all\s+right|договорились|согласны|решено|идёт|так|да|хорошо|ок)\s*\?$/iu;
const proposes =
  /^(?:(?:ok(?:ay)?|so|then|right|well|and|ну|тогда|может|а)[,.]?\s+)*(?:let(?:'|’)s\s+(?!see|start|begin|talk|look|think|hear|go\s+on|move\s+on|come\s+back|discuss|wait|hope|be\s|say\s+hello|continue|get\s+(?:started|going)|face|not\s+forget|leave\s+(?:it|that)|check|ask|find)|shall\s+we\s|how\s+about\s|what\s+if\s+we\s|I\s+(?:suggest|propose|vote)\s|my\s+(?:suggestion|proposal)\s+is\s|предлагаю\s+(?!обсудить|начать|подумать|перейти|вернуться|послушать)|давай(?:те)?\s+(?!начн|посмотр|обсуд|подума|верн|реш|по\s+порядку|послуша|о\s|про\s|дальше|я\s)\p{L}+)/iu;
/** Assent that means it: «по рукам», "deal"; an "ok" may be of courtesy. */
const firmAssent =
  /^(?:(?:да|ну|ок|ok(?:ay)?|yes|yeah)[,.!]?\s+)?(?:договорились|по\s+рукам|решено|идёт|согласн[аы]|согласен|поддерживаю|принято|принимается|годится|я\s+за|мы\s+за|возражений\s+нет|не\s+возражаю|отличная\s+(?:идея|мысль)|agreed|deal|done|settled|seconded|sounds\s+good|works\s+for\s+(?:me|us)|fine\s+(?:by|with)\s+(?:me|us)|good\s+idea|I(?:'|’)m\s+(?:in|for\s+it)|no\s+objections?|suits\s+me|perfect)(?!\p{L})/iu;

/** Whether a sentence puts something to the others; what they settle on soon after, in words of its own, stands in its place. */
export const isProposal = (text: string): boolean => proposes.test(text) || tag.test(text);

/** Whether a sentence of a talk ends what was weighed up before it. */
export function isVerdict(prepared: Prepared, sentence: Sentence): boolean {
  const { text, words } = sentence;
  if (text.endsWith('?')) return isTagged(prepared, sentence);
  if (announces.test(text) || enLetUs.test(text) || enHasSettled.test(text) || ruHasSettled.test(text)) return true;
  if (!usual.test(text) && (enGoesWith.test(text) || (enPresentPlan.test(text) && findDue(text) !== null))) return true;
  if (words.length > MAX_VERDICT_WORDS) return isTakenUp(prepared, sentence);
  return settlesFate.some(pattern => pattern.test(text)) || isChoice(prepared, sentence) || isTakenUp(prepared, sentence);
}

/** Whether it concludes with something that was spoken of shortly before. */
function isChoice({ sentences }: Prepared, { index, source, text, stems }: Sentence): boolean {
  const choice = chooses.map(pattern => pattern.exec(text)?.groups?.choice).find(found => found !== undefined);
  if (choice === undefined || isInference.test(choice.trim())) return false;
  const weighed = sentences.slice(Math.max(0, index - DELIBERATION), index).filter(before => before.source === source);
  return weighed.some(before => before.stems.some(stem => stems.includes(stem)));
}

const replyTo = ({ sentences }: Prepared, { index, source, speaker }: Sentence): Sentence | null => {
  const reply = sentences[index + 1];
  return reply !== undefined && reply.source === source && reply.speaker !== null && reply.speaker !== speaker ? reply : null;
};

/** "We're doing it on resonance, agreed?" – "Agreed." */
function isTagged(prepared: Prepared, sentence: Sentence): boolean {
  const reply = replyTo(prepared, sentence);
  return (
    tag.test(sentence.text) &&
    /\s(?:(?:we|let)(?:'|’)\p{L}+|we|мы)\s|\p{L}(?:ем|[её]м|им)[\s,]/iu.test(` ${sentence.text}`) &&
    reply !== null &&
    firmAssent.test(reply.text)
  );
}

/** "Let's meet at six." – "Works for me.": a proposal that the next to speak takes up. */
function isTakenUp(prepared: Prepared, sentence: Sentence): boolean {
  const reply = replyTo(prepared, sentence);
  return (
    proposes.test(sentence.text) &&
    sentence.stems.length > 0 &&
    reply !== null &&
    firmAssent.test(reply.text) &&
    !/(?<!\p{L})(?:but|только|но)(?!\p{L})/iu.test(reply.text)
  );
}
