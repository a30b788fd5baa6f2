export interface ReloadLimitParams {
  /** Deaths after which a page is not loaded again by itself. */
  readonly most: number;
  /** The time they are counted in, in milliseconds. */
  readonly withinMs: number;
  readonly now: () => number;
}

/** Answers, at each death of a page, whether it may be loaded again: a page that dies of being loaded must not do so for ever. */
export function createReloadLimit({ most, withinMs, now }: ReloadLimitParams): () => boolean {
  let deaths: number[] = [];
  return () => {
    const at = now();
    deaths = [...deaths.filter(earlier => at - earlier < withinMs), at];
    if (deaths.length < most) return true;
    deaths = [];
    return false;
  };
}
