import { findDates, type FoundDate } from './find-dates.ts';

/** «(25 марта по старому стилю)», "(March 25, Old Style)": the same day by another calendar. */
const otherStyle =
  /(?<!\p{L})(?:по\s+)?(?:стар(?:ому|ого)\s+(?:стил[юя]|календар[юя])|нов(?:ому|ого)\s+стил[юя]|ст\.\s?ст|н\.\s?ст|с\.\s?с\.|юлианск\p{L}+|old\s+style|new\s+style|O\.\s?S\.|N\.\s?S\.|julian)/iu;
/** «выше уровня 1346 года», "compared with 1990", "than in 2005": a year another one is measured by. */
const benchmark =
  /(?:(?<!\p{L})(?:уровн(?:я|ю|е|ем|ях|и|ь|ей)|по\s+сравнению\s+с|по\s+отношению\s+к|против|чем\s+(?:в|к|за)|относительно|в\s+ценах|compared\s+(?:with|to)|(?:more|less|fewer|higher|lower|larger|smaller)\s+than\s+(?:in|for)?|than\s+in|levels?\s+(?:of|in|from)|relative\s+to|as\s+in)\s*(?:\p{L}+\s+){0,1}|(?:from|vs\.?|versus)\s+(?:the|its|their)\s+)$/iu;
const benchmarkAfter = /^\s*(?:level|levels|baseline|prices|уровн\p{L}+)(?!\p{L})/iu;
/** «захоронений, датированных 1338–1339 гг.», "a graveyard dated to 1338": how old a thing is, beside what happened. */
const datesThing =
  /(?<!\p{L})(?:датирован\p{L}*|датируем\p{L}*|относящ\p{L}+ся\s+к|dated(?:\s+(?:to|from))?|dating\s+(?:to|from))\s+(?:\p{L}+\s)?$/iu;
/** What somebody holds, argues or proves of a time long past. */
const view =
  /(?<!\p{L})(?:доказыва(?:ет|ют|л|ла|ли)|полага(?:ет|ют|л|ла|ли)|счита(?:ет|ют|л|ла|ли|ется)|утвержда(?:ет|ют|л|ла|ли)|связыва(?:ет|ют)|спор(?:ят|ит|или)|сомнева(?:ется|ются)|по\s+мнению|следует\s+ли|указывал[аи]?\s+на|argues?|argued|believes?|believed|claims?|claimed|contends?|maintains?|thinks?|doubts?|debate|in\s+(?:his|her|their)\s+view)(?!\p{L})/iu;
/** «Термин означает…», "… refers to …", "… is a chemical element …": what a thing is, with a date beside it. */
const explains =
  /\s(?:refers?\s+to|means|denotes|означает|называется|называют|представляет\s+собой)\s|\s[—–]\s+это\s|^(?:An?\s|The\s)?\p{Lu}[\p{L}-]*\s(?:is|are)\s+an?\s/u;
/** «болезнь XIV века», «the plan of 1935»: the date belongs to a noun and not to a deed. */
const ofNoun =
  /(?<!\p{L})(?:of|from)\s+(?:the\s+)?(?:early\s+|late\s+)?$|\p{Ll}{3,}(?<!(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ит|ют|ут|ат|ят))\s$/u;

/** A date that only a noun has, of all dates of the text told last. */
const MENTION_COST = 0.25;
const VIEW_COST = 0.4;

export interface EventDate {
  readonly date: FoundDate;
  /** What its wording takes from the weight of the line: an event is told before a mention of a time, and both before a view of it. */
  readonly cost: number;
}

/** The dates of a sentence on which something happened: no second calendar, no year to measure by, no age a scholar speaks of. */
export function eventDates(text: string): EventDate[] {
  const dates = findDates(text);
  const isView = view.test(text);
  return dates.flatMap(date => {
    const before = text.slice(0, date.start);
    const after = text.slice(date.end);
    if (dates.length > 1 && isOtherStyle(before, after)) return [];
    if (benchmark.test(before) || benchmarkAfter.test(after)) return [];
    if (dates.length > 1 && datesThing.test(before)) return [];
    const isCentury = date.date === null && date.key !== null;
    if (isView && isCentury) return [];
    const isMention = explains.test(text) || (/^\S+\s+(?:год|век|г\.)/u.test(date.when) ? ofNoun.test(before) : /\bof\s$/u.test(before));
    return [{ date, cost: (isView ? VIEW_COST : 0) + (isMention ? MENTION_COST : 0) }];
  });
}

/** Whether the brackets around a date, or the words right behind it, name a calendar. */
function isOtherStyle(before: string, after: string): boolean {
  const open = before.lastIndexOf('(');
  const isInside = open !== -1 && !before.slice(open).includes(')') && after.includes(')');
  const said = isInside ? `${before.slice(open)} ${after.slice(0, after.indexOf(')'))}` : (/^[^,.;()]{0,30}/u.exec(after)?.[0] ?? '');
  return otherStyle.test(said);
}
