/** Headings and labels that say what the lines below them are. */
export type HeadingTopic = 'decisions' | 'tasks' | 'questions' | 'noise';

const topics: readonly (readonly [HeadingTopic, RegExp])[] = [
  [
    'decisions',
    /^(?:принятые |наши |итоговые )?решени[яе](?![\p{L}])|^что решили|^решили|^постановили|^(?:key |main |final )?decisions?\b|^(?:what )?(?:we )?(?:decided|agreed)\b|^resolutions?\b|^resolved\b/u,
  ],
  [
    'tasks',
    /^(?:следующие |новые |наши )?(?:задач[аи]|поручени[яе]|действия)(?![\p{L}])|^(?:дальнейшие|следующие) шаги|^что (?:делаем|сделать|дальше)|^to-?\s?dos?\b|^(?:action|next) (?:items?|steps?|points?|actions?)\b|^actions?\b|^tasks?\b|^follow[- ]?ups?\b/u,
  ],
  [
    'questions',
    /^(?:открытые |нерешённые |нерешенные |оставшиеся )вопросы|^вопросы(?: без ответа)?$|^что (?:ещё |еще )?(?:неясно|не ясно|непонятно)|^(?:open|unresolved|outstanding|remaining) (?:questions?|issues?|points?)\b|^questions?$|^parking lot/u,
  ],
  [
    'noise',
    /^(?:список )?(?:литератур[аы]|источники|примечания|ссылки|библиография|сноски|содержание|оглавление|см\. также|читайте также|реклама|комментарии)|^(?:references|bibliography|further reading|see also|external links|footnotes|notes and references|table of contents|contents|acknowledge?ments?|related (?:articles|posts|stories)|comments|advertisement)\b/u,
  ],
];

/** What a heading announces, or null for an ordinary one. JavaScript's `\b` knows no Cyrillic, hence the look-aheads. */
export function headingTopicOf(heading: string): HeadingTopic | null {
  const folded = heading
    .toLowerCase()
    .replace(/^[\s#*\d.)]+/u, '')
    .replace(/[\s:*]+$/u, '');
  for (const [topic, pattern] of topics) if (pattern.test(folded)) return topic;
  return null;
}
