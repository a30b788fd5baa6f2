import type { Language } from '../../../shared/domain/language.ts';
import { sectionNames } from '../../../shared/domain/section-names.ts';
import {
  emptyReasons,
  type Citation,
  type CoverageSource,
  type Section,
  type SectionKind,
  type SynopsisVersion,
} from '../../../shared/domain/synopsis.ts';
import { placeOfNote } from '../../../shared/domain/note-place.ts';
import { noPlaces, type PlaceOf } from './citation-places.ts';
import { escapeBlock, escapeInline } from './escape-inline.ts';
import { exportWords, type ExportWords } from './export-words.ts';

/** A file's name longer than this is cut; file systems allow 255 bytes and Cyrillic takes two each. */
const fileNameChars = 80;

/** GitHub-flavoured Markdown with YAML front matter; every citation is a footnote with the source's own words. */
export function synopsisMarkdown(
  version: SynopsisVersion,
  language: Language,
  placeOf: PlaceOf = noPlaces,
): { readonly fileName: string; readonly markdown: string } {
  const words = exportWords[language];
  const footnotes = createFootnotes(version, words, placeOf);
  const filled = new Map(version.sections.filter(section => section.items.length > 0).map(section => [section.kind, section]));
  const body = [
    ...notesBelow(version, null, words),
    ...version.plannedSections.flatMap(kind => {
      const section = filled.get(kind);
      const own = section === undefined ? [] : [`## ${sectionNames[language][kind]}`, '', ...renderItems(section, words, footnotes.mark), ''];
      return [...own, ...notesBelow(version, kind, words)];
    }),
  ];
  const isExtractive = version.sections.some(section => section.provenance.kind === 'extractive');
  const lines = [
    ...frontMatter(version),
    `# ${escapeInline(version.title)}`,
    '',
    ...(isExtractive ? [`> ${words.extractive}`, ''] : []),
    ...version.issues.flatMap(issue => [`> ⚠ ${words.issues[issue.code](issue.count)}`, '']),
    ...body,
    ...emptySections(version.sections, language),
    `## ${words.sources}`,
    '',
    ...version.coverage.map(source => renderSource(source, words)),
    '',
    ...footnotes.lines(),
  ];
  return {
    fileName: `${fileNameOf(version.title, words)}.md`,
    markdown: `${lines
      .join('\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trimEnd()}\n`,
  };
}

function frontMatter(version: SynopsisVersion): string[] {
  return [
    '---',
    `title: ${JSON.stringify(version.title)}`,
    `created: ${new Date(version.finishedAtMs ?? version.createdAtMs).toISOString()}`,
    `language: ${version.language}`,
    `detail: ${version.detail}`,
    `template: ${version.template}`,
    `version: ${version.number}`,
    'sources:',
    ...version.coverage.map(source => `  - ${JSON.stringify(titleOf(source, exportWords[version.language]))}`),
    'generator: Konspekt',
    '---',
    '',
  ];
}

/** Sections that hold nothing are named in one line, by their reason: a heading over nothing is only in the reader's way. */
function emptySections(sections: readonly Section[], language: Language): string[] {
  const empty = sections.filter(section => section.items.length === 0);
  const sentences = emptyReasons.flatMap(reason => {
    const names = empty.filter(section => (section.emptyReason ?? 'nothing_found') === reason).map(({ kind }) => inList(kind, language));
    return names.length === 0 ? [] : [exportWords[language].empty[reason](names.join(', '))];
  });
  return sentences.length === 0 ? [] : [`_${sentences.join(' ')}_`, ''];
}

