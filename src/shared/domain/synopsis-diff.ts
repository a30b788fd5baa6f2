import type { Section, SectionKind, SynopsisNote, SynopsisVersion } from './synopsis.ts';
import { wordDiff, type TextRun } from './word-diff.ts';
import { wordsOf } from './words.ts';

export type Item = Section['items'][number];

/** What an item says besides its text, in the order in which it is read. */
export const itemFields = ['term', 'when', 'figure', 'text', 'who', 'due', 'answer'] as const;
export type ItemField = (typeof itemFields)[number];

export interface FieldDiff {
  readonly field: ItemField;
  readonly runs: readonly TextRun[];
}

export type ItemDiff =
  | { readonly change: 'same'; readonly item: Item }
  | { readonly change: 'added'; readonly item: Item }
  | { readonly change: 'removed'; readonly item: Item }
  /** `fields` are those that either side has; with nothing but `same` runs its quotes alone are others. */
  | { readonly change: 'changed'; readonly before: Item; readonly after: Item; readonly fields: readonly FieldDiff[] };

export interface SectionDiff {
  readonly kind: SectionKind;
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  readonly items: readonly ItemDiff[];
}

export type NoteDiff = { readonly after: SectionKind | null } & (
  | { readonly change: 'added' | 'removed'; readonly text: string }
  | { readonly change: 'changed'; readonly runs: readonly TextRun[] }
);

export interface SynopsisDiff {
  readonly title: readonly TextRun[] | null;
  readonly sections: readonly SectionDiff[];
  readonly notes: readonly NoteDiff[];
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number };
}

export interface DiffSide {
  readonly title: string;
  readonly sections: readonly Section[];
  readonly notes: readonly SynopsisNote[];
}

/** Share of the words of two items that they have in common above which one became the other; below, a reader sees two. */
const alikeFrom = 0.5;

/**
 * What a reader of one version finds changed in another. Items are paired by their words first, then by what most of their words
 * have in common; words are marked within a pair. An item that only moved is not a change. Quotes count: an item with the same
 * words and another quote is changed.
 */
export function synopsisDiff(before: DiffSide, after: DiffSide): SynopsisDiff {
  const old = keyed(before.sections);
  const fresh = keyed(after.sections);
  const sections: SectionDiff[] = [];
  for (const [key, section] of fresh) {
    const earlier = old.get(key);
    sections.push(
      earlier === undefined
        ? { kind: section.kind, change: 'added', items: section.items.map(item => ({ change: 'added', item })) }
        : sectionDiff(earlier, section),
    );
  }
  // A section that is gone is shown where it was: after the one that it followed.
  let place = 0;
  for (const [key, section] of old) {
    const found = sections.findIndex((each, index) => index >= place && each.kind === section.kind && fresh.has(key));
    if (found !== -1) place = found + 1;
    else if (!fresh.has(key)) {
      sections.splice(place, 0, { kind: section.kind, change: 'removed', items: section.items.map(item => ({ change: 'removed', item })) });
      place += 1;
    }
  }
  const items = sections.flatMap(section => section.items);
  const notes = noteDiffs(before.notes, after.notes);
  const count = (change: 'added' | 'removed' | 'changed'): number =>
    items.filter(item => item.change === change).length + notes.filter(note => note.change === change).length;
  return {
    title: before.title === after.title ? null : wordDiff(before.title, after.title),
    sections,
    notes,
    counts: { added: count('added'), removed: count('removed'), changed: count('changed') },
  };
}

export function diffSideOf({ title, sections, notes }: SynopsisVersion): DiffSide {
  return { title, sections, notes };
}

export function sectionDiff(before: Section, after: Section): SectionDiff {
  const items = itemDiffs(before.items, after.items);
  const isSame = items.every(item => item.change === 'same') && before.emptyReason === after.emptyReason;
  return { kind: after.kind, change: isSame ? 'same' : 'changed', items };
}

/** The n-th section of a kind is compared with the n-th: a version has each kind once. */
function keyed(sections: readonly Section[]): Map<string, Section> {
  const counts = new Map<string, number>();
  return new Map(
    sections.map(section => {
      const n = (counts.get(section.kind) ?? 0) + 1;
      counts.set(section.kind, n);
      return [`${section.kind} ${n}`, section];
    }),
  );
}

export function fieldOf(item: Item, field: ItemField): string {
  const value: unknown = Reflect.get(item, field);
  return typeof value === 'string' ? value : '';
}

function wordingOf(item: Item): string {
  return itemFields.map(field => fieldOf(item, field)).join('\u0000');
}

