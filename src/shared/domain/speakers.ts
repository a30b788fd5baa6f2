import type { Segment } from './snapshot.ts';
import { foldText } from './words.ts';

/** A label before a colon: one to four words with a capital at the head, also "Speaker 1" and "#Person1#". A date or time may stand before. */
export const labelPattern = new RegExp(
  String.raw`^[ \t]*(?:[[(]?(?=[\d.,/: \t-]*\d:\d\d|\d{1,2}\.\d{1,2})[\d.,/: \t-]{4,22}(?:[AaPp][Mm])?[\])]?[ \t]*[-–—]?[ \t]*)?` +
    String.raw`(#?[\p{Lu}][\p{L}\p{N}.'’#-]*(?:[ \t]+[\p{L}\d][\p{L}\p{N}.'’-]*){0,3})(?:[ \t]*\([^)\n]{1,60}\))?[ \t]*:[ \t]+`,
  'u',
);

/** Labels that name a part of the minutes and not a person. */
const notSpeakers = new Set([
  'решение',
  'решения',
  'решили',
  'итог',
  'итоги',
  'итого',
  'вопрос',
  'вопросы',
  'задача',
  'задачи',
  'важно',
  'внимание',
  'примечание',
  'тема',
  'дата',
  'повестка',
  'участники',
  'присутствовали',
  'срок',
  'ответственный',
  'вывод',
  'выводы',
  'пример',
  'определение',
  'план',
  'место',
  'время',
  'источник',
  'цель',
  'цели',
  'заметка',
  'всего',
  'поручение',
  'поручения',
  'далее',
  'ингредиенты',
  'состав',
  'автор',
  'день',
  'шаг',
  'decision',
  'decisions',
  'action',
  'action item',
  'action items',
  'todo',
  'to do',
  'note',
  'notes',
  'summary',
  'agenda',
  'date',
  'time',
  'place',
  'attendees',
  'participants',
  'present',
  'topic',
  'question',
  'questions',
  'open question',
  'open questions',
  'result',
  'results',
  'warning',
  'tip',
  'example',
  'definition',
  'conclusion',
  'goal',
  'goals',
  'source',
  'next steps',
  'next step',
  'important',
  'subject',
  'location',
  'owner',
  'deadline',
  'author',
  'ingredients',
  'step',
  'status',
]);

/** Two turns may be a quotation inside an article; from three on it is a talk. */
export const minTurns = 3;
/** Share of lines with a speaker in transcripts: wrapped lines bring it down, list labels of an article never reach it. */
const MIN_TURN_SHARE = 0.3;

/** A text without segments, as one. */
export const wholeText = (text: string): Segment => ({
  kind: 'paragraph',
  start: 0,
  end: text.length,
  level: null,
  page: null,
  messageId: null,
  speaker: null,
});

/** The people who speak, by the labels of the lines; empty when the text is no talk. */
export function speakersOf(text: string, segments: readonly Segment[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let lines = 0;
  let turns = 0;
  for (const segment of segments) {
    if (segment.kind === 'code' || segment.kind === 'table' || segment.kind === 'message') continue;
    for (const line of text.slice(segment.start, segment.end).split('\n')) {
      if (line.trim() === '') continue;
      lines += 1;
      const label = labelPattern.exec(line)?.[1];
      if (label === undefined || notSpeakers.has(foldText(label))) continue;
      turns += 1;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  const repeats = [...counts.values()].some(count => count > 1);
  const isTalk = turns >= minTurns && repeats && turns >= lines * MIN_TURN_SHARE;
  // «Научный руководитель:» is a speaker when it comes back; a phrase with small letters that stands once only introduces a list.
  return new Set(isTalk ? [...counts].flatMap(([label, count]) => (count > 1 || !/\s\p{Ll}/u.test(label) ? [label] : [])) : []);
}

/** Whether a text is a talk by its lines: a transcript, a log of a chat, minutes with speakers. */
export function isTalk(text: string): boolean {
  return speakersOf(text, [wholeText(text)]).size > 0;
}
