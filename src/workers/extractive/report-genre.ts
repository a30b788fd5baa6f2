/**
 * What news says that explaining prose seldom does: who said or announced it, an agency or a spokesman, the day of the week it
 * happened on. Verbs that also stand in recipes and histories ("added", «пишет») are left out.
 */
const reportMark = new RegExp(
  String.raw`(?<!\p{L})(?:${[
    'said|says|told|announced|according to|reported|reportedly|warned|spokes(?:man|woman|person)|officials',
    'on (?:mon|tues|wednes|thurs|fri|satur|sun)day|reuters|associated press',
    String.raw`сообщи(?:л|ла|ли|ло)|сообща(?:ет|ют|л|ла|ли|ется|лось)|заяви(?:л|ла|ли|ло)|заявля(?:ет|ют)|рассказа(?:л|ла|ли)|рассказыва(?:ет|ют)`,
    String.raw`сказа(?:л|ла|ли)|говорит|говорится|по словам|по (?:предварительным )?данным|со ссылкой на|как переда[её]т|отмети(?:л|ла|ли)|отмеча(?:ет|ют|ется)`,
    String.raw`поясни(?:л|ла|ли)|подчеркну(?:л|ла|ли)|добави(?:л|ла|ли)|уточни(?:л|ла|ли)|предупреди(?:л|ла|ли)`,
    String.raw`в (?:понедельник|среду|четверг|пятницу|субботу|воскресенье)|во вторник|тасс|риа новости|интерфакс\p{L}*|пресс-служб\p{L}*|пресс-секретар\p{L}*`,
  ].join('|')})(?!\p{L})`,
  'iu',
);

/** A text is a report when this share of its sentences bears such a mark; other articles of the development half lie at 0.08 and below, news at 0.17 and above. */
const REPORT_SHARE = 0.12;

/** Whether the text reports what others did and said, as news does. */
export function isReport(sentences: readonly string[]): boolean {
  return sentences.length > 0 && sentences.filter(text => reportMark.test(text)).length >= sentences.length * REPORT_SHARE;
}
