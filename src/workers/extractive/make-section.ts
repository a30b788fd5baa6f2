import type { DetailLevel, Section, SectionKind } from '../../shared/domain/synopsis.ts';
import { citeSentence } from './cite.ts';
import { decisionSentences } from './find-decisions.ts';
import { findTasks } from './find-tasks.ts';
import { openQuestions } from './find-questions.ts';
import { figureEntries, selfCheckEntries, termEntries, timelineEntries } from './facts.ts';
import { summarySentences, thesisSentences } from './main-points.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { readableText } from './readable-text.ts';
import { asHeading } from './term-form.ts';

/** Names the rules a section was made by; it grows when their output changes. */
export const ENGINE_VERSION = '2';

export interface SectionOptions {
  readonly detail: DetailLevel;
}

/** Longest name, date, figure or term, by the schema of synopses. */
const MAX_TITLE = 200;

/** Makes one section. Pure and deterministic; every item quotes its source verbatim. */
export function makeSection(kind: SectionKind, prepared: Prepared, { detail }: SectionOptions): Section {
  const provenance = { kind: 'extractive', version: ENGINE_VERSION } as const;
  const base = (sentence: Sentence, number: number) => ({
    id: `${kind}-${number + 1}`,
    text: withSpeaker(sentence),
    citations: [citeSentence(prepared, sentence)],
  });
  const plain = (sentences: readonly Sentence[]) => sentences.map(base);
  const done = <I>(items: I[]) => ({ items, emptyReason: items.length === 0 ? ('nothing_found' as const) : null, provenance });

  switch (kind) {
    case 'summary':
      return { kind, ...done(plain(summarySentences(prepared, detail))) };
    case 'theses':
      return { kind, ...done(plain(thesisSentences(prepared, detail))) };
    case 'decisions':
      return { kind, ...done(plain(decisionSentences(prepared, detail))) };
    case 'questions':
      return { kind, ...done(plain(openQuestions(prepared, detail))) };
    case 'terms':
      return {
        kind,
        ...done(termEntries(prepared, detail).map(({ sentence, term }, n) => ({ ...base(sentence, n), term: clip(asHeading(term)) }))),
      };
    case 'timeline':
      return {
        kind,
        ...done(timelineEntries(prepared, detail).map(({ sentence, when, date }, n) => ({ ...base(sentence, n), when: clip(when), date }))),
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
        ...done(figureEntries(prepared, detail).map(({ sentence, figure }, n) => ({ ...base(sentence, n), figure: clip(figure) }))),
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

/** «Я», "my": without who speaks, nobody knows who is meant. */
const firstPerson = /(?<![\p{L}'’])(?:я|мне|меня|мной|мо(?:й|я|ё|е|и|его|ей|ему|им|их|ими)|I|me|my|mine|myself)(?![\p{L}])/u;
/** «Я», «Мне», "My": the same at the head of a sentence. */
const firstPersonHead = /^(?:Я|Мне|Меня|Мо(?:й|я|ё|е|и|его|ей|ему|им|их|ими)|My|Mine|Me)(?!\p{L})/u;

/** The text of an item; what somebody says of himself in a talk, with his name before it. */
function withSpeaker({ text, speaker }: Sentence): string {
  const readable = readableText(text);
  return speaker !== null && (firstPerson.test(readable) || firstPersonHead.test(readable)) ? `${speaker}: ${readable}` : readable;
}

/** Terms, dates and names are short by nature; the schema's bound only guards against a freak of a source. */
function clip<T extends string | null>(text: T): T | string {
  return text === null || text.length <= MAX_TITLE ? text : text.slice(0, MAX_TITLE);
}
