const secondMs = 1_000;
/** A minute in seconds: what a person calls "now" and a short burst does not distort. */
const seconds = 60;

/** How often each name was counted in the last minute, to the second; memory for a minute whatever happens. */
export function createMinuteCounts<Name extends string>(names: readonly Name[], now: () => number) {
  const buckets = Array.from({ length: seconds }, () => ({ second: -1, counts: new Map<Name, number>() }));
  return {
    add(name: Name): void {
      const second = Math.floor(now() / secondMs);
      const bucket = buckets[second % seconds];
      if (bucket === undefined) return;
      if (bucket.second !== second) {
        bucket.second = second;
        bucket.counts.clear();
      }
      bucket.counts.set(name, (bucket.counts.get(name) ?? 0) + 1);
    },
    read(): Readonly<Record<Name, number>> {
      const oldest = Math.floor(now() / secondMs) - seconds + 1;
      const recent = buckets.filter(({ second }) => second >= oldest);
      const sums = names.map(name => [name, recent.reduce((sum, { counts }) => sum + (counts.get(name) ?? 0), 0)] as const);
      // One entry for each name.
      return Object.fromEntries(sums) as Record<Name, number>;
    },
  };
}
