/** Headings and labels that say what the lines below them are. */
export type HeadingTopic = 'decisions' | 'tasks' | 'questions' | 'noise';

/**
 * What may follow the word itself: nothing, whose or of when it is, a count. «Задача о долготе», «Решение уравнений» and "Decision
 * trees" name a matter and announce no list.
 */
const ofMeeting = String.raw`(?:\s+(?:(?:по|на|к|до|от|после)\s.+|и\s.+|(?:собрания|совещания|встречи|заседания|комиссии|комитета|совета|правления|команды|группы|участников|недели|спринта|проекта)(?:\s.+)?))?`;
const ofTalk = String.raw`(?:\s+(?:made|taken|reached|from|for|by|until|after|and|at|to|this|next)\s.+|\s+(?:made|taken|reached)|\s+of\s+(?:the\s+)?(?:meeting|board|council|committee|team|group|week|sprint)(?:\s.+)?)?`;
/** «Комментарии (2)», «Литература и источники», «Литература по теме»; «Литература XIX века» is a chapter. */
const ofList = String.raw`(?:\s*\(\d+\)|\s+(?:и|к|по)\s.+)?`;

const topics: readonly (readonly [HeadingTopic, RegExp])[] = [
  [
    'decisions',
    new RegExp(
      String.raw`^(?:принятые |наши |итоговые )?(?:решения|решение)${ofMeeting}$|^что решили|^решили|^постановили|^(?:key |main |final )?decisions?${ofTalk}$|^(?:what )?(?:we )?(?:decided|agreed)\b|^resolutions?${ofTalk}$|^resolved\b`,
      'u',
    ),
  ],
  [
    'tasks',
    new RegExp(
      String.raw`^(?:следующие |новые |наши )?(?:задачи|поручени[яе]|действия)${ofMeeting}$|^задача$|^(?:дальнейшие|следующие) шаги|^что (?:делаем|сделать|дальше)|^to-?\s?dos?\b|^(?:action|next) (?:items?|steps?|points?|actions?)\b|^(?:actions|tasks?)${ofTalk}$|^follow[- ]?ups?${ofTalk}$`,
      'u',
    ),
  ],
  [
    'questions',
    /^(?:открытые |нерешённые |нерешенные |оставшиеся )вопросы|^вопросы(?: без ответа)?$|^что (?:ещё |еще )?(?:неясно|не ясно|непонятно)|^(?:open|unresolved|outstanding|remaining) (?:questions?|issues?|points?)\b|^questions?$|^parking lot/u,
  ],
  [
    'noise',
    new RegExp(
      String.raw`^(?:список )?(?:(?:использованн(?:ая|ой|ые|ых) |рекомендуем(?:ая|ой) )?(?:литератур[аы]|источник(?:и|ов))|примечания|ссылки|библиография|сноски|содержание|оглавление|см\. также|читайте также|реклама|комментарии)${ofList}$|^(?:works cited|(?:sources|literature)(?: cited| and notes| and further reading)?$|references|bibliography|further reading|see also|external links|footnotes|notes and references|table of contents|contents|acknowledge?ments?|related (?:articles|posts|stories)|comments|advertisement)\b`,
      'u',
    ),
  ],
];

/** What a heading announces, or null for an ordinary one. */
export function headingTopicOf(heading: string): HeadingTopic | null {
  const folded = heading
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s#*\d.)]+/u, '')
    .replace(/[\s:*]+$/u, '');
  for (const [topic, pattern] of topics) if (pattern.test(folded)) return topic;
  return null;
}
