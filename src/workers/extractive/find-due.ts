/** Phrases that say until when: «к пятнице», «до 15 марта», "by the end of the week". Cut out verbatim. */
const ruDay = String.raw`(?:понедельник\p{L}*|вторник\p{L}*|сред(?:а|у|е|ы)|четверг\p{L}*|пятниц\p{L}|суббот\p{L}|воскресень\p{L}|выходны[хм])`;
const ruMonth = String.raw`(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)`;
const ruTime = String.raw`(?:\s+(?:до|к|в)\s+\d{1,2}(?:[:.]\d{2})?(?:\s*(?:час\p{L}*|утра|вечера|дня))?)?`;
const enDay = String.raw`(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)`;
const enMonth = String.raw`(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\p{L})\.?)`;
const enOrdinal = String.raw`(?:(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|\p{L}+teenth|twentieth|thirtieth)`;
const enDate = String.raw`(?:(?:the\s+)?(?:end of (?:${enMonth}|(?:the |this |next )?(?:day|week|month|quarter|year|sprint))|next week(?:'|’)s (?:class|lesson|lecture|meeting|seminar)|next (?:week|month|class|lesson|lecture|meeting|seminar|${enDay})|the ${enOrdinal} of ${enMonth}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o(?:'|’)clock)?(?!\s+\p{L})|this ${enDay}|${enDay},?\s+(?:the\s+)?(?:${enMonth}\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?${enMonth})|tomorrow(?: (?:morning|noon|evening|night))?|tonight|noon|today|${enDay}(?:\s+(?:morning|noon|afternoon|evening|night))?|${enMonth}\s+\d{1,2}(?:st|nd|rd|th)?|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)(?:\s+of\s+${enMonth})?|\d{1,2}\s+${enMonth}(?:,?\s+20\d{2})?|EOD|COB|EOW|\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.)))`;

const patterns: readonly RegExp[] = [
  due(String.raw`(?:послезавтра|завтра|сегодня)\s+(?:утром|днём|днем|вечером|до обеда|после обеда|к вечеру|до вечера|к обеду)${ruTime}`),
  due(
    String.raw`(?:к|до|не позднее|не позже)\s+(?:(?:следующе\p{L}+|этой|эту|будуще\p{L}+|ближайше\p{L}+|утра|вечера|утру|вечеру|обеда|обеду)\s+)?(?:(?:${ruDay},?\s+)?\d{1,2}(?:-?го|-?му)?\s+${ruMonth}(?:\s+20\d{2}(?:\s+года|\s*г\.)?)?|${ruDay}|\d{1,2}\.\d{2}(?:\.\d{2,4})?|\p{L}+(?:ого|ому)\s+${ruMonth}|(?:двадцат|тридцат)ь\s+\p{L}+(?:ого|ому)\s+${ruMonth}|\d{1,2}(?:-?го|-?му)(?:\s+числ\p{L})?|конц[ау]\s+(?:следующе\p{L}+\s+|этой\s+|этого\s+)?(?:дня|недели|месяца|квартала|года|спринта)|(?:следующе\p{L}+|этой|этому)\s+(?:недел[еи]|встреч[еи]|лекци[ию]|занятию|занятия|уроку|урока|семинару|семинара|собрани[юя])|(?:часу|дву?м|тр[её]м|четыр[её]м|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати)\s+(?:часам|утра|дня|вечера)(?:\s+(?:утра|дня|вечера))?|этому\s+(?:сроку|времени|моменту|дню)|(?:начал[ау]|открыти[яю]|конц[ау])\s+\p{Ll}{4,}|(?:отъезда|зимы|весны|лета|осени|праздников|каникул|отпуска|сессии|экзамен\p{L}+|релиза|премьеры|заморозков|ледостава|отопительного\s+сезона)|завтра(?:шнего)?(?:\s+(?:утра|вечера|обеда|дня))?|вечера|вечеру|утра|утру|обеда|обеду|(?:${ruMonth.slice(3, -1)}))${ruTime}`,
  ),
  due(
    String.raw`(?:послезавтра|завтра|сегодня)(?:\s+(?:утром|днём|днем|вечером|до обеда|после обеда|к вечеру|до вечера|к обеду))?${ruTime}`,
  ),
  due(
    String.raw`(?:в|во)\s+(?:следующ\p{L}+\s+|эт(?:от|у)\s+|ближайш\p{L}+\s+)?(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)(?:\s+(?:утром|днём|днем|вечером))?${ruTime}`,
  ),
  due(
    String.raw`на\s+(?:следующей|этой|будущей)\s+неделе|(?:к|на)\s+(?:следующе|ближайше)(?:м|му|й)\s+(?:заседани[июе]|собрани[июе]|совещани[июе]|заняти[июе]|урок[уе]|семинар[уе]|встрече|лекции)|в\s+течение\s+(?:\p{L}+\s+)?(?:дня|недели|месяца|\d+\s+\p{L}+)|в\s+конце\s+(?:дня|недели|месяца|квартала)|через\s+(?:час|день|неделю|месяц|\d+\s+(?:час\p{L}*|дн\p{L}*|недел\p{L}*))|срок\s*[:—-]?\s*[^,.;)]{3,30}`,
  ),
  due(String.raw`(?:by|until|till|before|no later than|due(?:\s+(?:on|by))?:?|deadline:?)\s+${enDate}`),
  due(
    String.raw`on\s+(?:${enDay}|${enMonth}\s+\d{1,2}(?:st|nd|rd|th)?)|tomorrow(?:\s+(?:morning|afternoon|evening))?|tonight|later today|today|this (?:week|afternoon|evening|${enDay})|next (?:week|month|${enDay})|on \d{1,2}\s+${enMonth}|at\s+(?:the|our)\s+next\s+(?:meeting|class|lesson|lecture|seminar|session|rehearsal)|by then|(?:by|before|until)\s+(?:the\s+|our\s+|my\s+)?(?:weekend|holidays?|summer|winter|spring|autumn|freeze|deadline|launch|opening|(?:next\s+|this\s+)?(?:meeting|class|lesson|lecture|seminar|rehearsal|exam|trip|release|season))|within (?:the |a |an )?(?:\p{L}+|\d+)\s+(?:hours?|days?|weeks?)|in (?:an?|one|two|three|\d+)\s+(?:hours?|days?|weeks?)`,
  ),
];

function due(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${source})(?![\p{L}\d])`, 'giu');
}

/** The first due phrase, the surest kind first and of a kind the one that names a day of the month; null when none is named. */
export function findDue(text: string): string | null {
  const flat = text.replace(/\s+/gu, ' ');
  for (const pattern of patterns) {
    const found = flat.match(pattern);
    const due = found?.find(phrase => /\d/u.test(phrase)) ?? found?.[0];
    if (due !== undefined) return due.replace(/^срок\s*[:—-]?\s*(?=(?:до|к)\s)/iu, '').trim();
  }
  return null;
}

/** «Повторю тест 17 ноября»: a bare day, which only in a promise says until when. */
const plainDay = due(String.raw`\d{1,2}(?:-?го)?\s+${ruMonth}|${enMonth}\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\s+${enMonth}`);

/** The first bare day of a text; for sentences of a talk, where a promise names the day it is kept. */
export const findPlainDay = (text: string): string | null => text.replace(/\s+/gu, ' ').match(plainDay)?.[0]?.trim() ?? null;
