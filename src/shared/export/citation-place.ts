import type { Citation } from '../domain/synopsis.ts';

/** Where in a source without pages a quote stands: under which heading, or in the paragraph that begins so. */
export interface CitationPlace {
  readonly kind: 'heading' | 'paragraph';
  /** The heading, or the first words of the paragraph with «…». */
  readonly text: string;
}
/** Null where a page or a time says it already, or where the stored text does not tell. */
export type PlaceOf = (citation: Citation) => CitationPlace | null;

export const noPlaces: PlaceOf = () => null;
