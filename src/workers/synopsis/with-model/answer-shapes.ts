import { z } from 'zod';
import type { SectionKind } from '../../../shared/domain/synopsis.ts';
import { noteKinds } from '../prompts/synopsis-prompts.ts';

/** As the stored item's schema bounds them; a model that writes more is cut and not refused. */
const cut = (limit: number) =>
  z
    .string()
    .trim()
    .min(1)
    .transform(text => text.slice(0, limit).toWellFormed());
/** Null, absent, and the words for it that models put into a field. */
const orNull = (limit: number) =>
  z
    .union([z.string(), z.number()])
    .nullish()
    .transform(value => {
      const text = value == null ? '' : String(value).trim().slice(0, limit).toWellFormed();
      return text === '' || /^(?:null|none|n\/a|нет|не указан[оа]?|—|-)$/iu.test(text) ? null : text;
    });
const word = (limit: number) => z.union([z.string(), z.number()]).transform(String).pipe(cut(limit));

const quote = z
  .union([z.string(), z.object({ source: z.union([z.number(), z.string()]).nullish(), quote: z.string() })])
  .transform(value => {
    if (typeof value === 'string') return { source: null, quote: value };
    const number = Number(value.source ?? Number.NaN);
    return { source: Number.isInteger(number) ? number : null, quote: value.quote };
  });
export type ClaimedQuote = z.output<typeof quote>;

/** Evidence of either kind; more than a reader looks at is left out. */
const evidenceFields = {
  quotes: z
    .array(quote)
    .nullish()
    .transform(quotes => (quotes ?? []).slice(0, 8)),
  notes: z
    .array(z.union([z.number(), z.string()]))
    .nullish()
    .transform(notes => (notes ?? []).map(Number).filter(Number.isInteger).slice(0, 16)),
};

export const evidence = z.object({ item: z.coerce.number().int(), ...evidenceFields });
export type Evidence = Pick<z.output<typeof evidence>, 'quotes' | 'notes'>;

const base = { text: cut(8_000), ...evidenceFields };
const isoDate = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(value => (/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(String(value ?? '')) ? String(value) : null));

/** What a model writes of an item, by section: as lenient as its meaning allows, and nothing in it is taken on trust. */
export const answerItems = {
  summary: z.object(base),
  theses: z.object(base),
  terms: z.object({ ...base, term: cut(300) }),
  timeline: z.object({ ...base, when: word(200), date: isoDate }),
  decisions: z.object(base),
  tasks: z.object({ ...base, who: orNull(200), due: orNull(200) }),
  figures: z.object({ ...base, figure: word(200) }),
  contradictions: z.object(base),
  questions: z.object(base),
  selfCheck: z.object({ ...base, answer: cut(4_000) }),
} as const satisfies Record<SectionKind, z.ZodType>;
export type AnswerItem = z.output<(typeof answerItems)[SectionKind]>;

/** A note of a part of the material. */
export const answerNote = z.object({
  ...base,
  kind: z.string().transform(kind => noteKinds.find(known => known.toLowerCase() === kind.trim().toLowerCase()) ?? 'theses'),
  term: orNull(300),
  when: orNull(200),
  who: orNull(200),
  due: orNull(200),
  figure: orNull(200),
});
export type AnswerNote = z.output<typeof answerNote>;

export const verdict = z.object({ item: z.coerce.number().int(), verdict: z.enum(['supported', 'partly', 'not']) });
