import { dayKey } from './day-key.ts';
import { findDates, type FoundDate } from './find-dates.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';

export interface DatedSentence {
  readonly sentence: Sentence;
  readonly found: FoundDate;
}
export interface OrderedSentence extends DatedSentence {
  /** ISO 8601 date or year, also where only the document tells the year. */
  readonly date: string | null;
}

/** A text dates itself in one of its first lines, a title, a byline or a heading of minutes; a longer line is told text. */
const OPENING_LINES = 3;
const MAX_OPENING_LINE = 160;
/** A day without a year lies within half a year of the day the text was written. */
const HALF_A_YEAR_MS = 183 * 24 * 3_600_000;
/** A day takes the year of a sentence at most so many before it in its paragraph. */
const NEIGHBOUR_SENTENCES = 3;
/** "the 1960s", «1772–1775 годы»: no one year. */
const severalYears = /\d{4}s|\d\s?[–—-]\s?\d|\d{4}\D+\d{4}/u;

/** Sorts dated sentences, given in reading order, by time. Those whose year nothing tells stand behind all others, as their text has them. */
export function inOrderOfTime(prepared: Prepared, entries: readonly DatedSentence[]): OrderedSentence[] {
  const written = prepared.sources.map((_, source) => ownDate(prepared, source));
  const placed = entries.map(entry => {
    const date = entry.found.date ?? withYear(prepared, entry, written[entry.sentence.source] ?? null);
    return { ...entry, date, key: entry.found.key ?? (date === null ? null : keyOf(date)) };
  });
  const months = monthsAhead(placed.filter(({ key, sentence }) => key === null && sentence.isTalk).map(({ found }) => monthAndDay(found)));
  const keyed = placed.map(entry => ({
    ...entry,
    key: entry.key ?? Number.POSITIVE_INFINITY,
    ahead: entry.key === null && entry.sentence.isTalk ? months(monthAndDay(entry.found)) : 0,
  }));
  return keyed.sort((a, b) =>
    a.key === b.key ? a.ahead - b.ahead || a.sentence.index - b.sentence.index || a.found.start - b.found.start : a.key - b.key,
  );
}

/** Hundreds for the month and units for the day; null where the words name none. */
function monthAndDay({ when }: FoundDate): number | null {
  const [month, day] = dayKey(when).split('-');
  return month === undefined || day === undefined || !/^\d{2}$/u.test(month) ? null : Number(month) * 100 + Number(day);
}

/** A year in the measure of `monthAndDay`. */
const YEAR = 1_200;

/**
 * The order of days without a year that one talk plans: they lie within a year, which begins after the longest stretch without any of
 * them (December comes before January when both are named, August before October).
 */
function monthsAhead(days: readonly (number | null)[]): (day: number | null) => number {
  const sorted = [...new Set(days.filter(day => day !== null))].sort((a, b) => a - b);
  let first = sorted[0] ?? 0;
  let longest = 0;
  sorted.forEach((day, at) => {
    const before = at === 0 ? (sorted.at(-1) ?? day) - YEAR : (sorted[at - 1] ?? day);
    if (day - before <= longest) return;
    longest = day - before;
    first = day;
  });
  return day => (day === null ? YEAR : day >= first ? day - first : day - first + YEAR);
}

const keyOf = (iso: string): number => {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return year + month / 100 + day / 10_000;
};

/** The day a text was written: the full date of its title or of its first line with one, when no other date of it lies far off; else null. */
function ownDate({ sources, sentences }: Prepared, source: number): string | null {
  const { snapshot, input } = sources[source] ?? {};
  if (snapshot === undefined) return null;
  const lines = snapshot.text.split('\n', 2 * OPENING_LINES).filter(line => line.trim() !== '');
  const opening = [input?.title ?? '', ...lines.slice(0, OPENING_LINES).filter(line => line.length <= MAX_OPENING_LINE)];
  const days = opening
    .map(line => findDates(line).flatMap(({ date }) => (date?.length === 10 ? [date] : [])))
    .find(({ length }) => length > 0);
  const [day] = days ?? [];
  if (day === undefined || days?.length !== 1) return null;
  const year = Number(day.slice(0, 4));
  const isOfItsTime = sentences.every(
    sentence =>
      sentence.source !== source || findDates(sentence.text).every(({ key }) => key === null || Math.abs(Math.floor(key) - year) <= 1),
  );
  return isOfItsTime ? day : null;
}

/** The ISO date of a day without a year: the year by the day the text was written, or by the neighbours in the paragraph; null where neither tells. */
function withYear(prepared: Prepared, { sentence, found }: DatedSentence, written: string | null): string | null {
  const [month, day] = dayKey(found.when).split('-');
  if (month === undefined || day === undefined || !/^\d{2}$/u.test(month) || day === '0') return null;
  const iso = (year: number): string => `${year}-${month}-${day.padStart(2, '0')}`;
  if (written !== null) {
    const year = Number(written.slice(0, 4));
    const distance = (other: number): number => Math.abs(Date.parse(iso(other)) - Date.parse(written));
    const nearest = [year, year + 1, year - 1].reduce((best, other) => (distance(other) < distance(best) ? other : best));
    return distance(nearest) <= HALF_A_YEAR_MS ? iso(nearest) : null;
  }
  const neighbours = prepared.sentences
    .slice(Math.max(0, sentence.index - NEIGHBOUR_SENTENCES), sentence.index)
    .filter(({ source, block }) => source === sentence.source && block === sentence.block)
    .flatMap(({ text }) => findDates(text))
    .filter(({ when }) => !severalYears.test(when));
  const years = new Set(neighbours.flatMap(({ date }) => (date === null ? [] : [date.slice(0, 4)])));
  const [only] = years;
  return only === undefined || years.size > 1 ? null : iso(Number(only));
}
