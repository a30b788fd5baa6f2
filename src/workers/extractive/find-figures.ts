/** A number with what it counts, as the text has it. */
export interface FoundFigure {
  readonly figure: string;
  readonly start: number;
  readonly end: number;
  /** Money and shares weigh more than metres, and those more than a plain count. */
  readonly weight: number;
}

const number = String.raw`\d+(?:[ \u00A0\u202F]\d{3})*(?:[.,]\d+)*`;
const range = String.raw`(?:(?:от|со?|from|between)\s+(?=\d[\d.,\s]*(?:до|to|and)\s*\d))?${number}(?:\s*(?:[–—-]|до|to|и|and)\s*${number})?`;
/** «От 86% до 97%», "86% to 97%": both ends have their sign. */
const percent = String.raw`[ \u00A0\u202F\n]*(?:%|‰|процент(?:а|ов|ами|ах|ном)?(?!\p{L})|percent(?:age points?)?|per cent)`;
const percents = String.raw`(?:(?:от|со?|from|between)\s+(?=\d[\d.,\s]*(?:%|процент\p{L}*|percent)\s*(?:до|to|and)\s*\d))?${number}${percent}\s*(?:[–—-]|до|to|и|and)\s*${number}${percent}`;
/** «21 час 45 минут», "5 feet 4 inches": a measure in two units. */
const compound = String.raw`${number}[ \u00A0\n](?:час\p{L}{0,3}|hours?)(?:\s+(?:и|and))?[ \u00A0\n]${number}[ \u00A0\n](?:минут\p{L}?|minutes?)|${number}[ \u00A0\n](?:минут\p{L}?|minutes?)(?:\s+(?:и|and))?[ \u00A0\n]${number}[ \u00A0\n](?:секунд\p{L}?|seconds?)|${number}[ \u00A0\n](?:лет|год(?:а)?|years?)(?:\s+(?:и|and))?[ \u00A0\n]${number}[ \u00A0\n](?:месяц\p{L}{0,2}|months?)|${number}[ \u00A0\n](?:feet|foot)(?:\s+and)?[ \u00A0\n]${number}[ \u00A0\n]inch(?:es)?`;
/** «740 километров в год», "500 tonnes a year": the unit goes on. */
const per = String.raw`(?:[ \u00A0\n](?:в[ \u00A0\n](?:год|месяц|неделю|сутки|день|час|минуту|секунду)|(?:a|an|per)[ \u00A0\n](?:year|month|week|day|hour|minute|second))(?!\p{L}))?`;
const space = String.raw`[ \u00A0\u202F\n]*`;
const scale = String.raw`(?:тыс(?:\.|яч[аиеу]?(?!\p{L}))|млн\.?|миллион(?:а|ов|ами|ах)?|млрд\.?|миллиард(?:а|ов|ами|ах)?|трлн\.?|триллион(?:а|ов)?|thousand|million|billion|trillion)`;

