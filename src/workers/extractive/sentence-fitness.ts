import { isChatter } from './chatter.ts';
import { readableText } from './readable-text.ts';
import type { Segment } from '../../shared/domain/snapshot.ts';

/** What is asked of a sentence before it may stand alone in a summary. */
export interface FitnessInput {
  readonly text: string;
  readonly words: readonly string[];
  /** Words that are neither stop words nor fillers. */
  readonly contentCount: number;
  /** Said in a talk, rather than written. */
  readonly isTalk: boolean;
  readonly kind: Segment['kind'];
}

/** Fewer content words make no statement («Это так.»); an utterance is shorter than written prose. */
const MIN_CONTENT = { prose: 4, talk: 3 } as const;
/** Longer sentences are lists or lost punctuation; nobody reads them in a summary. */
const MAX_LENGTH = 600;
/** Above this share of digits and signs the line is a table row, a formula or a bibliography. */
const MIN_LETTER_SHARE = 0.55;

/** What publishers and messengers put around the text, whatever stands beside it. */
const noise: readonly RegExp[] = [
  /подписывайтесь|подпишитесь|подписаться на (?:рассылку|канал|нас)|читайте также|все права защищены|при копировании материал|перейти к (?:содержанию|оглавлению)|нажмите (?:здесь|сюда)|(?:файлы|используем) куки/iu,
  /subscribe (?:to|now|here)|sign up (?:for|to) (?:our|the|my)|click here|all rights reserved|(?:uses?|accept) cookies|share this (?:article|post|story|page)|follow us|our newsletter|photo credit|terms of (?:use|service)|privacy policy/iu,
  /https?:\/\/\S+\s*$|\bdoi\b|\bISBN\b|\bISSN\b|©|\bURL:|дата обращения/iu,
  /^(?:рис(?:унок)?|табл(?:ица)?|схема|fig(?:ure)?|table|listing)\.?\s*\d/iu,
  /^(?:см\.|see also|(?:photos?|фото|источник|source):)/iu,
];

