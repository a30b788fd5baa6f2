import type { DetailLevel, Section, SectionKind } from '../../shared/domain/synopsis.ts';
import { antecedentOf } from './antecedent.ts';
import { citeSentence } from './cite.ts';
import { decisionSentences } from './find-decisions.ts';
import { findTasks } from './find-tasks.ts';
import { openQuestions } from './find-questions.ts';
import { type FigureEntry, figureEntries, selfCheckEntries, termEntries, type TimelineEntry, timelineEntries } from './facts.ts';
import { summarySentences, thesisSentences } from './main-points.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { readableText } from './readable-text.ts';
import { shortForm, withoutTerm } from './short-form.ts';
import { asHeading } from './term-form.ts';

/** Names the rules a section was made by; it grows when their output changes. */
export const ENGINE_VERSION = '8';

export interface SectionOptions {
  readonly detail: DetailLevel;
  /** The sections of the synopsis in reading order; what one of them shows whole, those after it show in short. */
  readonly planned?: readonly SectionKind[];
}

/** Longest name, date, figure or term, by the schema of synopses. */
const MAX_TITLE = 200;

/** Makes one section. Pure and deterministic; every item quotes its source verbatim. */
export function makeSection(kind: SectionKind, prepared: Prepared, { detail, planned = [] }: SectionOptions): Section {
  const provenance = { kind: 'extractive', version: ENGINE_VERSION } as const;
  const base = (sentence: Sentence, number: number) => ({
    id: `${kind}-${number + 1}`,
    text: withSpeaker(sentence, kind),
    citations: [citeSentence(prepared, sentence)],
  });
  /** An item whose sentence speaks of the one before it stands with that, unless the item above ends with it. */
  const understood = (sentence: Sentence, number: number, above: Sentence | undefined, told = sentence.text) => {
    const item = { ...base(sentence, number), text: withSpeaker({ ...sentence, text: told }, kind) };
    const antecedent = told.startsWith('…') ? null : antecedentOf(prepared, sentence);
    if (antecedent === null || above?.index === antecedent.index || above?.index === sentence.index - 1) return item;
    const gap = sentence.index - antecedent.index > 1 ? ' …' : '';
    const joint = antecedent.speaker === sentence.speaker ? `${gap} ${readableText(told)}` : ` — ${item.text}`;
    const text = `${withSpeaker(antecedent, kind)}${joint}`;
    return { ...item, text, citations: [citeSentence(prepared, antecedent), ...item.citations] };
  };
  const shown = shownBefore(kind, planned, prepared, detail);
  const shortened = (
    entry: { readonly sentence: Sentence; readonly start: number; readonly end: number },
    number: number,
    isOneOfMany: boolean,
    above: Sentence | undefined,
  ) => {
    const short = isOneOfMany || shown.has(entry.sentence.index) ? shortForm(entry.sentence.text, entry) : null;
    return understood(entry.sentence, number, above, short ?? entry.sentence.text);
  };
  const plain = (sentences: readonly Sentence[]) => sentences.map((sentence, n) => understood(sentence, n, sentences[n - 1]));
  const done = <I>(items: I[]) => ({ items, emptyReason: items.length === 0 ? ('nothing_found' as const) : null, provenance });

  switch (kind) {
    case 'summary':
      return { kind, ...done(plain(summarySentences(prepared, detail)).map(item => ({ ...item, text: ended(item.text) }))) };
    case 'theses':
      return { kind, ...done(plain(thesisSentences(prepared, detail))) };
    case 'decisions':
      return { kind, ...done(plain(decisionSentences(prepared, detail))) };
    case 'questions':
      return {
        kind,
        ...done(
          openQuestions(prepared, detail).map(({ sentence, statement }, n) => {
            if (statement === null) return understood(sentence, n, undefined);
            const item = base(sentence, n);
            const citations = [...item.citations, citeSentence(prepared, statement)];
            return { ...item, text: `${item.text} ${readableText(statement.text)}`, citations };
          }),
        ),
      };
    case 'terms':
      return {
        kind,
        ...done(
          termEntries(prepared, detail).map(({ sentence, term, definition, before }, n) => {
            const item = base(sentence, n);
            const name = clip(definition.shortName === null ? asHeading(term) : `${asHeading(term)} (${definition.shortName})`);
            if (before === null) return { ...item, text: withoutTerm(item.text, definition), term: name };
            const citations = [citeSentence(prepared, before), ...item.citations];
            return { ...item, text: `${readableText(before.text)} ${item.text}`, citations, term: name };
          }),
        ),
      };
    case 'timeline':
      return {
        kind,
        ...done(
          inClauses(timelineEntries(prepared, detail)).map(({ entry, isOneOfMany }, n, all) => ({
            ...shortened(entry, n, isOneOfMany, all[n - 1]?.entry.sentence),
            when: clip(entry.when),
            date: entry.date,
          })),
        ),
      };
    case 'tasks':
      return {
        kind,
        ...done(
          findTasks(prepared, detail).map(({ sentence, who, due, acceptance, question }, n) => {
            const said = [question, sentence].filter(one => one !== null);
            const citations = [...said, acceptance].filter(one => one !== null).map(one => citeSentence(prepared, one));
            const text = said.map(one => readableText(one.text)).join(' — ');
            return { id: `${kind}-${n + 1}`, text, citations, who: clip(who), due: clip(due) };
          }),
        ),
      };
    case 'figures':
      return {
        kind,
        ...done(
          inClauses(figuresBeside(shown, figureEntries(prepared, detail))).map(({ entry, isOneOfMany }, n, all) => ({
            ...shortened(entry, n, isOneOfMany, all[n - 1]?.entry.sentence),
            figure: clip(entry.figure),
          })),
        ),
      };
    case 'selfCheck':
      return {
        kind,
        ...done(
          selfCheckEntries(prepared, detail).map(({ sentence, question }, n) => {
            const item = base(sentence, n);
            return { ...item, text: question, answer: item.text };
          }),
        ),
      };
    case 'contradictions':
      return { kind, items: [], emptyReason: 'needs_model', provenance };
  }
}

