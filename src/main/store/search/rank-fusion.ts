/** How much the first places weigh against the later ones, as in the paper: 60. */
const rankConstant = 60;

/**
 * One order of several: each list gives 1 / (60 + rank) to what is in it, the rank counted from 1. What no other list knows keeps
 * the order of its own, so of one list alone nothing changes. Equal sums are in the order of the first list that has them.
 *
 * Reciprocal rank fusion: Cormack, Clarke, Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
 * methods", SIGIR 2009.
 */
export function fuseRanks<T>(lists: readonly (readonly T[])[]): { readonly item: T; readonly score: number }[] {
  const scores = new Map<T, number>();
  for (const list of lists) {
    for (const [index, item] of list.entries()) scores.set(item, (scores.get(item) ?? 0) + 1 / (rankConstant + index + 1));
  }
  // Sorting is stable: what is equal stays as it was met.
  return [...scores].map(([item, score]) => ({ item, score })).sort((a, b) => b.score - a.score);
}
