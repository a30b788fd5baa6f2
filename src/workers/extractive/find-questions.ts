import type { DetailLevel } from '../../shared/domain/synopsis.ts';
import { detailCounts } from './detail-counts.ts';
import { isNearRepeat } from './near-repeats.ts';
import { oncePerSentence } from './once-per-sentence.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { lacksAnswer } from './indirect-question.ts';
import { isOwnIgnorance, isRhetorical, isUnsettled, wonders } from './unsettled.ts';

/** Statements that something is not settled. */
const unresolved =
  /(?<!\p{L})(?:(?:так и|пока|ещё|еще|до сих пор) не (?:ясно|выясни\p{L}+|выяснен\p{L}*|установлен\p{L}*|определен\p{L}*|изучен\p{L}*|найден\p{L}*|поняли|узнали)|(?:объяснить|ответить|понять)(?: \p{L}+)?(?: пока| ещё| еще)? не (?:могут|может|удалось|удаётся|смогли)|открытым оста\p{L}+|(?:кто|что|где|когда|как|сколько|почему|\p{L}+ ли)(?!\p{L})[^.?!]*,? (?:не сказано|не указано|не оговорено|не прописано)|вопрос (?:о|об|обо|с|по) [^.?!]{3,60} (?:отложен\p{L}*|отложили|перенес[её]н\p{L}*|оста[её]тся|остался)|(?:does not|doesn(?:'|’)t|do not) say (?:who|what|when|where|how|why|whether)|(?:is|are|was|has|have) not (?:yet )?(?:been )?(?:yet )?(?:understood|established|explained|determined|resolved)|пока (?:что )?(?:неясно|не ясно|неизвестно|непонятно|не понятно|не решили|не решено|не знаем|открыт)|(?:ещё|еще) (?:неясно|не ясно|неизвестно|непонятно|не решили|не решено|предстоит выяснить)|оста[её]тся (?:открытым|неясным|неизвестным|загадкой|вопрос)|открытый вопрос|(?:вопрос|это) (?:пока |ещё |еще )?(?:остаётся |остается )?открыт(?:ым|о)?|нет (?:однозначного |окончательного |ясного )?ответа|до сих пор (?:неясно|не ясно|неизвестно|спорят|не найден)|(?:спорят|идут споры|неясно|неизвестно) (?:об этом )?до сих пор|учёные спорят|ученые спорят|неясно|непонятно,|надо (?:ещё |еще )?(?:выяснить|решить|понять)|нужно (?:ещё |еще )?(?:выяснить|решить|понять)|вернёмся к (?:этому|вопросу)|вернемся к (?:этому|вопросу)|(?:обсудим|решим|определимся|договоримся) (?:позже|потом|отдельно)|(?:is|are|remains?) (?:still )?(?:unclear|unknown|unresolved|an open question|open to debate|to be (?:seen|decided|determined))|open questions?|still (?:don(?:'|’)t|do not) know|no (?:clear |definitive )?answer|not (?:yet )?(?:clear|decided|known|settled)|we (?:haven(?:'|’)t|have not) (?:yet )?(?:decided|agreed|figured|settled)|TBD|(?:is|are|(?:that|this|it)(?:'|’)s) still (?:open|unclear|undecided)|remains? open|(?:discuss|decide|settle) (?:\p{L}+\s+){0,3}later|remains to be|need to (?:decide|figure out|find out|clarify)|(?:still|continue to) (?:debate|argue|disagree|dispute)|nobody knows|no one knows)(?!\p{L})/iu;