/** Where, when and by whom a report was filed, on a line of its own: «МОСКВА, 5 ноя — РИА Новости.», "By Jane Doe", "Updated: 10:20". */
const filing: readonly RegExp[] = [
  /^\p{Lu}{3,}[\p{Lu}\s-]*,\s[^.!?]{0,30}[—–-]\s*(?:РИА Новости|ТАСС|Интерфакс|Reuters|AP|AFP)[^.!?]{0,20}\.?$/u,
  /^By\s+(?:\p{Lu}[\p{L}.'’-]+(?:,?\s+(?:and\s+)?|\.?$)){1,5}$/u,
  /^By\s+\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3}(?:,\s[^.!?]{0,40})?(?:,\s|\s[·|—–-]\s|\s\()[^.!?]*(?:\d{4}|min(?:utes?)?\s+read)[^!?]{0,40}$/u,
  // «Лекция 4 курса «Как учиться», прочитанная…», "Lecture 4 of the course …, given by …": which lecture it is, and no word of it.
  /^(?:lecture|lesson|seminar|class|talk|session)\s+(?:no\.?\s*)?(?:\d+|[IVX]+)\s+(?:of|in|from)\s+(?:the|a|our|his|her)\s+(?:course|series|cycle|class|seminar)(?!\p{L})[^!?]*(?:(?:given|delivered|held|taught|read|presented)\s+(?:by|on|at|in)|,\s+\d|\d{4}|["”])[^!?]*$/iu,
  /^(?:лекция|урок|семинар|занятие|доклад)\s+(?:№\s*)?(?:\d+|[IVX]+)\s+(?:из\s+)?(?:курса|цикла|серии|семинара)(?!\p{L})[^!?]*(?:прочита\p{L}+|прочёл|прочел|прочла|чита(?:ет|л|ла)|проведён\p{L}*|лектор|преподаватель|,\s+\d|\d{4}|»)[^!?]*$/iu,
  /^(?:Читает|Лектор|Преподаватель|Докладчик|Lecturer|Speaker|Instructor|(?:Given|Delivered|Taught)\s+by)\s*:?\s+(?:\p{Lu}[\p{L}.’'-]*\.?\s?){2,4}(?:,[^.!?]*\d{4}[^.!?]*)?\.?$/u,
  /^(?:published|updated|last updated|опубликовано|обновлено|автор(?: текста)?|фото)\s*[:|]/iu,
];

/** Buttons and labels: ordinary words inside a sentence («бюджет на рекламу»), noise at the head of a line with little else. */
const labels =
  /^(?:поделиться|подписаться|подписка|реклама|комментарии|share|subscribe|sign up|read more|advertisement|sponsored|newsletter|comments)(?![\p{L}])/iu;
/** Up to so many content words a line that begins with a label is only a label. */
const MAX_LABEL_CONTENT = 5;

/** Openings and courtesies of a talk; the whole utterance says no more. */
const courtesies =
  /^(?:(?:всем |ещё раз |еще раз )?(?:привет|здравствуйте|добрый (?:день|вечер)|доброе утро|спасибо|пока|до (?:встречи|свидания|завтра|связи)|хорошего|поехали|начн[её]м|давайте нач|меня (?:слышно|видно)|слышно меня|вы меня слышите|коллеги,? (?:привет|добр|здрав))|(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you|welcome|bye|goodbye|see you|talk (?:to you )?(?:later|soon)|have a (?:nice|good|great)|can you (?:all )?hear me|let'?s (?:get )?start|shall we (?:start|begin)|take care|nice to))(?![\p{L}])/iu;
/** Whether the line opens with a greeting, thanks or a farewell. */
export const isCourtesy = (text: string): boolean => courtesies.test(text);
/** Beyond this many content words an utterance that begins with a greeting says something after it. */
const MAX_COURTESY_CONTENT = 6;

/** «Вопрос открытый, вернёмся на следующей неделе.», "If the repair comes this week, yes.": what it is about, another one said. */
const answersOnly =
  /^(?:пока\s+)?(?:это\s+|этот\s+)?вопрос\s+(?:пока\s+|ещё\s+|остаётся\s+)?открыт|^(?:давай(?:те)?\s+)?(?:верн[её]мся|обсудим|решим)\s+(?:к\s+этому|к\s+нему|это|потом|позже|на\s+следующ)|^(?:let(?:'|’)?s|we(?:'|’)?ll|we\s+will)\s+(?:come|get)\s+back\s+to\s+(?:it|this|that)|,\s+(?:yes|no|да|нет)[.!]$/iu;

/** Talk about the talk itself in a lecture or an article: it announces and says nothing. */
const announcements =
  /^(?:(?:итак,? )?(?:сегодня |теперь |далее |сейчас )?(?:мы )?(?:поговорим|рассмотрим|обсудим|разберём|разберем|перейд[её]м|вернёмся|вернемся|начнём|начнем)|в (?:этой|данной) (?:статье|лекции|главе|работе)|(?:in this (?:article|lecture|chapter|post|section|guide)|today,? (?:we|i)|let(?:'|’)?s (?:talk|look|start|begin|move)|let us (?:now )?(?:turn|look|consider)|now,? (?:let|we)|we (?:will|shall) (?:now )?(?:discuss|look|talk|see|cover)))(?![\p{L}])/iu;

/** The same in speech, where a greeting and the name of the lecture may stand before it and the whole is no longer than a sentence. */
const spokenAnnouncements: readonly RegExp[] = [
  /^(?:сегодня|итак)?,?\s*у\s+нас\s+(?:сегодня\s+)?(?:\p{L}+\s+){0,3}(?:лекция|урок|занятие|семинар|тема|выпуск)(?!\p{L})/iu,
  /^(?:в\s+)?прошлый\s+раз\s+мы\s|^на\s+(?:прошлой|этой|сегодняшней|следующей)\s+(?:лекции|паре|встрече)\s+(?:мы\s|будем)|^(?:к|на)\s+следующ(?:ему|ей|ий|ую)\s+(?:раз[ау]?|лекции|занятию|неделю)(?!\p{L})/iu,
  /^welcome\s+(?:back|to\s+(?:the|our|my|this)\s)|^(?:today|this)\s+is\s+(?:lecture|lesson|class|session|episode)(?!\p{L})/iu,
  /^last\s+(?:week|time|lecture|class),?\s+(?:you\s+remember,?\s+)?we\s|^for\s+next\s+(?:week|time|class|lecture),?\s+(?:please\s+)?\p{L}+/iu,
];

/** «Можем, но…», "We can, but then…": an answer whose question another sentence asks; «Можно, конечно, …» is none. */
const shortAnswers =
  /^(?:(?:we|you|they|he|she|it|I)\s+(?:can|could|do|did|does|is|are|was|were|will|would|might|may|have|has)(?:n['’]t|\s+not)?|(?:мы\s+|я\s+)?(?:можно|можем|могу|может|нельзя|будем|буду)),\s(?![^,]{1,30},)/iu;

/** «От пяти вещей: от дождя…», "From three sources: …": the rest of a question, without a verb before the colon. */
const answersByCase = /^(?:от|из|для|без|о|об|у|через|after|from|of|for|by|with)\s+(?:\p{L}+\s+){0,3}\p{L}+:\s+(?![«"“])/iu;

/** Whether the sentence is a whole statement that can be read on its own. */
export function isFitForSummary({ text, words, contentCount, isTalk, kind }: FitnessInput): boolean {
  if (contentCount < (isTalk ? MIN_CONTENT.talk : MIN_CONTENT.prose)) return false;
  if (text.length > MAX_LENGTH) return false;
  if (/[:;,]$/u.test(text)) return false;
  if (/[?]["»”')\]]*$/u.test(text)) return false;
  if (kind === 'paragraph' && !isTalk && !/[.!?…]["»”'’)\]\d]*$/u.test(text) && words.length < 12) return false;
  if ((text.match(/[\p{L}\s]/gu)?.length ?? 0) < text.length * MIN_LETTER_SHARE) return false;
  if (
    noise.some(pattern => pattern.test(text)) ||
    filing.some(pattern => pattern.test(text)) ||
    (contentCount <= MAX_LABEL_CONTENT && labels.test(text))
  )
    return false;
  if (isTalk && contentCount <= MAX_COURTESY_CONTENT && isCourtesy(text)) return false;
  if (isTalk && answersOnly.test(text)) return false;
  if (!isTalk && announcements.test(text)) return false;
  const said = readableText(text);
  if (shortAnswers.test(said) || answersByCase.test(said) || spokenAnnouncements.some(pattern => pattern.test(said))) return false;
  if (isChatter(text)) return false;
  return hasBalancedMarks(text);
}

/** A quotation or bracket opened here and closed in the next sentence would be read as cut off. */
function hasBalancedMarks(text: string): boolean {
  return (
    count(text, /[«]/gu) === count(text, /[»]/gu) &&
    count(text, /[“]/gu) === count(text, /[”]/gu) &&
    count(text, /\(/gu) === count(text, /\)/gu) &&
    count(text, /"/gu) % 2 === 0
  );
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Begins with a pronoun or a link to the sentence before it, and so cannot be understood without it. */
const leansBack =
  /^(?:[—–-]\s*)?(?:(?:он|она|оно|они|его|её|ее|их|ему|ей|им|это|этот|эта|эти|этого|этим|этой|этому|такой|такая|такое|такие|там|тогда|поэтому|потому|так|таким образом|однако|но|а|и|или|тем не менее|при этом|кроме того|также|затем|потом|после этого|отсюда|причём|причем|зато|впрочем|наконец|следовательно|значит|например|во-вторых|в-третьих|с другой стороны|напротив|наоборот|тот|та|те|первый|второй|последн\p{L}+|друг(?:ой|ая|ое|ие)|оба|обе|здесь)|(?:he|she|it|they|his|her|its|their|this|that|these|those|such|there|then|so|but|and|or|however|therefore|thus|hence|moreover|furthermore|besides|also|still|yet|nevertheless|meanwhile|instead|otherwise|similarly|likewise|finally|for example|for instance|in contrast|on the other hand|as a result|both|another|others|one|here|who|which))(?![\p{L}])/iu;

/** Whether a sentence leans on the one before it. */
export const leansOnPrevious = (text: string): boolean => leansBack.test(text);

/**
 * Begins with a pronoun, perhaps after a conjunction, a preposition or who said so («Об этом…», «У них…», «По словам врача, именно они…»,
 * «По его словам…»), and so tells of something named before; «в этом году» does not.
 */
const pointing =
  /^(?:[—–-]\s*)?(?:(?:и|а|но|and|but|so|yet|or),?\s+)?(?:(?:по\s+(?:словам|данным|мнению)|according\s+to)\s[^,]{1,80},\s+)?(?:именно\s+)?(?:по\s+(?:его|её|ее|их)\s+(?:словам|данным|мнению)|(?:(?:об?|при|после|на|в|для|из|к|с|со|от|до|за|по|у|без|над|под|перед|среди|между)\s+(?:этом|этого|этому|этим|это|этой|эти|этих|них|нём|нем|неё|нее|него|нему|ней|ним|ними|того|тех)|он|она|оно|они|его|её|ее|их|ему|ей|им|ими|этот|эта|эти|это|этого|этой|этим|этому|тот|та|те|оба|обе|там|здесь)|(?:(?:in|with|after|for|by|of|from|on|at|to|behind|among|between|despite)\s+(?:this|that|these|those|it|them|him|her)|he|she|it|they|his|her|its|their|him|them|this|these|those|that|both|such))(?![\p{L}-])(?!\s+(?:год|месяц|недел|лет|раз[\s,]|год|year|month|week|summer|winter|spring|autumn))/iu;

/** Whether a sentence cannot be understood without the one before it. */
export const pointsBack = (text: string): boolean => pointing.test(text);
