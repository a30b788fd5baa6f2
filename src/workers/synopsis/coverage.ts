import type { SnapshotInput } from '../../shared/contract/worker/task-values.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
import type { CoverageSource, SourceRef, SynopsisIssue } from '../../shared/domain/synopsis.ts';

/** Characters of all sources together below which there is nothing to condense: a short paragraph. */
const littleText = 600;

/** Warnings that mean something of the source was not read. */
const incompleteCodes: ReadonlySet<string> = new Set(['pages_need_ocr', 'pages_failed', 'truncated']);

export interface ReadSource {
  readonly input: SnapshotInput;
  readonly snapshot: Snapshot;
}

function keyOf(source: SourceRef): string {
  return source.kind === 'document' ? source.documentId : source.kind;
}

/**
 * What main knows of the sources, with what was really read in its place: one line per source, in main's order. `damaged`
 * are those whose stored text is no longer what was stored.
 */
export function coverageOf(
  known: readonly CoverageSource[],
  read: readonly ReadSource[],
  damaged: readonly SnapshotInput[] = [],
): CoverageSource[] {
  const lines = new Map(known.map(line => [keyOf(line.source), line]));
  for (const { input, snapshot } of read) {
    const before = lines.get(keyOf(input.source));
    const pageCount = before?.pageCount ?? (snapshot.pages.length > 0 ? snapshot.pages.length : null);
    const unread = snapshot.warnings.reduce(
      (sum, { code, count }) => (code === 'pages_need_ocr' || code === 'pages_failed' ? sum + (count ?? 0) : sum),
      0,
    );
    lines.set(keyOf(input.source), {
      ...before,
      source: input.source,
      title: input.title,
      snapshotHash: snapshot.hash,
      state: 'used',
      reason: null,
      charCount: snapshot.text.length,
      pageCount,
      pagesRead: pageCount === null ? null : Math.max(0, pageCount - unread),
      warnings: snapshot.warnings,
    });
  }
  for (const { source, title, snapshotHash } of damaged) {
    const before = lines.get(keyOf(source));
    lines.set(keyOf(source), {
      ...before,
      source,
      title,
      snapshotHash,
      state: 'failed',
      reason: 'snapshot_damaged',
      charCount: before?.charCount ?? 0,
      pageCount: before?.pageCount ?? null,
      pagesRead: null,
      warnings: before?.warnings ?? [],
    });
  }
  return [...lines.values()];
}

/** What a finished version could not do, in numbers. */
export interface Shortcomings {
  /** Citations whose quote was not found. */
  readonly missing: number;
  /** Items of a model that nothing was found for and that are not shown. */
  readonly leftOut: number;
  /** Sections that no model could write, made by the built-in engine instead. */
  readonly withoutModel: number;
  /** Sources of which a part could not be read by any model. */
  readonly unread: number;
}

export function issuesOf(coverage: readonly CoverageSource[], { missing, leftOut, withoutModel, unread }: Shortcomings): SynopsisIssue[] {
  const used = coverage.filter(line => line.state === 'used');
  const isIncomplete = (line: CoverageSource): boolean =>
    (line.state === 'skipped' && line.reason === 'not_ready') ||
    (line.state === 'used' && line.warnings.some(warning => incompleteCodes.has(warning.code)));
  const counts: [SynopsisIssue['code'], number][] = [
    ['source_failed', coverage.filter(line => line.state === 'failed').length],
    ['source_incomplete', coverage.filter(isIncomplete).length + unread],
    ['citation_missing', missing],
    ['items_left_out', leftOut],
    ['section_without_model', withoutModel],
    ['too_little_text', used.reduce((sum, line) => sum + line.charCount, 0) < littleText ? 1 : 0],
  ];
  return counts.filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }));
}
