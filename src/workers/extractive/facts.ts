import type { DetailLevel } from '../../shared/domain/synopsis.ts';
import { foldText, wordSpansOf, wordsOf } from '../../shared/domain/words.ts';
import { dateLabel } from './date-label.ts';
import { dayKey } from './day-key.ts';
import { detailCounts, timelineLength } from './detail-counts.ts';
import { eventDates } from './event-dates.ts';
import { findDates, type FoundDate } from './find-dates.ts';
import { decisionWeight } from './find-decisions.ts';
import { askedTerm } from './asked-term.ts';
import { findDefinition, type FoundDefinition } from './find-definition.ts';
import { findFigures } from './find-figures.ts';
import { isNearRepeat, toldKey } from './near-repeats.ts';
import { oncePerSentence } from './once-per-sentence.ts';
import { type DatedSentence, inOrderOfTime } from './order-of-time.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { shortForm } from './short-form.ts';
import { languageOfWord, stem, stemText } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { nominativeOf } from './term-form.ts';

/** Facts are looked for in whole sentences only; a longer one holds its fact where nobody finds it. */
const MAX_FACT_LENGTH = 700;
/** A dateline («Заречье, 3 октября.») tells no event: so many content words beside the date, or one of them with who does it. */
const MIN_EVENT_WORDS = 2;
const ofUs = /^(?:we|мы|I|я)\s/iu;
/** "Will we make the deadline on 30 June?": a deadline and its day. */
const MIN_DEADLINE_WORDS = 2;
/** "PORT HARLOW, Nov. 4.": a place and a date; nothing but names, signs and the date. */
const dateline = /^[\p{Lu}\d][\p{L}’'-]*(?:[ ,.]+[\p{Lu}\d][\p{L}’'-]*)*[ ,.]*$/u;
/** «Предлагаю 17 мая, за неделю.», "How about March 3?": what somebody in a talk would like and nobody has agreed to yet. */
const proposal =
  /(?<!\p{L})(?:предлагаю|предложу|может(?:\s+быть)?,|давай(?:те)?(?!\s+решим)|а\s+если|что\s+если|хорошо\s+бы|лучше|можно(?:\s+было)?\s+бы|хотелось\s+бы|мне\s+(?:не)?удобно|я\s+(?:бы|за|против)|думаю|how\s+about|what\s+about|what\s+if|could\s+we|can\s+we|maybe|perhaps|I(?:'|’)d|I\s+(?:suggest|propose|think|would)|would\s+(?:be|suit)|suits?\s+me)(?!\p{L})/iu;
/** «Я считаю, что 20 марта мы не успеем», "I doubt we make March 20": what somebody thinks of a day, which tells no event. */
const opinion =
  /(?<!\p{L})(?:(?:я\s+)?(?:считаю|полагаю|боюсь|сомневаюсь|надеюсь)|по-моему|(?:мне|нам)\s+кажется|(?:вряд|едва)\s+ли|не\s+успе(?:ем|ваем|ю|ваю)|I\s+(?:believe|think|doubt|guess|hope|fear|feel|reckon)|I(?:'|’)m\s+(?:afraid|not\s+sure)|in\s+my\s+(?:opinion|view)|we\s+(?:won(?:'|’)t|cannot|can(?:'|’)t)\s+(?:make|manage|finish))(?!\p{L})/iu;
/** A proposal with fewer content words besides its date is chatter about the date. */
const MIN_PROPOSAL_WORDS = 4;
/** A definition weighs by how often the text comes back to its term, up to this many times. */
const MAX_MENTIONS = 12;
/** Below this the sentence only looks like a definition. */
const MIN_DEFINITION = 0.75;

/** A term after «The » or a quotation mark still begins its sentence. */
const MAX_ARTICLE_LENGTH = 4;

export interface TermEntry {
  readonly sentence: Sentence;
  readonly term: string;
  readonly definition: FoundDefinition;
  /** What the sentence names by its name, where it stands in the one before it. */
  readonly before: Sentence | null;
}
export interface TimelineEntry {
  readonly sentence: Sentence;
  readonly when: string;
  readonly date: string | null;
  /** Where the date stands in the sentence: UTF-16 offsets into its text. */
  readonly start: number;
  readonly end: number;
}
export interface FigureEntry {
  readonly sentence: Sentence;
  readonly figure: string;
  /** Where the figure stands in the sentence: UTF-16 offsets into its text. */
  readonly start: number;
  readonly end: number;
}
export interface SelfCheckEntry {
  readonly sentence: Sentence;
  readonly question: string;
}

/** Terms the sources define, most used ones first when there are too many, in reading order. */
export function termEntries(prepared: Prepared, detail: DetailLevel): TermEntry[] {
  const mentions = mentionCounts(prepared);
  const best = new Map<string, { entry: TermEntry; weight: number }>();
  for (const sentence of factSentences(prepared)) {
    const definition = definitionIn(sentence, prepared);
    if (definition === null || isSpeech(prepared, sentence)) continue;
    const before = definition.namesPrevious ? sentenceBefore(prepared, sentence) : null;
    if (definition.namesPrevious && before === null) continue;
    const key = stemText(definition.term, sentence.language);
    const count = Math.min(MAX_MENTIONS, ...key.split(' ').flatMap(stem => mentions.get(stem) ?? []));
    const weight = definition.confidence * (0.6 + 0.25 * Math.log2(1 + count));
    if (weight < MIN_DEFINITION) continue;
    const known = best.get(key);
    if (known === undefined || known.weight < weight)
      best.set(key, { entry: { sentence, term: definition.term, definition, before }, weight });
  }
  return strongest([...best.values()], detailCounts.terms[detail]).map(entry => ({ ...entry, term: dictionaryForm(prepared, entry) }));
}

const definitionIn = oncePerSentence((sentence, prepared: Prepared) => {
  const asked = sentenceBefore(prepared, sentence);
  return (asked === null ? null : askedTerm(asked.text, sentence.text)) ?? findDefinition(sentence.text);
});

/** The sentence before it in its paragraph, of the same speaker. */
function sentenceBefore({ sentences }: Prepared, { index, source, block, speaker }: Sentence): Sentence | null {
  const before = sentences[index - 1];
  return before !== undefined && before.source === source && before.block === block && before.speaker === speaker ? before : null;
}

/**
 * «Фотосинтезом называют…»: the nominative where its ending or the source tells it, else the form the source writes most often,
 * of equals that of the definition.
 */
function dictionaryForm(prepared: Prepared, { sentence, term, definition }: TermEntry): string {
  if (!definition.isOblique || sentence.language !== 'ru') return term;
  const own = prepared.sentences.filter(({ source }) => source === sentence.source);
  const written = new Set(own.flatMap(({ words }) => words));
  return nominativeOf(term, word => written.has(word)) ?? mostFrequentForm(own, term);
}

function mostFrequentForm(sentences: readonly Sentence[], term: string): string {
  const wanted = wordsOf(term).map(word => stem(word, languageOfWord(word)));
  const first = wordsOf(term).join(' ');
  const counts = new Map<string, { count: number; text: string }>();
  for (const { words, text } of sentences) {
    for (let at = 0; at + wanted.length <= words.length; at += 1) {
      const form = words.slice(at, at + wanted.length);
      if (!form.every((word, offset) => stem(word, languageOfWord(word)) === wanted[offset])) continue;
      const spans = wordSpansOf(text).slice(at, at + wanted.length);
      const key = form.join(' ');
      const known = counts.get(key);
      counts.set(key, { count: (known?.count ?? 0) + 1, text: known?.text ?? text.slice(spans[0]?.start, spans.at(-1)?.end) });
    }
  }
  const ownCount = counts.get(first)?.count ?? 0;
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
  return best !== undefined && best.count > ownCount ? best.text : term;
}

/** Dated events in the order they happened; those whose year nothing tells come last. */
export function timelineEntries(prepared: Prepared, detail: DetailLevel): TimelineEntry[] {
  const found: { entry: DatedSentence; weight: number }[] = [];
  for (const sentence of withoutRepeats(factSentences(prepared))) {
    const events = eventDates(sentence.text);
    const dates = mostExact(events.map(({ date }) => date));
    const [first] = dates;
    if (first === undefined || (sentence.text.endsWith('?') && !asksOfDeadline(prepared, sentence))) continue;
    if (tellsTooLittle(sentence, first)) continue;
    if (dateline.test(withoutSpan(sentence.text, first))) continue;
    dates.forEach((date, rank) => {
      const cost = (events.find(event => event.date === date)?.cost ?? 0) + (rank === 0 ? 0 : SECOND_DATE_COST);
      const weight = (date.key === null ? 0.5 : 1) + (prepared.scores[sentence.index] ?? 0) - cost;
      found.push({ entry: { sentence, found: date }, weight });
    });
  }
  const isSameEvent = (a: DatedSentence, b: DatedSentence): boolean =>
    a.sentence !== b.sentence && dayOf(a.found) === dayOf(b.found) && isNearRepeat(a.sentence, b.sentence);
  return inOrderOfTime(
    prepared,
    strongest(withoutChatter(prepared, found), timelineLength(prepared.sentences.length, detail), isSameEvent),
  ).map(({ sentence, found: { when, start, end }, date }) => ({ sentence, when: dateLabel(when), date, start, end }));
}

/** A date and hardly anything besides. */
function tellsTooLittle({ text, stems }: Sentence, { when }: FoundDate): boolean {
  if (text.endsWith('?')) return stems.length < MIN_DEADLINE_WORDS;
  const dateWords = wordsOf(when).filter(word => !stopWords.ru.has(word) && !stopWords.en.has(word)).length;
  return stems.length - dateWords < (ofUs.test(text) ? 1 : MIN_EVENT_WORDS);
}

/** "Will we make the deadline on 30 June?": a question of a talk that names its term knows it. */
const deadline = /(?<!\p{L})(?:deadline|due|by\s+the|срок\p{L}*|дедлайн\p{L}*)(?!\p{L})/iu;
const asksOfDeadline = ({ sources }: Prepared, { source, text }: Sentence): boolean =>
  sources[source]?.isDialogue === true && deadline.test(text);

const dayOf = ({ date, when }: FoundDate): string => date ?? dayKey(when);

const withoutSpan = (text: string, { start, end }: FoundDate): string => text.slice(0, start) + text.slice(end);

/** Drops opinions about a date, and proposals of a talk that say little but a date, or whose date another line of the same talk settles. */
function withoutChatter<F extends { readonly entry: DatedSentence }>(prepared: Prepared, found: readonly F[]): F[] {
  const isUndecided = ({ entry: { sentence } }: F): boolean =>
    prepared.sources[sentence.source]?.isDialogue === true && decisionWeight(sentence, true) === 0;
  const isOpinion = (one: F): boolean => opinion.test(one.entry.sentence.text) && isUndecided(one);
  const isProposal = (one: F): boolean => proposal.test(one.entry.sentence.text) && isUndecided(one);
  const keyOf = ({ entry: { sentence, found: one } }: F): string => `${sentence.source} ${dayOf(one)}`;
  const settled = new Set(found.filter(one => !isProposal(one)).map(keyOf));
  return found.filter(one => {
    if (isOpinion(one)) return false;
    if (!isProposal(one)) return true;
    const { sentence, found: date } = one.entry;
    return !settled.has(keyOf(one)) && sentence.stems.length - wordsOf(date.when).length >= MIN_PROPOSAL_WORDS;
  });
}

/** A sentence with more dates is a list of years, and one line tells it as well. */
const MAX_DATES = 3;
/** Where there are too many dates, those a sentence names besides its first go before whole sentences do. */
const SECOND_DATE_COST = 0.25;

/** A day before a month, a month before a year, and of equals the one named first; a year beside a day of it tells nothing more. */
function mostExact(dates: readonly FoundDate[]): FoundDate[] {
  const sorted = [...dates].sort((a, b) => (b.date?.length ?? 0) - (a.date?.length ?? 0) || a.start - b.start);
  const told: FoundDate[] = [];
  for (const one of sorted) {
    const isTold = told.some(
      ({ when, date, key }) =>
        dayKey(when) === dayKey(one.when) ||
        (one.date !== null && date?.startsWith(one.date) === true) ||
        (key !== null && key === one.key),
    );
    if (!isTold) told.push(one);
  }
  return told.length > MAX_DATES ? told.slice(0, 1) : told;
}

/** A sentence with more numbers is a row of a table, and two lines tell what it is about. */
const FIGURES_OF_SENTENCE = 2;
/** Where there are too many figures, the second ones of sentences go first. */
const SECOND_FIGURE_COST = 0.5;

/** Sentences with measured numbers, the two weightiest of each, in reading order. */
export function figureEntries(prepared: Prepared, detail: DetailLevel): FigureEntry[] {
  const found: { entry: FigureEntry; weight: number }[] = [];
  for (const sentence of withoutRepeats(factSentences(prepared))) {
    if (sentence.text.endsWith('?')) continue;
    const dates = findDates(sentence.text);
    const figures = findFigures(sentence.text)
      .filter(figure => dates.every(date => figure.end <= date.start || figure.start >= date.end))
      .sort((a, b) => b.weight - a.weight || a.start - b.start);
    const [first] = figures;
    const clauseOfFirst = first === undefined ? null : shortForm(sentence.text, first);
    figures.slice(0, FIGURES_OF_SENTENCE).forEach(({ start, end, weight }, rank) => {
      // Two lines with the same words would say nothing more than one.
      const clause = rank === 0 ? null : shortForm(sentence.text, { start, end });
      if (rank > 0 && (clause === null || clauseOfFirst === null || clause === clauseOfFirst)) return;
      const figure = sentence.text
        .slice(start, end)
        .replace(/\s+/gu, ' ')
        .trim()
        .replace(end === sentence.text.length ? /\.$/u : /$^/u, '');
      found.push({
        entry: { sentence, figure, start, end },
        weight: weight / 3 + (prepared.scores[sentence.index] ?? 0) - rank * SECOND_FIGURE_COST,
      });
    });
  }
  return strongest(found, detailCounts.figures[detail], (a, b) => a.figure === b.figure && isNearRepeat(a.sentence, b.sentence));
}

/** Questions about the defined terms whose form can be put into a question unchanged. */
export function selfCheckEntries(prepared: Prepared, detail: DetailLevel): SelfCheckEntry[] {
  return termEntries(prepared, 'full')
    .filter(({ definition }) => definition.isNominative)
    .slice(0, detailCounts.selfCheck[detail])
    .map(({ sentence, term, definition }) => ({
      sentence,
      question: questionAbout(term, sentence, definition, prepared.sources[sentence.source]?.snapshot.text ?? ''),
    }));
}

function questionAbout(term: string, sentence: Sentence, definition: FoundDefinition, sourceText: string): string {
  if (sentence.language === 'ru') return `Что такое ${inSentence(term, sentence.text, sourceText)}?`;
  const article = new RegExp(String.raw`^(an?|the)\s+${escaped(term)}`, 'iu').exec(sentence.text)?.[1]?.toLowerCase();
  return `What ${definition.isPlural ? 'are' : 'is'} ${article === undefined ? '' : `${article} `}${inSentence(term, sentence.text, sourceText)}?`;
}

/** A capital that only begins the sentence is lowered; that of a name or an acronym, capital inside other sentences too, stays. */
function inSentence(term: string, sentence: string, sourceText: string): string {
  const isFirst = foldText(sentence).indexOf(foldText(term)) <= MAX_ARTICLE_LENGTH;
  if (!isFirst || !/^\p{Lu}\p{Ll}/u.test(term) || /\s\p{Lu}/u.test(term)) return term;
  const first = term.split(' ')[0] ?? term;
  // «Долгота» is also the title of a book; elsewhere the text writes «долготу».
  const isName = standsInsideSentence(sourceText, first) && !sourceText.includes(` ${stem(first, languageOfWord(first))}`);
  return isName ? term : term.charAt(0).toLowerCase() + term.slice(1);
}

/** Whether the capitalised word also follows a small letter or a comma. */
function standsInsideSentence(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (/[\p{Ll}\d,][ \u00A0«"“]+$/u.test(text.slice(Math.max(0, at - 4), at)) && !/\p{L}/u.test(text.charAt(at + word.length)))
      return true;
  }
  return false;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

function factSentences(prepared: Prepared): Sentence[] {
  return prepared.sentences.filter(
    ({ kind, topic, text }) =>
      kind !== 'heading' && kind !== 'code' && kind !== 'table' && topic !== 'noise' && text.length <= MAX_FACT_LENGTH,
  );
}

/** In a talk «это — …» points at things on the table; definitions are taken from longer utterances only. */
const MIN_SPOKEN_DEFINITION = 6;

function isSpeech(prepared: Prepared, sentence: Sentence): boolean {
  return prepared.sources[sentence.source]?.isDialogue === true && sentence.words.length < MIN_SPOKEN_DEFINITION;
}

function mentionCounts(prepared: Prepared): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { stems } of prepared.sentences) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

/** The same sentence in two sources, or in two parts of one, is told once. */
function withoutRepeats(sentences: readonly Sentence[]): Sentence[] {
  const seen = new Set<string>();
  return sentences.filter(sentence => {
    const key = toldKey(sentence);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The weightiest so many in reading order; of those that say the same only the weightiest. */
function strongest<E extends { readonly sentence: Sentence }>(
  found: readonly { entry: E; weight: number }[],
  count: number,
  isSame: (a: E, b: E) => boolean = () => false,
): E[] {
  const chosen: E[] = [];
  for (const { entry } of [...found].sort((a, b) => b.weight - a.weight || a.entry.sentence.index - b.entry.sentence.index)) {
    if (chosen.length >= count) break;
    if (!chosen.some(other => isSame(entry, other))) chosen.push(entry);
  }
  return chosen.sort((a, b) => a.sentence.index - b.sentence.index);
}
