import { afterEach, beforeEach, expect, test } from 'vitest';
import { providerId } from '../../../src/shared/domain/ids.ts';
import { createMeaningRanks, rowsOfSearch } from '../../../src/main/store/search/meaning-ranks.ts';
import { signCode } from '../../../src/main/store/search/sign-codes.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { plainStore, testFolder, type PlainStore, type TestFolder } from './store-fixture.ts';

failOnLeaks();

const space = { id: 1, dimensions: 32 };
const near = Int8Array.from({ length: space.dimensions }, (_, at) => (at % 2 === 0 ? 100 : -100));
const far = near.map(number => -number);
const everything = { ranges: [{ first: 0, last: 1_000_000 }], size: 1_000_000 };

let folder: TestFolder;
let opened: PlainStore;
beforeEach(() => {
  folder = testFolder();
  opened = plainStore(folder.root);
  opened.db
    .prepare('INSERT INTO vector_space (id, provider_id, model_id, dimensions, created_at_ms) VALUES (1, ?, ?, ?, 1)')
    .run(providerId.parse('01920000-0000-7000-8000-000000000002'), 'scripted-embed', space.dimensions);
});
afterEach(() => {
  opened.close();
  folder.remove();
});

/** One passage a row. */
function add(n: number, vector: Int8Array): void {
  const bytes = ({ buffer, byteOffset, byteLength }: Int8Array | Uint32Array) => new Uint8Array(buffer, byteOffset, byteLength);
  opened.db
    .prepare('INSERT INTO passage_vector (place, space_id, n, text_hash, vector) VALUES (1 << 32 | @n, 1, @n, @textHash, @vector)')
    .run({ n, textHash: Buffer.alloc(16), vector: bytes(vector) });
  opened.db
    .prepare('INSERT INTO vector_codes (space_id, passages, codes) VALUES (1, ?, ?)')
    .run(bytes(Uint32Array.of(n)), bytes(signCode(vector)));
}

function fill(count: number): void {
  opened.store.inTransaction(() => {
    for (let n = 1; n < count; n += 1) add(n, far);
    add(count, near);
  });
}

test('a search reads a little itself and is not answered until the rest has been read, for 20 ms in a turn', () => {
  const count = rowsOfSearch * 3 + 1;
  fill(count);
  let ms = 0;
  // A millisecond a row.
  const ranks = createMeaningRanks(opened.db, () => (ms += 1));
  expect(ranks.isLoaded(space)).toBe(false);
  expect(ranks.rank({ space, vector: near }, everything, 1)).toBeNull();
  let turns = 1;
  while (!ranks.load(space)) turns += 1;
  expect(turns).toBe(Math.ceil((count - rowsOfSearch) / 20));
  expect(ranks.isLoaded(space)).toBe(true);
  expect(ranks.rank({ space, vector: near }, everything, 1)).toEqual([count]);
});

test('few passages need no loading, and what is added later is found at once', () => {
  fill(2);
  const ranks = createMeaningRanks(opened.db);
  expect(ranks.isLoaded(space)).toBe(true);
  expect(ranks.rank({ space, vector: near }, everything, 1)).toEqual([2]);
  add(
    3,
    near.map(number => Math.sign(number)),
  );
  expect(ranks.rank({ space, vector: near }, everything, 2)).toEqual([2, 3]);
});
