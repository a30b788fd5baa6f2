/** Calls once, this many milliseconds later, unless it is called off. A test brings its own. */
export type Later = (fn: () => void, ms: number) => () => void;

export const byTimer: Later = (fn, ms) => {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
};
