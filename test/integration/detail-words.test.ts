import { expect, test } from 'vitest';
import { synopsisEn } from '../../src/renderer/i18n/synopsis-en.ts';
import { synopsisRu } from '../../src/renderer/i18n/synopsis-ru.ts';
import { detailLevels } from '../../src/shared/domain/synopsis.ts';
import { detailCounts } from '../../src/workers/extractive/detail-counts.ts';

test.each([synopsisRu, synopsisEn])('what the window says of a level of detail is what the engine does', ({ synopsis }) => {
  for (const level of detailLevels) expect(synopsis.detailHint[level].match(/\d+/gu)).toEqual([String(detailCounts.theses[level])]);
});
