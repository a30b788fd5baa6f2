import type { Language } from '../domain/language.ts';
import type { Citation, SynopsisVersion } from '../domain/synopsis.ts';
import type { PlaceOf } from './citation-place.ts';
import { escapeBlock, escapeInline } from './escape-inline.ts';
import { exportWords } from './export-words.ts';
import { fileStemOf } from './file-name.ts';
import { sourceTitle, synopsisContent, type ContentItem, type ContentSection, type SynopsisContent } from './synopsis-content.ts';

/** GitHub-flavoured Markdown with YAML front matter; every citation is a footnote with the source's own words. */
export function synopsisMarkdown(
  version: SynopsisVersion,
  language: Language,
  placeOf?: PlaceOf,
): { readonly fileName: string; readonly markdown: string } {
  const content = synopsisContent(version, language, placeOf);
  return { fileName: `${fileStemOf(version.title, content.words.synopsis)}.md`, markdown: markdownOf(content) };
}

export interface MarkdownLooks {
  /** Lines of the front matter. */
  readonly properties: readonly string[];
  /** Where a source is to be found; null where a file cannot say. */
  readonly linkOf: (source: Citation['source']) => string | null;
}

export function markdownOf(content: SynopsisContent, looks?: MarkdownLooks): string {
  const { version, words } = content;
  const linkTo = (source: Citation['source']): string => {
    const url = looks?.linkOf(source) ?? null;
    return url === null ? '' : ` <${url}>`;
  };
  const lines = [
    '---',
    ...(looks?.properties ?? propertiesOf(version)),
    '---',
    '',
    `# ${escapeInline(version.title)}`,
    '',
    ...content.notices.flatMap(({ isWarning, text }) => [`> ${isWarning ? '⚠ ' : ''}${text}`, '']),
    ...content.parts.flatMap(each =>
      each.part === 'note' ? noteLines(each.text, words.note) : [`## ${each.section.name}`, '', ...itemLines(each.section, content), ''],
    ),
    ...(content.empty === null ? [] : [`_${content.empty}_`, '']),
    `## ${words.sources}`,
    '',
    ...content.sources.map(({ title, facts }) => `- ${escapeBlock(title)} (${facts.map(escapeInline).join('; ')})`),
    '',
    ...content.footnotes.flatMap(({ number, quote, facts, source }) => [
      `[^${number}]: ${words.quoteOpen}${escapeInline(quote)}${words.quoteClose} — ${facts.map(escapeInline).join(', ')}${linkTo(source)}`,
      '',
    ]),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trimEnd()}\n`;
}

function propertiesOf(version: SynopsisVersion): string[] {
  return [
    `title: ${JSON.stringify(version.title)}`,
    `created: ${new Date(version.finishedAtMs ?? version.createdAtMs).toISOString()}`,
    `language: ${version.language}`,
    `detail: ${version.detail}`,
    `template: ${version.template}`,
    `version: ${version.number}`,
    'sources:',
    ...version.coverage.map(source => `  - ${JSON.stringify(sourceTitle(source, exportWords[version.language]))}`),
    ...authorLines(version),
    'generator: Konspekt',
  ];
}

/** Who wrote the sources, each once, where they say so. */
function authorLines(version: SynopsisVersion): string[] {
  const authors = [...new Set(version.coverage.flatMap(({ author }) => author ?? []))];
  return authors.length === 0 ? [] : ['authors:', ...authors.map(author => `  - ${JSON.stringify(author)}`)];
}

/** A person's own Markdown, as they wrote it, set off as a quotation so that it is not taken for a part of the section. */
function noteLines(text: string, heading: string): string[] {
  return [`> **${heading}**`, '>', ...text.split('\n').map(line => (line.trim() === '' ? '>' : `> ${line}`)), ''];
}

function itemLines({ form, items }: ContentSection, { words }: SynopsisContent): string[] {
  switch (form) {
    case 'prose':
      return [items.map((item, at) => `${at === 0 ? escapeBlock(item.text) : escapeInline(item.text)}${marksOf(item)}`).join(' ')];
    case 'list':
      return items.map(item =>
        item.lead === null
          ? `- ${escapeBlock(item.text)}${marksOf(item)}`
          : `- **${escapeInline(item.lead)}.** ${escapeInline(item.text)}${marksOf(item)}`,
      );
    case 'checks':
      return items.map(item => {
        const facts = item.facts.length === 0 ? '' : ` (${item.facts.map(escapeInline).join('; ')})`;
        return `- [ ] ${escapeInline(item.text)}${marksOf(item)}${facts}`;
      });
    case 'answers':
      return items.flatMap((item, index) => [
        `${index + 1}. ${escapeBlock(item.text)}\\`,
        `   ${words.answer}: ${escapeInline(item.answer ?? '')}${marksOf(item)}`,
      ]);
  }
}

function marksOf({ marks }: ContentItem): string {
  return marks.map(number => `[^${number}]`).join('');
}