/** A reply that leaves the question open. */
const noAnswer =
  /(?<!\p{L})(?:не знаю|не помню|не уверен\p{L}*|понятия не имею|пока (?:не|нет)|уточню|узнаю|выясню|спрошу|надо (?:узнать|уточнить|спросить|подумать|посмотреть|проверить)|нужно (?:узнать|уточнить|спросить|подумать|проверить)|посмотрим|хороший вопрос|без понятия|не в курсе|(?:так сразу )?не скажу|не могу сказать|не сказали|не говорили|не готов[аы]? (?:сказать|ответить)|отложим|отложу|надо созвониться|кто (?:его|её|их) знает|бог знает|бог его знает|ума не приложу|поживём|сам[аи]? (?:бы )?(?:не знаю|хочу знать|хотел|гадаю)|пусть (?:решает|решат)|насколько (?:я )?(?:знаю|помню),? нет|сложно сказать|трудно сказать|подумаю|вернёмся|вернемся|решим (?:потом|позже)|not sure|not a clue|no clue|haven(?:'|’)t a clue|(?:not|no) (?:as|so) far as I know|beats me|couldn(?:'|’)t (?:tell|say)|can(?:'|’)t (?:say|tell)|wish I knew|who knows|anyone(?:'|’)s guess|nobody(?:'|’)s (?:told|said|asked)|no(?: |-)?one(?:'|’)s (?:told|said|asked)|hasn(?:'|’)t said|sleep on it|ask me (?:again|later)|too early to (?:say|tell)|to be (?:confirmed|decided)|remains to be seen|wait and see|leave (?:that|it) (?:for|until)|park (?:that|it)|don(?:'|’)t know|no idea|good question|hard to say|let me (?:check|find|ask|think)|i(?:'|’)ll (?:check|find out|ask|look|have to check)|have to (?:check|ask|see)|need to (?:check|ask|think)|still (?:open|unclear|undecided)|depends|we(?:'|’)ll see|haven(?:'|’)t (?:decided|heard)|come back to)(?!\p{L})/iu;
/** «Нет, вам положена гостиница.»: a reply that begins so answers. */
const yesOrNo = /^(?:да|нет|конечно|угу|ага|разумеется|yes|no|yeah|yep|nope|sure|of course)(?!\p{L})/iu;
/** "Good point, that is still open.": says of the question before it that it is open, and nothing that can be read without it. */
const pointsAtQuestion =
  /^(?:\p{L}+(?:\s\p{L}+)?,\s+)?(?:это|вопрос|that|this|it)(?:(?:'|’)s|\s+(?:is|пока|ещё|еще|остаётся|остается))?\s+(?:still\s+|пока\s+|ещё\s+|еще\s+)?(?:open|unclear|undecided|открыт\p{L}*)\s*[.!]?$/iu;
/** «Вопрос остаётся открытым.», "The answer is unknown.": says that something is open and not what. */
const bare =
  /^(?:(?:и|а|но|but|and),?\s+)?(?:(?:этот|сам|this|the|that)\s+)?(?:вопрос|ответ|это|question|answer|matter|issue|it|this|that)(?:'s|’s)?\s+(?:(?:на\s+(?:него|это|этот\s+вопрос)|пока|ещё|еще|до\s+сих\s+пор|так\s+и|still|to\s+this\s+day|is|remains?)\s+){0,3}(?:оста[её]тся\s+|остался\s+)?(?:открыт\p{L}*|неизвест\p{L}+|неясн\p{L}+|не\s+(?:решён|решен|найден)\p{L}*|нет|(?:being\s+)?(?:debated|disputed|discussed|argued\s+over)|open|unclear|unknown|unanswered|unresolved|undecided|unsettled)(?:\s+(?:до\s+сих\s+пор|по\s+сей\s+день|to\s+this\s+day|today))?\s*[.!…]?$/iu;
/** «Следует ли…?», "Should the city…?": put to those who decide; asked of a reader for effect it is answered at once. */
const deliberates =
  /^(?:(?:а|и|но|and|but|so)\s+)?(?:(?:следует|стоит|нужно|надо|должн\p{L}+|можно)\s+ли|кто\s+(?:будет|возьм|оплат|отвеча|заплат)\p{L}*|should|who\s+(?:will|pays|is going to))(?!\p{L})/iu;
const courtesy =
  /(?<!\p{L})(?:как дела|как жизнь|как вы(?:ходные)?\?|как прошл|что нового|меня слышно|слышно|все (?:на месте|здесь)|начн[её]м|how are you|how(?:'|’)s (?:it|everything|life)|what(?:'|’)s up|can you hear|how was|are you there|everyone here|shall we start|ready\?|any questions|any objections|all in favou?r|кто за(?!\p{L})|возражени|(?:есть )?вопросы\?|правда\?|да\?|right\?|really\?|okay\?|ок\?|согласны\?|ты (?:дома|здесь|тут|свобод\p{L}+)|are you (?:free|home|busy)|хорошо\?|понятно\?)/iu;

const MIN_QUESTION_WORDS = 4;
/** How far after a question its answer is looked for: what comes later answers something else. */
const ANSWER_WINDOW = 3;
/** A question with no more words, put in reply to a question, suggests an answer. */
const MAX_SUGGESTION_WORDS = 3;
/** A reply with so many content words answers; what its speaker leaves open after that is another matter. */
const MIN_ANSWER_CONTENT = 4;

export interface OpenQuestion {
  /** The question, or the statement that something is open. */
  readonly sentence: Sentence;
  /** What says that the question is open, where it follows at once («Вопрос остаётся открытым.»). */
  readonly statement: Sentence | null;
}

/** Questions the sources leave open, in reading order. */
export function openQuestions(prepared: Prepared, detail: DetailLevel): OpenQuestion[] {
  const found: { question: OpenQuestion; weight: number }[] = [];
  const told = new Set<number>();
  for (const sentence of prepared.sentences) {
    if (told.has(sentence.index)) continue;
    const statement = statementAfter(prepared, sentence);
    const weight = statement === null ? openness(prepared, sentence) : STATED;
    if (weight === 0) continue;
    if (statement !== null) told.add(statement.index);
    found.push({ question: { sentence, statement }, weight });
  }
  const chosen: OpenQuestion[] = [];
  for (const { question } of found.sort((a, b) => b.weight - a.weight || a.question.sentence.index - b.question.sentence.index)) {
    if (chosen.length >= detailCounts.questions[detail]) break;
    if (!chosen.some(other => isNearRepeat(other.sentence, question.sentence))) chosen.push(question);
  }
  return chosen.sort((a, b) => a.sentence.index - b.sentence.index);
}

/** Weight of a question that the text itself calls open. */
const STATED = 3;

/**
 * What says in prose that this sentence is open: after a question any such statement («Почему? Историки спорят до сих пор.»), after
 * another sentence a bare one, which cannot be read without it; null for most sentences.
 */
function statementAfter({ sentences, sources }: Prepared, { index, source, block, kind, topic, text, words }: Sentence): Sentence | null {
  const next = sentences[index + 1];
  if (next === undefined || next.source !== source || next.block !== block || sources[source]?.isDialogue === true) return null;
  if (kind === 'heading' || kind === 'code' || kind === 'table' || topic === 'noise' || words.length < 2 || asks(next.text)) return null;
  return (asks(text) ? leavesOpen(next) || bare.test(next.text) : bare.test(next.text)) ? next : null;
}

function openness(prepared: Prepared, sentence: Sentence): number {
  const { text, kind, topic, words } = sentence;
  if (kind === 'heading' || kind === 'code' || kind === 'table' || topic === 'noise') return 0;
  if (topic === 'questions') return words.length >= 2 && !text.endsWith(':') ? 4 : 0;
  if (words.length < MIN_QUESTION_WORDS) return 0;
  const isQuestion = asks(text);
  const isTalk = prepared.sources[sentence.source]?.isDialogue === true;
  if (!isQuestion && isOwnIgnorance(text) && (isTalk ? isAnsweredNext(prepared, sentence) : !lacksAnswer(text))) return 0;
  if (!isQuestion && isTalk && wonders(text)) return answersQuestion(prepared, sentence) ? 0 : 2;
  if (!isQuestion && bare.test(text) && sentence.speaker === null) return 0;
  if (!isQuestion) return leavesOpen(sentence) && !(pointsAtQuestion.test(text) && followsQuestion(prepared, sentence)) ? 3 : 0;
  if (courtesy.test(text) || isRhetorical(text)) return 0;
  if (unresolved.test(text)) return 3;
  return isTalk ? opennessInTalk(prepared, sentence) : deliberates.test(text) && isLastOfPart(prepared, sentence) ? 2 : 0;
}

/** Whether the next to speak says enough to be an answer. */
function isAnsweredNext({ sentences }: Prepared, { index, source, block }: Sentence): boolean {
  const reply = sentences.slice(index + 1).find(next => next.source !== source || next.block !== block);
  return reply !== undefined && reply.source === source && reply.stems.length >= MIN_ANSWER_CONTENT && !noAnswer.test(reply.text);
}

const leavesOpen = oncePerSentence(({ text }) => unresolved.test(text) || isUnsettled(text));

const asks = (text: string): boolean => /\?["»”)]*$/u.test(text);

/** Whether another speaker asks something within the sentences before; that question is then the open one. */
function followsQuestion({ sentences }: Prepared, { index, source, speaker }: Sentence): boolean {
  return sentences
    .slice(Math.max(0, index - ANSWER_WINDOW), index)
    .some(before => before.source === source && before.speaker !== speaker && asks(before.text));
}

/** «Понятия не имею, кто»: said to the question just before, which is then the open one. */
function answersQuestion({ sentences }: Prepared, { index, source, speaker }: Sentence): boolean {
  const before = sentences[index - 1];
  return before !== undefined && before.source === source && before.speaker !== speaker && asks(before.text);
}

/** Whether no prose follows before the next heading: the text goes on without answering. */
function isLastOfPart({ sentences }: Prepared, { index, source }: Sentence): boolean {
  const next = sentences.slice(index + 1).find(({ kind }) => kind !== 'table' && kind !== 'code');
  return next === undefined || next.source !== source || next.kind === 'heading';
}

/** Open when the reply says so, or when nobody but the asker speaks before the next question or the end. */
function opennessInTalk(prepared: Prepared, question: Sentence): number {
  let replies = 0;
  for (let offset = 1; offset <= ANSWER_WINDOW; offset += 1) {
    const next = prepared.sentences[question.index + offset];
    if (next === undefined || next.source !== question.source) break;
    // What is asked in the same breath is answered with it.
    if (next.speaker === question.speaker && next.block === question.block) continue;
    if (next.speaker === question.speaker) break;
    // After a reply the next question has replies of its own: «Не знаю» is said to that.
    if (replies > 0 && asks(next.text)) break;
    if (noAnswer.test(next.text) || leavesOpen(next)) return 2;
    if (replies === 0 && yesOrNo.test(next.text)) return 0;
    if (next.block !== question.block && next.stems.length >= MIN_ANSWER_CONTENT) return 0;
    // "Dinner out?": a suggestion answers what was asked.
    if (asks(next.text) && replies === 0 && (next.speaker === question.speaker || next.words.length > MAX_SUGGESTION_WORDS)) break;
    replies += 1;
  }
  return replies === 0 ? 1 : 0;
}
