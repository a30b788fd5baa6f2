/** One opinion of what makes a sentence worth choosing. */
export interface Voice {
  /** Which likeness to the other sentences counts. */
  readonly centrality: 'lexRank' | 'bm25';
  /** Power of the centrality: above 1 the most central sentences stand out more. */
  readonly contrast: number;
  /** What the first sentence of a paragraph gets more, as its topic sentence. */
  readonly topicBonus: number;
  /**
   * What a sentence with all words of the title gets more: they mark what it is about (H. P. Edmundson, "New Methods in Automatic
   * Extracting", JACM 16, 1969).
   */
  readonly titleBonus: number;
  /** Salience against concepts not yet covered. */
  readonly salienceShare: number;
}

/** The middle of all voices; its scores order the sentences outside the choice of main points, too. */
export const middleVoice: Voice = { centrality: 'lexRank', contrast: 1, topicBonus: 0.75, titleBonus: 0.8, salienceShare: 0.5 };

/** Low and high settings about the middle, where single settings still do about as well (development half of the bench). */
const levels = {
  centrality: ['lexRank', 'bm25'],
  contrast: [0.7, 1.4],
  topicBonus: [0.5, 1],
  titleBonus: [0.5, 1.1],
  salienceShare: [0.35, 0.65],
} as const;

const sides = [0, 1] as const;

/**
 * The voices that are heard: of all combinations of low and high the half with an even number of high ones, so that every pair of
 * settings meets equally often (a fractional factorial design, 2⁵⁻¹).
 *
 * With any single setting a summary turns on the luck of its third and fourth sentence; what most voices agree on depends less on which
 * settings one happened to choose (the figures stand in test/bench/quality/README.md). L. Breiman, "Bagging Predictors", Machine Learning
 * 24, 1996; for summaries D. Wang and T. Li, "Weighted Consensus Multi-Document Summarization", IPM 48, 2012.
 */
export const voices: readonly Voice[] = sides.flatMap(centrality =>
  sides.flatMap(contrast =>
    sides.flatMap(topic =>
      sides.flatMap(title =>
        sides
          .filter(share => (centrality + contrast + topic + title + share) % 2 === 0)
          .map(share => ({
            centrality: levels.centrality[centrality],
            contrast: levels.contrast[contrast],
            topicBonus: levels.topicBonus[topic],
            titleBonus: levels.titleBonus[title],
            salienceShare: levels.salienceShare[share],
          })),
      ),
    ),
  ),
);
