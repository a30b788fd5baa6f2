import type { Sentence } from './prepare-sources.ts';

/** What can be told of a sentence, found out once however many sections ask: a sentence never changes. */
export function oncePerSentence<T, More extends readonly unknown[]>(
  find: (sentence: Sentence, ...more: More) => T,
): (sentence: Sentence, ...more: More) => T {
  const known = new WeakMap<Sentence, { readonly found: T }>();
  return (sentence, ...more) => {
    let told = known.get(sentence);
    if (told === undefined) {
      told = { found: find(sentence, ...more) };
      known.set(sentence, told);
    }
    return told.found;
  };
}
