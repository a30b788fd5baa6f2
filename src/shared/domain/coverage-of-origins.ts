import type { CoverageSource, SourceRef } from './synopsis.ts';

function keyOf(source: SourceRef): string {
  return source.kind === 'document' ? source.documentId : source.kind;
}

/**
 * What a version was made of whose sections were made at different times: each source once, as it was read last. `coverages`
 * are those of the versions that made the sections, oldest first.
 */
export function coverageOfOrigins(coverages: readonly (readonly CoverageSource[])[]): CoverageSource[] {
  const lines = new Map<string, CoverageSource>();
  for (const line of coverages.flat()) {
    const key = keyOf(line.source);
    const before = lines.get(key);
    // One that was read once is a source of the version, though it could not be read again.
    if (before?.state === 'used' && line.state !== 'used') continue;
    lines.set(key, line);
  }
  return [...lines.values()];
}