const rules: readonly (readonly [weight: number, pattern: RegExp])[] = [
  [3, figure(String.raw`[$€£¥₽]${space}${number}(?:${space}(?:${scale}|[kKmMbB](?!\p{L})))?`)],
  [
    3,
    figure(
      String.raw`${range}${space}(?:${scale}${space})?(?:руб(?:\.|л(?:ь|я|ей|ями|ях))|₽|доллар(?:а|ов|ами)?|евро|копе(?:ек|йки)|тенге|юан(?:ей|я)|dollars?|euros?|pounds sterling|USD|EUR|RUB|€|\$)(?!\p{L})`,
    ),
  ],
  [3, figure(percents)],
  [3, figure(String.raw`${range}${space}(?:%|‰|процент(?:а|ов|ами|ах|ном)?(?!\p{L})|percent(?:age points?)?|per cent)`)],
  [
    2,
    figure(
      String.raw`${range}${space}(?:${scale}${space})?(?:°\s?[CFС]|градус(?:а|ов|ами|ах)?|degrees?|км/ч|км²|кв\.\s?км|км|м²|м/с|кг|мг|мкм|нм|мм|см|ГГц|МГц|Гц|кВт(?:·ч)?|МВт|ГВт|Вт|ГБ|МБ|ТБ|Мбит/с|га|километр\p{L}*|метр\p{L}*|м(?=[\s,.;)]|$)|сантиметр\p{L}*|миллиметр\p{L}*|килограмм\p{L}*|грамм\p{L}*|тонн\p{L}*|литр\p{L}*|мл|гектар\p{L}*|km/h|km|kg|mg|mm|cm|nm|mph|GHz|MHz|Hz|kW|MW|GW|GB|MB|TB|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|miles?|feet|foot|inch(?:es)?|kilograms?|grams?|tons?|tonnes?|lit(?:er|re)s?|pounds?|hectares?|acres?|gallons?|microcuries?|curies?|микрокюри|кюри|calories|ккал|калори\p{L}*|вёрст|верст\p{L}?|пуд(?:а|ов)|миль|мили)(?![\p{L}])${per}`,
    ),
  ],
  [
    1.5,
    figure(
      String.raw`${range}${space}${scale}(?:${space}\p{L}{3,}(?!\p{L})(?<=ов|ев|ей|ек|ок|ек|ний|ций|лиц|книг|штук|тонн|школ|слов|строк|верст|вёрст|душ|изб|машин|квартир|жертв|[a-z]s|people))?`,
    ),
  ],
  [1.3, figure(compound)],
  [1.2, figure(String.raw`(?:в|на)\s+${range}\s+раз(?:а)?(?!\p{L})`)],
  [1.2, figure(String.raw`${range}\s*(?:times|-?fold)(?!\p{L})`)],
  [
    1,
    figure(
      String.raw`${range}[ \u00A0\n-]+(?:секунд\p{L}*|минут\p{L}*|час(?:а|ов|ами|ах)?|дн(?:я|ей|ями)|суток|сутки|недел\p{L}+|месяц\p{L}*|лет|год(?:а|ов)|человек\p{L}*|люд(?:ей|ям)|участник\p{L}*|сотрудник\p{L}*|студент\p{L}*|пользовател\p{L}+|жител\p{L}+|пациент\p{L}*|вид(?:а|ов)|стран\p{L}*|seconds?|minutes?|hours?|days?|weeks?|months?|years?|people|employees|students|users|residents|participants|patients|species|countries|households|volunteers|visitors)(?!\p{L})`,
    ),
  ],
  // «2403 случая», "4,200 of the 6,000 negatives": a large count names its thing; a bare number of four digits may be a year.
  [
    0.9,
    figure(
      String.raw`\d{1,3}(?:[ \u00A0\u202F,]\d{3})+(?:\s+(?:of\s+(?:the\s+)?|из\s+)\d{1,3}(?:[ \u00A0\u202F,]\d{3})+)?[ \u00A0\n]\p{Ll}{3,}(?!\p{L})(?<!\s(?:and|the|for|was|were|are|had|has|but|или|для|это|при|что|как))`,
    ),
  ],
];

function figure(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d.,-])(?:[~≈±−]\s?)?${source}`, 'giu');
}

/** «2024 года», «в 1941–1945 годах», "2024 year": the number names a year and measures nothing; years belong to the timeline. */
const yearOfCalendar = /(?:^|[^\d.,]|\d{1,2}\.\d{1,2}\.)(?:1\d|20)\d{2}[ \u00A0\n-]+(?:год(?:а|у|ом|ов)?|years?)$/iu;

/** The figures of a text by place, without overlaps; of two that overlap the weightier stays. */
export function findFigures(text: string): FoundFigure[] {
  if (!/\d/u.test(text)) return [];
  const found: FoundFigure[] = [];
  for (const [weight, pattern] of rules) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (yearOfCalendar.test(match[0].replace(/[\s.]+$/u, ''))) continue;
      if (found.every(other => end <= other.start || start >= other.end)) found.push({ figure: match[0], start, end, weight });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
