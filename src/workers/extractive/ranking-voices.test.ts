import { describe, expect, test } from 'vitest';
import { middleVoice, type Voice, voices } from './ranking-voices.ts';

const settings = ['centrality', 'contrast', 'topicBonus', 'titleBonus', 'salienceShare'] as const satisfies readonly (keyof Voice)[];
const pairs = settings.flatMap((one, at) => settings.slice(at + 1).map(other => [one, other] as const));

describe('voices', () => {
  test.each(pairs)('every pair of settings of %s and %s is heard equally often', (one, other) => {
    const counts = new Map<string, number>();
    for (const voice of voices) {
      const key = `${voice[one]} ${voice[other]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual([4, 4, 4, 4]);
  });

  test('the middle voice lies between them', () => {
    for (const setting of ['contrast', 'topicBonus', 'titleBonus', 'salienceShare'] as const) {
      const levels = voices.map(voice => voice[setting]);
      expect(middleVoice[setting]).toBeGreaterThan(Math.min(...levels));
      expect(middleVoice[setting]).toBeLessThan(Math.max(...levels));
    }
  });
});
