import { locateQuote } from '../../shared/domain/quote-match.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
import type { Citation, Section } from '../../shared/domain/synopsis.ts';

/**
 * Looks every quote of a section up in the snapshot it names and writes down how well it was found, whatever the engine that
 * made the section claims. A quote that is not there stays, marked as missing.
 */
export function verifyCitations(section: Section, snapshots: ReadonlyMap<string, Snapshot>): Section {
  for (const item of section.items) item.citations = item.citations.map(each => verify(each, snapshots.get(each.snapshotHash)));
  return section;
}

function verify(citation: Citation, snapshot: Snapshot | undefined): Citation {
  if (snapshot === undefined) return { ...citation, start: null, end: null, support: 'missing' };
  const { text } = snapshot;
  const { start, end } = citation;
  // The place it names is looked at first: the same words may stand in several.
  if (start !== null && end !== null && text.slice(start, end) === citation.quote) return { ...citation, support: 'verified' };
  const found = locateQuote(text, citation.quote);
  if (found.support === 'missing') return { ...citation, start: null, end: null, support: 'missing' };
  // The source's own words, not the words claimed.
  return { ...citation, ...found, quote: text.slice(found.start, found.end) };
}
