import type { CoverageSource } from '../../../shared/domain/synopsis.ts';

export interface CoverageSummary {
  readonly used: number;
  readonly skipped: number;
  readonly failed: number;
  /** Pages of the sources that have pages; null when none has. */
  readonly pages: { readonly read: number; readonly total: number } | null;
  /** A used source was not read in full. */
  readonly incomplete: boolean;
}

const incompleteCodes: readonly string[] = ['truncated', 'pages_failed', 'pages_need_ocr'];

export function summarizeCoverage(coverage: readonly CoverageSource[]): CoverageSummary {
  const paged = coverage.filter(source => source.pageCount !== null && source.pageCount > 0);
  const used = coverage.filter(source => source.state === 'used');
  return {
    used: used.length,
    skipped: coverage.filter(source => source.state === 'skipped').length,
    failed: coverage.filter(source => source.state === 'failed').length,
    pages:
      paged.length === 0
        ? null
        : {
            read: paged.reduce((sum, source) => sum + (source.pagesRead ?? 0), 0),
            total: paged.reduce((sum, source) => sum + (source.pageCount ?? 0), 0),
          },
    incomplete: used.some(
      source =>
        source.warnings.some(warning => incompleteCodes.includes(warning.code)) ||
        (source.pagesRead !== null && source.pageCount !== null && source.pagesRead < source.pageCount),
    ),
  };
}

/** How much of a used source was read, 0 to 1; by pages where they were counted, else a part when something was left out. */
export function readShare(source: CoverageSource): number {
  if (source.pageCount !== null && source.pageCount > 0 && source.pagesRead !== null)
    return Math.min(1, source.pagesRead / source.pageCount);
  return source.warnings.some(warning => incompleteCodes.includes(warning.code)) ? 0.9 : 1;
}
