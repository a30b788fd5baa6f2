import type { Language } from '../domain/language.ts';
import { clockTime } from '../domain/clock-time.ts';
import { placeOfNote } from '../domain/note-place.ts';
import { sectionNames } from '../domain/section-names.ts';
import {
  emptyReasons,
  type Citation,
  type CoverageSource,
  type Section,
  type SectionKind,
  type SynopsisVersion,
} from '../domain/synopsis.ts';
import { noPlaces, type PlaceOf } from './citation-place.ts';
import { exportWords, type ExportWords } from './export-words.ts';

/** One statement of a section, the same for every format: plain text and the numbers of its footnotes. */
export interface ContentItem {
  /** What it is about, set off from the text: a term, a date, a figure. */
  readonly lead: string | null;
  readonly text: string;
  /** What is told after the text, as of a task: `Who: Anna`. */
  readonly facts: readonly string[];
  /** Of a question for self-check. */
  readonly answer: string | null;
  /** Numbers of `SynopsisContent.footnotes`, from 1. */
  readonly marks: readonly number[];
}

/** How a section reads: `prose` is one paragraph, `checks` are tasks to tick off, `answers` are questions with their answers. */
export type ContentForm = 'prose' | 'list' | 'checks' | 'answers';

export interface ContentSection {
  readonly kind: SectionKind;
  readonly name: string;
  readonly form: ContentForm;
  readonly items: readonly ContentItem[];
}

/** A section, or what the person wrote between the sections, in their own Markdown. */
export type ContentPart = { readonly part: 'section'; readonly section: ContentSection } | { readonly part: 'note'; readonly text: string };

export interface Footnote {
  /** From 1, in the order in which the text refers to them. */
  readonly number: number;
  /** The source's own words. */
  readonly quote: string;
  readonly source: Citation['source'];
  /** Source, place, page, and what is amiss with the quote. */
  readonly facts: readonly string[];
}

/** A finished synopsis as every file shows it: what is said and in which order. How it looks is each format's own. */
export interface SynopsisContent {
  readonly version: SynopsisVersion;
  /** Of headings and of what the program says; the text keeps its own. */
  readonly language: Language;
  readonly words: ExportWords;
  /** What a reader has to know first. `isWarning`: what is missing. */
  readonly notices: readonly { readonly isWarning: boolean; readonly text: string }[];
  /** Sections that hold something, in reading order, with the notes in their places. */
  readonly parts: readonly ContentPart[];
  /** The sections among them. */
  readonly sections: readonly ContentSection[];
  /** Sections that hold nothing, named in a line by their reason: a heading over nothing is only in the reader's way. */
  readonly empty: string | null;
  readonly sources: readonly { readonly title: string; readonly facts: readonly string[] }[];
  readonly footnotes: readonly Footnote[];
}

const forms: Readonly<Record<SectionKind, ContentForm>> = {
  summary: 'prose',
  theses: 'list',
  terms: 'list',
  timeline: 'list',
  decisions: 'list',
  tasks: 'checks',
  figures: 'list',
  contradictions: 'list',
  questions: 'list',
  selfCheck: 'answers',
};

export function synopsisContent(version: SynopsisVersion, language: Language, placeOf: PlaceOf = noPlaces): SynopsisContent {
  const words = exportWords[language];
  const footnotes = createFootnotes(version, words, placeOf);
  const isExtractive = version.sections.some(section => section.provenance.kind === 'extractive');
  const filled = new Map(version.sections.filter(section => section.items.length > 0).map(section => [section.kind, section]));
  const notesBelow = (kind: SectionKind | null): ContentPart[] =>
    version.notes.filter(note => placeOfNote(note, version.plannedSections) === kind).map(({ text }) => ({ part: 'note', text }));
  const parts = [
    ...notesBelow(null),
    ...version.plannedSections.flatMap((kind): ContentPart[] => {
      const section = filled.get(kind);
      const own: ContentPart[] =
        section === undefined
          ? []
          : [
              {
                part: 'section',
                section: { kind, name: sectionNames[language][kind], form: forms[kind], items: itemsOf(section, words, footnotes.marks) },
              },
            ];
      return [...own, ...notesBelow(kind)];
    }),
  ];
  return {
    version,
    language,
    words,
    parts,
    notices: [
      ...(isExtractive ? [{ isWarning: false, text: words.extractive }] : []),
      ...version.issues.map(issue => ({ isWarning: true, text: words.issues[issue.code](issue.count) })),
    ],
    sections: parts.flatMap(each => (each.part === 'section' ? [each.section] : [])),
    empty: emptySections(version.sections, language),
    sources: version.coverage.map(source => ({ title: sourceTitle(source, words), facts: sourceFacts(source, words) })),
    footnotes: footnotes.all,
  };
}