/** A section's name inside a sentence. */
function inList(kind: SectionKind, language: Language): string {
  const name = sectionNames[language][kind];
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A person's own Markdown, as they wrote it, set off as a quotation so that it is not taken for a part of the section. */
function notesBelow(version: SynopsisVersion, kind: SectionKind | null, words: ExportWords): string[] {
  return version.notes
    .filter(note => placeOfNote(note, version.plannedSections) === kind)
    .flatMap(note => [`> **${words.note}**`, '>', ...note.text.split('\n').map(line => (line.trim() === '' ? '>' : `> ${line}`)), '']);
}

function renderItems(section: Section, words: ExportWords, mark: (citations: readonly Citation[]) => string): string[] {
  type Item = { readonly text: string; readonly citations: readonly Citation[] };
  const line = (item: Item) => `${escapeInline(item.text)}${mark(item.citations)}`;
  /** Where the text heads its paragraph or item. */
  const block = (item: Item) => `${escapeBlock(item.text)}${mark(item.citations)}`;
  switch (section.kind) {
    case 'summary':
      return [section.items.map((item, at) => (at === 0 ? block(item) : line(item))).join(' ')];
    case 'theses':
    case 'decisions':
    case 'contradictions':
    case 'questions':
      return section.items.map(item => `- ${block(item)}`);
    case 'terms':
      return section.items.map(item => `- **${escapeInline(item.term)}.** ${line(item)}`);
    case 'timeline':
      return section.items.map(item => `- **${escapeInline(item.when)}.** ${line(item)}`);
    case 'figures':
      return section.items.map(item => `- **${escapeInline(item.figure)}.** ${line(item)}`);
    case 'tasks':
      return section.items.map(item => {
        const who = item.who === null ? [] : [`${words.who}: ${escapeInline(item.who)}`];
        const due = item.due === null ? [] : [`${words.due}: ${escapeInline(item.due)}`];
        const facts = [...who, ...due];
        return `- [ ] ${line(item)}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}`;
      });
    case 'selfCheck':
      return section.items.flatMap((item, index) => [
        `${index + 1}. ${escapeBlock(item.text)}\\`,
        `   ${words.answer}: ${escapeInline(item.answer)}${mark(item.citations)}`,
      ]);
  }
}

function renderSource(source: CoverageSource, words: ExportWords): string {
  const facts = [
    words.sourceState[source.state],
    ...(source.reason === null
      ? []
      : [Object.hasOwn(words.reasons, source.reason) ? words.reasons[source.reason as keyof ExportWords['reasons']] : source.reason]),
    ...(source.pagesRead !== null && source.pageCount !== null ? [words.pagesRead(source.pagesRead, source.pageCount)] : []),
    ...source.warnings.map(({ code, detail }) => words.warnings[code](detail === null ? null : escapeInline(detail))),
  ];
  return `- ${escapeBlock(titleOf(source, words))} (${facts.join('; ')})`;
}

function titleOf(source: CoverageSource, words: ExportWords): string {
  return source.source.kind === 'chat' || source.title.trim() === '' ? words.chat : source.title;
}

function createFootnotes(version: SynopsisVersion, words: ExportWords, placeOf: PlaceOf) {
  const titles = new Map(version.coverage.map(source => [sourceKey(source.source), titleOf(source, words)]));
  const numbers = new Map<string, number>();
  const notes: string[] = [];

  function numberOf(citation: Citation): number {
    const key = `${sourceKey(citation.source)} ${citation.start ?? '?'} ${citation.end ?? '?'} ${citation.quote}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size + 1;
    numbers.set(key, number);
    const title = titles.get(sourceKey(citation.source)) ?? words.chat;
    const place = placeOf(citation);
    const facts = [
      escapeInline(title),
      ...(place === null ? [] : [words.places[place.kind](escapeInline(place.text))]),
      ...(citation.page === null ? [] : [words.page(citation.page)]),
      ...(citation.support === 'verified' ? [] : [words.support[citation.support]]),
    ];
    notes.push(`[^${number}]: ${words.quoteOpen}${escapeInline(citation.quote)}${words.quoteClose} — ${facts.join(', ')}`);
    return number;
  }

  return {
    mark: (citations: readonly Citation[]) => citations.map(citation => `[^${numberOf(citation)}]`).join(''),
    lines: () => notes.flatMap(note => [note, '']),
  };
}

function sourceKey(source: Citation['source']): string {
  return source.kind === 'chat' ? 'chat' : source.documentId;
}

/** SECURITY: a title comes from documents; separators, control characters and reserved names must not reach a file system. */
function fileNameOf(title: string, words: ExportWords): string {
  const safe = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, fileNameChars)
    .replace(/[. ]+$/u, '');
  return safe === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu.test(safe) ? words.synopsis : safe;
}
