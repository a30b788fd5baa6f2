import type { DetailLevel } from '../../shared/domain/synopsis.ts';
import { detailCounts } from './detail-counts.ts';
import { findDue } from './find-due.ts';
import { dativeOrderIn } from './given-task.ts';
import { toldKey } from './near-repeats.ts';
import { isPlanOfAll } from './plans-of-all.ts';
import { oncePerSentence } from './once-per-sentence.ts';
import type { Prepared, PreparedSource, Sentence } from './prepare-sources.ts';
import { isOfficial, isResolution } from './resolutions.ts';
import { isProposal, isVerdict } from './verdict-of-a-talk.ts';

/** Words that state a decision; the heavier, the surer. `\b` knows no Cyrillic, hence the look-arounds. */
const cues: readonly (readonly [weight: number, pattern: RegExp])[] = [
  [
    3,
    phrase(
      String.raw`(?:мы )?(?:решили|порешили|решено|решило|постановили|постановило|утвердило|одобрило|приняло решение|договорились|условились|сошлись на|остановились на|утвердили|утверждено|утверждаем|одобрили|одобрено|согласовали|согласовано|приняли решение|принято решение|принимаем решение|единогласно|фиксируем|фиксирую)`,
    ),
  ],
  [3, /^(?:итого|решение|решили|резюме|вывод|договор[её]нность)\s*[:—-]/iu],
  [
    2,
    phrase(
      String.raw`(?:тогда|значит|итак|в итоге|хорошо,|ладно,|ок,|окей,|всё,)\s[^.?]{0,40}?(?:переносим|переходим|берём|берем|оставляем|отказываемся|делаем|запускаем|выбираем|откладываем|убираем|закрываем|покупаем|начинаем|используем|отменяем|меняем|собираемся|встречаемся|едем)`,
    ),
  ],
  [
    2,
    phrase(
      String.raw`(?:переносим|отказываемся от|откладываем|выбираем|выбрали|отменяем|бер[её]м(?! на себя)|отказались|покупаем|расширяем|сокращаем|сужаем|увеличиваем|так и (?:сделаем|поступим|решим|запишем)|переходим на|оставляем|запускаем(?:ся)?|собираемся в|встречаемся в|едем (?:в|на))`,
    ),
  ],
  // «Стороны согласились решать споры в арбитраже.»
  [3, phrase(String.raw`(?:стороны|участники|члены|все)\s+согласились`)],
  // «Ставим его на первую полосу.», «Нет, колонку снимаем.»: what all of those who speak are going to do, in a short sentence.
  [
    2,
    /^(?:(?:нет|да|хорошо|ладно|отлично|всё|итак|значит)[,.]\s+)?(?:(?!мы\s|как\s|что\s|где\s|когда\s|если\s)\p{L}+\s+){0,2}(?:ставим|снимаем|печатаем|закрываем|убираем|нанимаем|добавляем|исключаем|сохраняем|арендуем|заказываем|повышаем|снижаем|продлеваем|объединяем|заменяем)(?!\p{L})/iu,
  ],
  [2, phrase(String.raw`реши(?:л|ла)`)],
  [
    2,
    /^(?:(?:ок|окей|хорошо|ладно|отлично|всё|ну|да|супер)[,.!]?\s+)*(?:тогда|значит|итак|в итоге),?\s+(?:мы\s+)?(?!всем(?!\p{L})|тем(?!\p{L})|совсем|можем|сможем|хотим|видим|имеем|знаем|понимаем|думаем|будем|успеем)\p{Ll}+(?:ем|им|ём|емся|имся|ёмся)(?!\p{L})/iu,
  ],
  [
    3,
    phrase(
      String.raw`(?:we|they|we(?:'|’)ve|they(?:'|’)ve|board|committee|council|team|everyone|management|directors|trustees|parties|members|residents)(?:\s+(?:have|has|all|unanimously|finally|then|also))*\s+(?:decided|agreed|approved|resolved|settled on|voted|chose|opted|concluded that we)`,
    ),
  ],
  [
    3,
    phrase(
      String.raw`(?:it (?:was|is) (?:decided|agreed)|agreed (?:that|on)|decided (?:to|that|on|against|we)|decision is|final decision|(?:that|it)(?:'|’)s (?:settled|decided|agreed)|motion (?:was |is )?(?:carried|passed|approved)|unanimously)`,
    ),
  ],
  [3, /^(?:decision|decided|agreed|resolved|resolution|conclusion)\s*[:—-]/iu],
  [
    2,
    phrase(
      String.raw`(?:(?:so|then|ok|okay|fine|right|alright|great)[,.]?\s+)?(?:let(?:'|’)?s\s+(?:go with|stick (?:with|to)|postpone|move it|do it|settle|drop|keep|cancel|meet|make it|use|push|skip)|we(?:'|’)?(?:ll| will| are| re)\s+(?:go(?:ing)? with|stick(?:ing)? (?:with|to)|postpon(?:e|ing)|drop(?:ping)?|switch(?:ing)? to|mov(?:e|ing) to|keep(?:ing)?|cancel(?:l?ing)?|us(?:e|ing)))|we(?:'|’)re (?:not )?(?:moving|taking|buying|hiring|shipping|launching|replacing|closing|renting|leaving|doing)`,
    ),
  ],
  [
    2,
    /^(?:(?:okay|ok|so|good|excellent|fine|right|alright)[,.]?\s+)?then,?\s+let(?:'|’)?s\s+(?!see|vote|decide|hear|continue|go\s+on|wait|think|hope|start|begin|talk|look|discuss|ask|say|move on)\p{Ll}+/iu,
  ],
  [
    2,
    /^(?:(?:okay|ok|so|good|excellent|fine|right|alright)[,.]?\s+)?then\s+we\s+(?!can|could|should|might|may|need|have|had|were|was|are|do)\p{Ll}+/iu,
  ],
];

/** "Let's decide: we go with…", «Давайте решим: переносим…»: the colon ends the deliberation. */
const decidesAloud =
  /^(?:(?:okay|ok|so|good|fine|right|alright|хорошо|ок|ладно|итак|тогда)[,.]?\s+)*(?:let(?:'|’)?s\s+decide|давайте(?:\s+так)?\s+(?:и\s+)?решим)\s*[:—–-]\s*\S+\s+\S+/iu;
/** "Agreed, we'll shut down…": assent, and then what all of us do. */
const agreesOnDeed =
  /^(?:(?:okay|ok|good|fine|right|alright|great|yes)[,.]?\s+)*(?:agreed|settled|deal|it(?:'|’)s\s+a\s+deal)[,.:;!—–-]+\s*(?:so\s+|then\s+)?(?:we(?:'|’)(?:ll|re)|we\s+(?:will|are|go|keep|move|use|take|start|stop|drop|switch|ship|launch|cancel|postpone|hire|buy))(?!\p{L})/iu;
/** «Договорились?», "Agreed?": what stands before it is put to all. */
const putToAll =
  /^(?:(?:ну|значит|итак|так|все|всё|so|then|all)[,.]?\s+)*(?:договорились|решено|согласны|принято|принимаем|agreed|deal|all agreed|do we agree)\s*\?$/iu;
const assent =
  /^(?:да|ага|угу|договорились|согласны|согласен|согласна|конечно|решено|принято|ок|окей|хорошо|yes|yeah|yep|sure|agreed|ok|okay|deal|fine)(?!\p{L})/iu;

/** Not decided yet, or decided by nobody here. */
const undecided = phrase(
  String.raw`(?:не (?:решили|решено|договорились|утвердили|определились)|ещё не|еще не|пока не|надо (?:бы )?решить|нужно (?:бы )?решить|если (?:мы )?реш|чтобы решить|может(?: быть)?,|предлагаю|давайте реш|not (?:yet )?(?:decided|agreed)|haven(?:'|’)?t (?:decided|agreed)|(?:decided|agreed) last time|but I think|в прошлый раз|hasn(?:'|’)?t|need to decide|have to decide|should decide|undecided|if we|until we|maybe|what if|could we|propose|suggest)`,
);

/** What makes a sentence a proposal leaves it undecided until somebody assents. */
const proposal = /(?<!\p{L})(?:предлагаю|suggest|propose|what if|may?be|might|давайте реш\p{L}*)(?!\p{L})/iu;

/** «Договорились, разошлю анкету на этой неделе.»: somebody agrees and promises; the promise stands among the tasks. */
const agreesAndPromises =
  /^(?:договорились|решено|принято|согласовано|agreed|deal)[,.!]\s+(?:я\s+|I(?:'|’)ll\s|I\s+will\s|(?:\p{Ll}+\s+){0,2}?\p{Ll}{3,}(?:шлю|жу|шу|чу|лю|аю|яю|ую|ею|ню|рю|ду|гу|му|сь)(?!\p{L}))/iu;
/** «Тогда всем спасибо, до завтра!» */
const farewell =
  /(?<!\p{L})(?:всем\s+спасибо|спасибо\s+всем|до\s+(?:завтра|встречи|свидания|понедельника|связи)\s*[.!]*$|thanks,?\s+(?:all|everyone|everybody)|see\s+you)(?!\p{L})/iu;

/** «Когда инженеры решили вернуть старую версию, …»: a story dates something by a decision and does not state it. */
const toldInPassing =
  /(?<!\p{L})(?:когда|как только|после того,? как|прежде чем|when|once|after|before)\s[^,.;]{0,60}?(?:решили|решено|договорились|условились|утвердили|одобрили|согласовали|decided|agreed|approved|resolved|voted|chose|opted)(?!\p{L})/iu;

/** «Городские власти решили построить…», "Grace Fryer decided to sue…": an article tells what others once decided. */
const ofSomebody =
  /\p{L}[\s,]+(?:решили|порешили|договорились|условились|сошлись\s+на|остановились\s+на|утвердили|одобрили|согласовали|приняли\s+решение|decided\s+(?:to|that|on|against)|agreed\s+(?:that|on)|(?:they|everyone)\s+(?:\p{Ll}+\s+)?(?:decided|agreed|chose|opted|resolved))(?!\p{L})/iu;
/** Who decides in minutes, and how minutes say it. */
const ofMeeting =
  /(?<!\p{L})(?:мы|собрани\p{L}|заседани\p{L}|совещани\p{L}|встреч[аеу]|комисси\p{L}|комитет|совет|правлени\p{L}|руководств\p{L}|дирекци\p{L}|администраци\p{L}|коллеги\p{L}|жюри|участник\p{L}|команд[аеы]|сторон[аы]|также|в\s+итоге|единогласно|we|board|committee|council|team|members|participants|management|directors|trustees|parties|residents|meeting|group|also|unanimously|it\s+(?:was|is|has\s+been)|(?:was|were|been)\s+(?:decided|agreed))(?!\p{L})/iu;

/** A cue word alone in a narrative («он решил уйти») is no decision of a meeting; surer words are. */
const MIN_WEIGHT = { talk: 2, prose: 3 } as const;
/** «Решено: ремонтируем терминал.»; fewer only when each says something: «Берём фуршет.» */
const MIN_WORDS = 3;
/** A farewell with more content words than this says something besides. */
const MAX_FAREWELL_CONTENT = 3;

function phrase(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}])(?:${source})(?![\p{L}])`, 'iu');
}

/** Sentences that state what was decided, in reading order. */
export function decisionSentences(prepared: Prepared, detail: DetailLevel): Sentence[] {
  const found: { sentence: Sentence; weight: number }[] = [];
  const seen = new Set<string>();
  for (const sentence of prepared.sentences) {
    const source = prepared.sources[sentence.source];
    const isDialogue = source?.isDialogue === true;
    const isSettled = isDialogue ? isDecidedTogether(prepared, sentence) : source !== undefined && isSettledIn(source, sentence);
    const weight = Math.max(decisionWeight(sentence, isDialogue), isSettled ? 3 : 0);
    if (weight === 0) continue;
    const key = toldKey(sentence);
    if (seen.has(key) || dativeOrderIn(sentence.text) !== null) continue;
    seen.add(key);
    found.push({ sentence, weight: weight + (prepared.scores[sentence.index] ?? 0) });
  }
  return found
    .filter(({ sentence }) => !isProposal(sentence.text) || !found.some(other => isSettlementOf(other.sentence, sentence)))
    .sort((a, b) => b.weight - a.weight || a.sentence.index - b.sentence.index)
    .slice(0, detailCounts.decisions[detail])
    .map(({ sentence }) => sentence)
    .sort((a, b) => a.index - b.index);
}

/** Sentences within which what was proposed is settled in other words. */
const SETTLED_WITHIN = 5;

/** «Предлагаю перенести релиз. – Согласна. – Решили: переносим релиз.»: the decision is told once. */
function isSettlementOf(later: Sentence, proposal: Sentence): boolean {
  const isSoon = later.source === proposal.source && later.index > proposal.index && later.index - proposal.index <= SETTLED_WITHIN;
  return isSoon && later.stems.some(stem => proposal.stems.includes(stem));
}

/** «Экспорт в релиз не входит. Договорились? — Да.»: somebody states it, asks for assent and gets it. */
function isAssentedTo({ sentences }: Prepared, { index, source, block, text, words }: Sentence): boolean {
  const question = sentences[index + 1];
  const reply = sentences[index + 2];
  if (question === undefined || reply === undefined || question.source !== source || reply.source !== source) return false;
  if (text.endsWith('?') || words.length < MIN_WORDS || question.block !== block || reply.block === block) return false;
  return putToAll.test(question.text) && assent.test(reply.text);
}

/** What the talk settles beside the cues that weigh in the ranking, too. */
function isDecidedTogether(prepared: Prepared, sentence: Sentence): boolean {
  if (sentence.topic !== null || sentence.kind === 'heading') return false;
  if (!undecided.test(sentence.text.replace(proposal, '')) && !farewell.test(sentence.text) && isVerdict(prepared, sentence)) return true;
  if (sentence.text.endsWith('?')) return false;
  return isPlan(sentence) || decidesAloud.test(sentence.text) || agreesOnDeed.test(sentence.text) || isAssentedTo(prepared, sentence);
}

/** What a paper of those who decide says was settled, among its prose. */
function isSettledIn(source: PreparedSource, { text, kind, topic, words }: Sentence): boolean {
  if (kind === 'heading' || kind === 'code' || kind === 'table' || topic !== null || words.length < MIN_WORDS) return false;
  return !toldInPassing.test(text) && isResolution(text) && isOfficial(source);
}

/** What all are going to do; with a day until when («Ремонт закончим к пятнадцатому») it is the task of whoever says it. */
function isPlan({ text, kind, words }: Sentence): boolean {
  if (kind === 'heading' || kind === 'code' || kind === 'table' || words.length < MIN_WORDS) return false;
  if (undecided.test(text) || agreesAndPromises.test(text) || farewell.test(text)) return false;
  return isPlanOfAll(text) && !/^(?:к|до|не\s|by|before|until)(?!\p{L})/iu.test(findDue(text) ?? '');
}

const weightInTalk = oncePerSentence(sentence => weightOf(sentence, true));
const weightInProse = oncePerSentence(sentence => weightOf(sentence, false));

/** 0 for no decision. */
export const decisionWeight = (sentence: Sentence, isDialogue: boolean): number =>
  isDialogue ? weightInTalk(sentence) : weightInProse(sentence);

function weightOf({ text, kind, topic, words, stems }: Sentence, isDialogue: boolean): number {
  if (kind === 'heading' || kind === 'code' || kind === 'table' || text.endsWith('?')) return 0;
  if (topic === 'decisions') return words.length >= 2 && !text.endsWith(':') ? 4 : 0;
  if (topic === 'tasks' || topic === 'questions' || topic === 'noise') return 0;
  if ((words.length < MIN_WORDS && stems.length < 2) || undecided.test(text)) return 0;
  if (isDialogue && (agreesAndPromises.test(text) || (farewell.test(text) && stems.length <= MAX_FAREWELL_CONTENT))) return 0;
  if (!isDialogue && (toldInPassing.test(text) || (ofSomebody.test(text) && !ofMeeting.test(text)))) return 0;
  const weight = Math.max(0, ...cues.map(([value, pattern]) => (pattern.test(text) ? value : 0)));
  return weight >= (isDialogue ? MIN_WEIGHT.talk : MIN_WEIGHT.prose) ? weight : 0;
}