function haveSameQuotes({ citations: some }: Item, { citations: others }: Item): boolean {
  return (
    some.length === others.length && some.every(({ quote, support }, at) => quote === others[at]?.quote && support === others[at]?.support)
  );
}

function itemDiffs(before: readonly Item[], after: readonly Item[]): ItemDiff[] {
  /** By place in `after`, the item of `before` that it is or was. */
  const pairs = new Map<number, number>();
  const left = new Set(before.keys());
  const byWording = new Map<string, number[]>();
  const wordingBefore = before.map(wordingOf);
  const wordingAfter = after.map(wordingOf);
  wordingBefore.forEach((wording, at) => {
    const places = byWording.get(wording);
    if (places === undefined) byWording.set(wording, [at]);
    else places.push(at);
  });
  wordingAfter.forEach((wording, at) => {
    const twin = byWording.get(wording)?.shift();
    if (twin === undefined) return;
    pairs.set(at, twin);
    left.delete(twin);
  });
  pairAlike(wordingBefore, wordingAfter, left, pairs);

  const result: ItemDiff[] = [];
  const removed = [...left].sort((a, b) => a - b);
  let seen = -1;
  const removeUpTo = (limit: number): void => {
    for (let first = removed[0]; first !== undefined && first < limit; first = removed[0]) {
      removed.shift();
      const item = before[first];
      if (item !== undefined) result.push({ change: 'removed', item });
    }
  };
  after.forEach((item, at) => {
    const place = pairs.get(at);
    const earlier = place === undefined ? undefined : before[place];
    if (place === undefined || earlier === undefined) {
      result.push({ change: 'added', item });
      return;
    }
    // What was removed stands where it stood.
    if (place > seen) {
      removeUpTo(place);
      seen = place;
    }
    const isSame = wordingBefore[place] === wordingAfter[at] && haveSameQuotes(earlier, item);
    result.push(isSame ? { change: 'same', item } : { change: 'changed', before: earlier, after: item, fields: fieldDiffs(earlier, item) });
  });
  removeUpTo(before.length);
  return result;
}

function fieldDiffs(before: Item, after: Item): FieldDiff[] {
  return itemFields.flatMap(field => {
    const runs = wordDiff(fieldOf(before, field), fieldOf(after, field));
    return runs.length === 0 ? [] : [{ field, runs }];
  });
}

/** The most alike first; an index of words keeps items that share none from being looked at. */
function pairAlike(before: readonly string[], after: readonly string[], left: Set<number>, pairs: Map<number, number>): void {
  const open = [...after.keys()].filter(at => !pairs.has(at));
  if (open.length === 0 || left.size === 0) return;
  const wordsAt = new Map<number, Set<string>>();
  const holders = new Map<string, number[]>();
  for (const at of left) {
    const words = distinctWords(before[at]);
    wordsAt.set(at, words);
    for (const word of words) {
      const known = holders.get(word);
      if (known === undefined) holders.set(word, [at]);
      else known.push(at);
    }
  }
  const candidates: { readonly at: number; readonly place: number; readonly likeness: number }[] = [];
  for (const at of open) {
    const words = distinctWords(after[at]);
    const shared = new Map<number, number>();
    for (const word of words) for (const place of holders.get(word) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
    for (const [place, count] of shared) {
      const likeness = (2 * count) / (words.size + (wordsAt.get(place)?.size ?? 0));
      if (likeness >= alikeFrom) candidates.push({ at, place, likeness });
    }
  }
  candidates.sort((a, b) => b.likeness - a.likeness || a.at - b.at || a.place - b.place);
  for (const { at, place } of candidates) {
    if (pairs.has(at) || !left.has(place)) continue;
    pairs.set(at, place);
    left.delete(place);
  }
}

function distinctWords(wording = ''): Set<string> {
  return new Set(wordsOf(wording));
}

function noteDiffs(before: readonly SynopsisNote[], after: readonly SynopsisNote[]): NoteDiff[] {
  const earlier = new Map(before.map(note => [note.id, note]));
  const later = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((note): NoteDiff[] => {
      const old = earlier.get(note.id);
      if (old === undefined) return [{ after: note.after, change: 'added', text: note.text }];
      if (old.text === note.text && old.after === note.after) return [];
      return [{ after: note.after, change: 'changed', runs: wordDiff(old.text, note.text) }];
    }),
    ...before.filter(({ id }) => !later.has(id)).map((note): NoteDiff => ({ after: note.after, change: 'removed', text: note.text })),
  ];
}
