import { wordsOf } from './words.ts';

/** Words below which a sentence says nothing of its own: a greeting, a thank-you, a number. */
const leastWords = 2;

/** Sentences and lines; a mark inside a quotation or before a bracket ends one too. */
const sentence = /[^.!?…\n]+(?:[.!?…]+["'»”’)\]]*|\n|$)/gu;

/**
 * Whether a message of the person is material of the chat or only a question put to the assistant: it is material when at
 * least one of its sentences states something, which a sentence with a question mark and a lone word do not. Nothing is
 * guessed from the meaning, so that a person can tell beforehand what will be read.
 */
export function isMaterial(text: string): boolean {
  return (text.match(sentence) ?? []).some(each => !each.includes('?') && wordsOf(each).length >= leastWords);
}
