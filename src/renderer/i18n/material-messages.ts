import type { NoOriginalReason } from '../../shared/contract/documents.ts';
import type { DocumentErrorCode } from '../../shared/domain/document.ts';
import type { DocumentFormat } from '../../shared/domain/document-formats.ts';
import type { snapshotWarningCodes } from '../../shared/domain/snapshot.ts';

type SnapshotWarningCode = (typeof snapshotWarningCodes)[number];

/** Why the pages of an original cannot be shown. */
export type PdfFailure = 'locked' | 'damaged' | 'missing' | 'unavailable';

/** Documents of a chat and the text of a source. */
export interface MaterialMessages {
  readonly documents: {
    readonly state: {
      readonly importing: string;
      readonly ready: string;
      readonly failed: string;
      readonly uploading: string;
    };
    readonly pages: (count: number) => string;
    readonly chars: (count: number) => string;
    /** When it was written or published, as the document says. */
    readonly dated: (date: string) => string;
    readonly removed: (title: string) => string;
    readonly removeTitle: string;
    readonly format: Readonly<Record<DocumentFormat, string>>;
    readonly error: Readonly<Record<DocumentErrorCode, (detail: string | null) => string>>;
    readonly warning: Readonly<Record<SnapshotWarningCode, (count: number | null) => string>>;
  };
  readonly sources: {
    readonly title: string;
    readonly list: string;
    readonly back: string;
    readonly empty: string;
    readonly chatSource: string;
    readonly chatNotReady: string;
    readonly notReady: string;
    readonly reading: string;
    readonly toPassage: string;
    readonly unknown: string;
    readonly slideMark: (slide: number) => string;
    readonly pageMark: (page: number) => string;
    readonly notFound: string;
    readonly missingQuote: string;
    readonly openOriginal: string;
    readonly form: { readonly label: string; readonly text: string; readonly original: string };
    readonly showText: string;
    /** Why there is only the text. */
    readonly absent: Readonly<Record<Exclude<NoOriginalReason, 'no_pages'>, string>>;
    readonly pages: {
      readonly reading: string;
      readonly opening: string;
      readonly page: string;
      readonly of: (count: number) => string;
      readonly zoomIn: string;
      readonly zoomOut: string;
      readonly fitWidth: string;
      readonly marked: (page: number) => string;
      readonly notOnPage: (page: number) => string;
      readonly noPlace: string;
      readonly cannotDraw: string;
      readonly failure: Readonly<Record<PdfFailure, string>>;
    };
  };
}
