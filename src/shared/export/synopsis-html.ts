import { escapeHtml } from './escape-html.ts';
import type { ContentItem, ContentSection, Footnote, SynopsisContent } from './synopsis-content.ts';
import { synopsisHtmlStyle } from './synopsis-html-style.ts';

/**
 * SECURITY: the file may be opened from anywhere, and its text comes from documents. It runs nothing and loads nothing, and says
 * so to the browser as well.
 */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One HTML file that needs no other: reads on a screen, in the dark, and on paper, where the answers are shown too. */
export function htmlOf(content: SynopsisContent): string {
  const { version, language, words } = content;
  const firstMarks = new Set<number>();
  return `<!doctype html>
<html lang="${version.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Konspekt">
<title>${escapeHtml(version.title)}</title>
<style>${synopsisHtmlStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(version.title)}</h1>
<div lang="${language}">
<p class="meta">${escapeHtml(words.madeOn(new Date(version.finishedAtMs ?? version.createdAtMs)))}</p>
${content.notices.map(({ isWarning, text }) => `<p class="${isWarning ? 'notice warning' : 'notice'}">${escapeHtml(text)}</p>\n`).join('')}</div>
${content.parts.map(each => (each.part === 'note' ? noteHtml(each.text, content) : sectionHtml(each.section, content, firstMarks))).join('\n')}
${content.empty === null ? '' : `<p class="meta" lang="${language}">${escapeHtml(content.empty)}</p>`}
<section lang="${language}">
<h2>${escapeHtml(words.sources)}</h2>
<ul>
${content.sources.map(({ title, facts }) => `<li>${escapeHtml(title)} <span class="meta">(${escapeHtml(facts.join('; '))})</span></li>`).join('\n')}
</ul>
</section>
${notesHtml(content)}
</main>
</body>
</html>
`;
}

function sectionHtml({ kind, name, form, items }: ContentSection, { language, words }: SynopsisContent, firstMarks: Set<number>): string {
  const heading = `<h2 lang="${language}">${escapeHtml(name)}</h2>`;
  const marks = (item: ContentItem) => marksHtml(item, firstMarks);
  const lead = (item: ContentItem) => (item.lead === null ? '' : `<b>${escapeHtml(item.lead)}.</b> `);
  const facts = (item: ContentItem) =>
    item.facts.length === 0 ? '' : ` <span class="meta" lang="${language}">(${escapeHtml(item.facts.join('; '))})</span>`;
  const body = {
    prose: () => `<p>${items.map(item => `${escapeHtml(item.text)}${marks(item)}`).join(' ')}</p>`,
    list: () =>
      `<ul>\n${items.map(item => `<li>${lead(item)}${escapeHtml(item.text)}${marks(item)}${facts(item)}</li>`).join('\n')}\n</ul>`,
    checks: () =>
      `<ul class="checks">\n${items.map(item => `<li>${escapeHtml(item.text)}${marks(item)}${facts(item)}</li>`).join('\n')}\n</ul>`,
    answers: () =>
      `<ol>\n${items
        .map(
          item =>
            `<li><details><summary>${escapeHtml(item.text)}</summary><p><span lang="${language}">${escapeHtml(words.answer)}:</span> ${escapeHtml(item.answer ?? '')}${marks(item)}</p></details></li>`,
        )
        .join('\n')}\n</ol>`,
  }[form]();
  return `<section class="${kind}">\n${heading}\n${body}\n</section>`;
}

/** The person's own words as they typed them: a paragraph is what stands between empty lines. */
function noteHtml(text: string, { words, language }: SynopsisContent): string {
  const paragraphs = text.split(/\n\s*\n/u).map(paragraph => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`);
  return `<aside class="note">\n<p class="meta" lang="${language}">${escapeHtml(words.note)}</p>\n${paragraphs.join('\n')}\n</aside>`;
}

/** The first mark of a note is where the note leads back to. */
function marksHtml({ marks }: ContentItem, firstMarks: Set<number>): string {
  return marks
    .map(number => {
      const id = firstMarks.has(number) ? '' : ` id="ref-${number}"`;
      firstMarks.add(number);
      return `<sup${id}><a href="#note-${number}" role="doc-noteref">${number}</a></sup>`;
    })
    .join('');
}

function notesHtml({ footnotes, language, words }: SynopsisContent): string {
  if (footnotes.length === 0) return '';
  const note = ({ number, quote, facts }: Footnote) =>
    `<li id="note-${number}" value="${number}">${words.quoteOpen}${escapeHtml(quote)}${words.quoteClose} <span class="meta" lang="${language}">— ${escapeHtml(facts.join(', '))}</span> <a href="#ref-${number}" role="doc-backlink" aria-label="${escapeHtml(words.backToText)}" lang="${language}">↑</a></li>`;
  return `<section class="notes" role="doc-endnotes">\n<h2 lang="${language}">${escapeHtml(words.quotes)}</h2>\n<ol>\n${footnotes.map(note).join('\n')}\n</ol>\n</section>`;
}
