import { escapeHtml } from './escape-html.ts';
import type { ContentItem, SynopsisContent } from './synopsis-content.ts';

/** A card to learn by: HTML fields, as programs for cards take them. */
export interface StudyCard {
  /** The same for the same question of the same synopsis, so that a later version's card takes the earlier one's place. */
  readonly guid: string;
  readonly question: string;
  readonly answer: string;
  /** The quotes behind the answer and where they stand. */
  readonly source: string;
}

/** Questions for self-check and terms: what can be asked without the text at hand. */
export function studyCards(content: SynopsisContent): readonly StudyCard[] {
  const { synopsisId } = content.version;
  const seen = new Set<string>();
  return content.sections
    .flatMap(({ kind, items }) => {
      if (kind === 'selfCheck') return items.map(item => ({ asked: item.text, item, answer: item.answer ?? '' }));
      if (kind === 'terms') return items.map(item => ({ asked: item.lead ?? '', item, answer: item.text }));
      return [];
    })
    .flatMap(({ asked, item, answer }) => {
      const guid = `${synopsisId}:${asked.toLowerCase().replace(/\s+/gu, ' ').trim()}`;
      // One question asked twice would be one card in any such program.
      if (seen.has(guid)) return [];
      seen.add(guid);
      return [{ guid, question: escapeHtml(asked), answer: escapeHtml(answer), source: sourceOf(item, content) }];
    });
}

function sourceOf({ marks }: ContentItem, { footnotes, words }: SynopsisContent): string {
  return marks
    .flatMap(mark => footnotes[mark - 1] ?? [])
    .map(({ quote, facts }) => `${words.quoteOpen}${escapeHtml(quote)}${words.quoteClose} — ${escapeHtml(facts.join(', '))}`)
    .join('<br>');
}

/**
 * The text form that Anki 2.1.54 and later import: tab-separated, told by the comment lines at its head. A cell in quotation
 * marks may hold anything.
 *
 * Source: the Anki manual, "Text files", file headers.
 */
export function cardsText(content: SynopsisContent): string {
  const rows = studyCards(content).map(({ guid, question, answer, source }) => [guid, question, answer, source].map(cell).join('\t'));
  const head = ['#separator:tab', '#html:true', `#notetype:${content.words.card.noteType}`, `#deck:${deckName(content)}`, '#guid column:1'];
  return `${[...head, ...rows].join('\n')}\n`;
}

/** `::` would make decks within decks of it. */
export function deckName({ version, words }: SynopsisContent): string {
  const name = version.title
    .replace(/[\p{Cc}"]/gu, ' ')
    .replace(/:{2,}/gu, ':')
    .trim();
  return `${words.synopsis}: ${name === '' ? words.synopsis : name}`;
}

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