/** A sentence with several dates or figures stands at each of them with the clause that has it. */
function inClauses<E extends TimelineEntry | FigureEntry>(entries: readonly E[]): { readonly entry: E; readonly isOneOfMany: boolean }[] {
  const counts = new Map<number, number>();
  for (const { sentence } of entries) counts.set(sentence.index, (counts.get(sentence.index) ?? 0) + 1);
  return entries.map(entry => ({ entry, isOneOfMany: (counts.get(entry.sentence.index) ?? 0) > 1 }));
}

/** Sections that may repeat sentences of the ones before them, and those whose sentences stand whole. */
const wholeBefore: Readonly<Partial<Record<SectionKind, readonly SectionKind[]>>> = {
  timeline: ['summary', 'theses'],
  figures: ['summary', 'theses', 'timeline', 'decisions'],
};

/** Indexes of the sentences that earlier sections of the synopsis show. */
function shownBefore(kind: SectionKind, planned: readonly SectionKind[], prepared: Prepared, detail: DetailLevel): ReadonlySet<number> {
  const earlier = planned.slice(0, Math.max(0, planned.indexOf(kind)));
  const sentences = (wholeBefore[kind] ?? []).flatMap((other): readonly Sentence[] => {
    if (!earlier.includes(other)) return [];
    if (other === 'summary') return summarySentences(prepared, detail);
    if (other === 'theses') return thesisSentences(prepared, detail);
    if (other === 'decisions') return decisionSentences(prepared, detail);
    return timelineEntries(prepared, detail).map(({ sentence }) => sentence);
  });
  return new Set(sentences.map(({ index }) => index));
}

/** With at least so many others a figure whose whole sentence would stand a second time is left out. */
const ENOUGH_FIGURES = 8;

function figuresBeside(shown: ReadonlySet<number>, entries: readonly FigureEntry[]): readonly FigureEntry[] {
  const news = entries.filter(entry => !shown.has(entry.sentence.index) || shortForm(entry.sentence.text, entry) !== null);
  return news.length >= ENOUGH_FIGURES ? news : entries;
}

/** «Я», "my": without who speaks, nobody knows who is meant. */
const firstPerson = /(?<![\p{L}'’])(?:я|мне|меня|мной|мо(?:й|я|ё|е|и|его|ей|ему|им|их|ими)|I|me|my|mine|myself)(?![\p{L}])/u;
/** «Я», «Мне», "My", and verbs that say «я» by their ending («Предлагаю…», «Сделаю…»): the same at the head of a sentence. */
const firstPersonHead =
  /^(?:Я|Мне|Меня|Мо(?:й|я|ё|е|и|его|ей|ему|им|их|ими)|My|Mine|Me|\p{Lu}\p{Ll}+[ая]ю|Подготовлю|Позвоню|Возьму|Хочу|Могу|Пришлю|Напишу|Проверю|Куплю|Схожу|Приду|Попрошу|Рекомендую)(?!\p{L})/u;

/** Items of a summary are read as one text, where a line of chat without its full stop would run into the next. */
const ended = (text: string): string => (/[\p{L}\p{N})»"”]$/u.test(text) && !/[.!?…][)»"”]$/u.test(text) ? `${text}.` : text);

/** What all have decided is nobody's word; of the other sections every line of a talk is, and says whose. */
const wordOfAll: ReadonlySet<SectionKind> = new Set(['decisions']);

/** The text of an item; what is said in a talk, with the name of who says it: a point of view is no fact of the matter. */
function withSpeaker({ text, speaker }: Pick<Sentence, 'text' | 'speaker'>, kind: SectionKind): string {
  const readable = readableText(text);
  if (speaker === null) return readable;
  const isNamed = !wordOfAll.has(kind) || firstPerson.test(readable) || firstPersonHead.test(readable);
  return isNamed ? `${speaker}: ${readable}` : readable;
}

/** Terms, dates and names are short by nature; the schema's bound only guards against a freak of a source. */
function clip<T extends string | null>(text: T): T | string {
  return text === null || text.length <= MAX_TITLE ? text : text.slice(0, MAX_TITLE);
}