function itemsOf(section: Section, words: ExportWords, marks: (citations: readonly Citation[]) => readonly number[]): ContentItem[] {
  type Item = { readonly text: string; readonly citations: readonly Citation[] };
  const plain = (item: Item): ContentItem => ({ lead: null, text: item.text, facts: [], answer: null, marks: marks(item.citations) });
  switch (section.kind) {
    case 'summary':
    case 'theses':
    case 'decisions':
    case 'contradictions':
    case 'questions':
      return section.items.map(plain);
    case 'terms':
      return section.items.map(item => ({ ...plain(item), lead: item.term }));
    case 'timeline':
      return section.items.map(item => ({ ...plain(item), lead: item.when }));
    case 'figures':
      return section.items.map(item => ({ ...plain(item), lead: item.figure }));
    case 'tasks':
      return section.items.map(item => ({
        ...plain(item),
        facts: [...(item.who === null ? [] : [`${words.who}: ${item.who}`]), ...(item.due === null ? [] : [`${words.due}: ${item.due}`])],
      }));
    case 'selfCheck':
      return section.items.map(item => ({ ...plain(item), answer: item.answer }));
  }
}

function emptySections(sections: readonly Section[], language: Language): string | null {
  const empty = sections.filter(section => section.items.length === 0);
  const sentences = emptyReasons.flatMap(reason => {
    const names = empty.filter(section => (section.emptyReason ?? 'nothing_found') === reason).map(({ kind }) => inList(kind, language));
    return names.length === 0 ? [] : [exportWords[language].empty[reason](names.join(', '))];
  });
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** A section's name inside a sentence. */
function inList(kind: SectionKind, language: Language): string {
  const name = sectionNames[language][kind];
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function sourceFacts(source: CoverageSource, words: ExportWords): string[] {
  return [
    ...(source.author === undefined ? [] : [source.author]),
    ...(source.date === undefined ? [] : [source.date]),
    words.sourceState[source.state],
    ...(source.reason === null
      ? []
      : [Object.hasOwn(words.reasons, source.reason) ? words.reasons[source.reason as keyof ExportWords['reasons']] : source.reason]),
    ...(source.pagesRead !== null && source.pageCount !== null ? [words.pagesRead(source.pagesRead, source.pageCount)] : []),
    ...source.warnings.map(({ code, detail }) => words.warnings[code](detail)),
  ];
}

export function sourceTitle(source: CoverageSource, words: ExportWords): string {
  return source.source.kind === 'chat' || source.title.trim() === '' ? words.chat : source.title;
}

function createFootnotes(version: SynopsisVersion, words: ExportWords, placeOf: PlaceOf) {
  const titles = new Map(version.coverage.map(source => [sourceKey(source.source), sourceTitle(source, words)]));
  const numbers = new Map<string, number>();
  const all: Footnote[] = [];

  function numberOf(citation: Citation): number {
    const key = `${sourceKey(citation.source)} ${citation.start ?? '?'} ${citation.end ?? '?'} ${citation.quote}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size + 1;
    numbers.set(key, number);
    const { timeMs } = citation;
    const place = timeMs === undefined ? placeOf(citation) : null;
    all.push({
      number,
      quote: citation.quote,
      source: citation.source,
      facts: [
        titles.get(sourceKey(citation.source)) ?? words.chat,
        ...(place === null ? [] : [words.places[place.kind](place.text)]),
        ...(citation.page === null ? [] : [words.page(citation.page)]),
        ...(timeMs === undefined ? [] : [clockTime(timeMs)]),
        ...(citation.support === 'verified' ? [] : [words.support[citation.support]]),
      ],
    });
    return number;
  }

  return { all, marks: (citations: readonly Citation[]) => [...new Set(citations.map(numberOf))] };
}

function sourceKey(source: Citation['source']): string {
  return source.kind === 'chat' ? 'chat' : source.documentId;
}
