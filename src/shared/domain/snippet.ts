import { z } from 'zod';

/** Characters of a snippet: one line of a list, with some to spare for a wide window. */
export const snippetChars = 160;

/** A piece of a text in one line, with the places in it, UTF-16, that a search was for. */
export const snippet = z.strictObject({
  text: z.string().max(snippetChars + 2),
  marks: z.array(z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() })).max(snippetChars),
});
export type Snippet = z.output<typeof snippet>;
