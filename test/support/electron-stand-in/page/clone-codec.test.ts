import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCloneCodec, type Encoded } from './clone-codec.ts';

const codec = makeCloneCodec();
const through = (value: unknown): unknown => codec.decode(JSON.parse(JSON.stringify(codec.encode(value))) as Encoded);

describe('the clone codec', () => {
  test('agrees with structuredClone on anything it can carry', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withBoxedValues: true }),
        value => {
          expect(through(value)).toStrictEqual(structuredClone(value));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('keeps undefined members, -0, NaN, __proto__ keys and bytes', () => {
    expect(through({ a: undefined, b: [-0, NaN, Infinity] })).toStrictEqual({ a: undefined, b: [-0, NaN, Infinity] });
    expect(Object.keys(through(JSON.parse('{"__proto__": 1}')) as object)).toEqual(['__proto__']);
    expect(through(Uint8Array.of(0, 128, 255))).toStrictEqual(Uint8Array.of(0, 128, 255));
    expect(through(new Date(5))).toStrictEqual(new Date(5));
    expect(through(/a+/giu)).toStrictEqual(/a+/giu);
  });

  test('keeps shared and circular references', () => {
    const shared = { n: 1 };
    const circle: { self?: unknown; pair: unknown[]; at: Date } = { pair: [shared, shared], at: new Date(7) };
    circle.self = circle;
    const copy = through(circle) as typeof circle;
    expect(copy.self).toBe(copy);
    expect(copy.pair[0]).toBe(copy.pair[1]);
    expect(copy.at).toEqual(new Date(7));
  });

  test('keeps the kind and words of an error', () => {
    const copy = through(new RangeError('too far')) as Error;
    expect(copy).toBeInstanceOf(RangeError);
    expect(copy.message).toBe('too far');
  });

  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a function inside', { deep: [() => 1] }],
    ['a weak map', new WeakMap()],
  ])('refuses %s in the words of Electron', (_name, value) => {
    expect(() => codec.encode(value)).toThrow('An object could not be cloned.');
  });

  test('its source text alone is enough to run it elsewhere', () => {
    const elsewhere = (0, eval)(`(${makeCloneCodec})()`) as typeof codec;
    expect(codec.decode(elsewhere.encode(new Map([[1, { a: undefined }]])))).toEqual(new Map([[1, { a: undefined }]]));
  });
});
