/**
 * Tasks that a text gives without a talk: homework, orders in minutes, requests in letters. The verbs are a closed list, and each rule
 * asks for a date, a label or a thing that is handed in, because «необходимо учитывать…» and "you must remember…" are advice.
 */

const ruDeed = String.raw`(?:подготовить|прочитать|прочесть|сдать|написать|выполнить|выучить|повторить|изучить|принести|прислать|отправить|направить|загрузить|оформить|заполнить|законспектировать|посмотреть|составить|согласовать|подписать|оплатить|зарегистрироваться|предоставить|представить|разослать|провести|обновить|проверить|уточнить|организовать|разработать|доработать|заключить|закупить|купить|заказать|опубликовать|собрать|обеспечить|назначить|внести|исправить|завершить|сделать|передать|распечатать|решить|запросить|доложить|напомнить|связаться|встретиться|узнать|выяснить|найти|подыскать|позвонить|обзвонить|починить|заменить|отремонтировать|установить|пригласить|поговорить|договориться|подобрать|рассчитать|посчитать|выслать|сообщить|отчитаться|рассмотреть|проработать|напечатать|вывезти|убрать|покрасить|получить|выдать|выделить|изготовить|произвести|утвердить|сформировать|создать|пересчитать|вывесить|привести|осмотреть)`;
/** The same deeds asked of readers or hearers, less those that ask to think («представьте», «решите»). */
const ruAsked = String.raw`(?:подготовьте|прочитайте|прочтите|сдайте|напишите|выполните|выучите|повторите|изучите|принесите|пришлите|отправьте|направьте|загрузите|оформите|заполните|законспектируйте|составьте|подпишите|оплатите|зарегистрируйтесь|предоставьте|разошлите|передайте|распечатайте|сделайте)`;
/** What a notice asks of those it is for; with a day it needs no «пожалуйста». */
const ruNoticeAsks =
  /(?:^|[,;]\s+|(?<!\p{L})(?:пожалуйста,?|просим|и)\s+)(?:верните|сообщите|уведомите|известите|подайте|внесите|освободите|подтвердите|занесите|явитесь|зарегистрируйтесь|оплатите|передайте|сдайте|пришлите|принесите|заполните|запишитесь)(?!\p{L})/iu;
/** «Полейте, пожалуйста, грядки до субботы.»: an imperative of any deed. */
const ruPleaseDue =
  /(?:^|[,;]\s+)(?!(?:извините|простите|скажите|подскажите|поймите|заметьте|учтите|помните|посмотрите|смотрите|обратите)(?!\p{L}))\p{L}{3,}(?:йте|ите|ьте)(?:сь)?,?\s+пожалуйста(?!\p{L})/iu;
/** Verbs that head no statement: "Order returned", "Book sales" begin with others of the deeds. */
const enAsked = String.raw`(?:prepare|read|submit|write|hand in|complete|send|bring|fill in|fill out|upload)`;
const enDeed = String.raw`(?:prepare|read|submit|write|hand in|complete|send|bring|register|review|finish|solve|watch|sign|fill in|fill out|order|update|check|draft|deliver|upload|collect|organi[sz]e|book)`;
const ruThing = String.raw`(?:глав|параграф|страниц|упражнени|эссе|доклад|реферат|конспект|отч[её]т|стать|учебник|книг|смет|договор|презентаци|анкет|заявк|протокол|инструкци|документаци)`;
const enThing = String.raw`(?:chapter|essay|exercises?|problem set|worksheet|report|form|pages?|paper|assignment|presentation|draft|article|homework|survey|contract|minutes)`;

/** «Домашнее задание: …», "Homework: …". */
const homework = /^(?:домашнее\s+задание|задание\s+на\s+дом|задание|дз|на\s+дом|homework|home\s+assignment|assignment)\s*[:—–-]\s*/iu;
/** Whether a sentence says that it and those after it in its paragraph are homework. */
export const announcesHomework = (text: string): boolean => homework.test(text);

const ruOrder = new RegExp(
  String.raw`^(?:(?:к|до)\s+[^,.]{3,30}?\s+)?(?:также\s+|ещё\s+|еще\s+)?(?:необходимо|нужно|надо|требуется|следует|прошу|просьба|не\s+забудьте|обязательно)\s+(?:всем\s+|всех\s+|также\s+|ещё\s+|еще\s+)?(?:(?:к|до)\s+[^,.]{3,30}?\s+)?${ruDeed}(?!\p{L})`,
  'iu',
);
/** «К следующей неделе, пожалуйста, прочитайте…», "For next week, please read…": what comes before the deed says for when, or whom. */
const ruAsks = new RegExp(
  String.raw`^(?:[^.;:?]{3,40}?[,\s]\s*)?(?:пожалуйста,?\s+)?${ruAsked}(?!\p{L})|(?<!\p{L})(?:пожалуйста,?|обязательно|и)\s+${ruAsked}(?!\p{L})`,
  'iu',
);
const enAsks = new RegExp(String.raw`^(?:(?:for|by|before|until)\s[^,.;]{3,30},\s+)?${enAsked}(?!\p{L})`, 'iu');
const enOrder = new RegExp(
  String.raw`^(?:(?:[^.;:?]{3,40}?,?\s+)?please,?\s+|(?:students|you|everyone|everybody|participants|all)\s+(?:also\s+)?(?:need to|must|should|have to|are required to|are asked to)\s+)(?:also\s+)?${enDeed}(?!\p{L})`,
  'iu',
);
const ruHandedIn = new RegExp(String.raw`(?<!\p{L})${ruThing}\p{L}*(?!\p{L})`, 'iu');
const enHandedIn = new RegExp(String.raw`(?<!\p{L})${enThing}(?!\p{L})`, 'iu');
const anyDeed = new RegExp(String.raw`^(?:(?:к|до)\s+[^,.]{3,30}?\s+)?(?:${ruDeed}|${enDeed})(?!\p{L})`, 'iu');

/** Whether a sentence of prose orders a piece of work. `isHomework`: the paragraph is announced as such. */
export function ordersWork(text: string, hasDue: boolean, isHomework: boolean): boolean {
  if (ruOrder.test(text)) return hasDue || isHomework || ruHandedIn.test(text);
  if (ruAsks.test(text) && (isHomework || (hasDue && (ruHandedIn.test(text) || /пожалуйста/iu.test(text))))) return true;
  if (hasDue && (ruNoticeAsks.test(text) || ruPleaseDue.test(text))) return true;
  if (enAsks.test(text)) return isHomework || (hasDue && enHandedIn.test(text));
  if (hasDue && enPleaseDue.test(text)) return true;
  if (enOrder.test(text)) return hasDue || isHomework || enHandedIn.test(text);
  return isHomework && anyDeed.test(text.replace(homework, ''));
}

/** "Please pay your dues by 1 May": with a date any deed is asked for, but those of courtesy. */
const enPleaseDue = /(?:^|[,;]\s+)(?:please|kindly)\s+(?!note|see|find|be|remember|contact|consider|accept|refer|do\s+not|don)\p{Ll}+/iu;
/** Who has duties in contracts, minutes and reports, whatever their name is. */
const ruOffice = String.raw`(?:Поставщик|Покупатель|Заказчик|Исполнитель|Подрядчик|Арендатор|Арендодатель|Продавец|Стороны|Секретарь|Председатель|Казначей|Бухгалтерия|Администрация|Лаборатория|Дирекция|Правление|Отдел(?:\s+\p{Ll}+)?|Комиссия|Завхоз)`;
const enOffice = String.raw`(?:(?:[Tt]he\s+)?(?:[Cc]lerk|[Ss]ecretary|[Cc]hair|[Tt]reasurer|[Ss]upplier|[Bb]uyer|[Ss]eller|[Cc]ontractor|[Tt]enant|[Ll]andlord|[Cc]ustomer|[Cc]lient|[Ll]aboratory|[Aa]dministration|[Oo]ffice)|Accounts|Management)`;
const officeDuties: readonly RegExp[] = [
  new RegExp(
    String.raw`^(${ruOffice})\s+(?:обязан\p{L}*|обязу[ею]тся|долж(?:ен|на|но|ны))\s+(?:\p{L}+\s+){0,2}?\p{Ll}+(?:ть|ти|чь|ться|тись)(?!\p{L})`,
    'u',
  ),
  new RegExp(
    String.raw`^(${ruOffice})\s+(?:подготов|сдела|отправ|провер|собер|закаж|куп|оплат|представ|состав|обнов)\p{L}*(?:ит|ет|ёт|ят|ут|ют)(?!\p{L})`,
    'u',
  ),
  new RegExp(
    String.raw`^(${enOffice})\s+(?:must|shall|is\s+to|are\s+to|has\s+to|have\s+to|should)\s+(?!be(?!\p{L})|have(?!\p{L}))\p{Ll}+`,
    'u',
  ),
  new RegExp(
    String.raw`^(${enOffice})\s+will\s+(?:prepare|draw\s+up|send|check|order|pay|write|obtain|collect|submit|arrange)(?!\p{L})`,
    'u',
  ),
  // «Ответственный за сбор денег — Громов.», "Responsible for the money: Harper."
  /^(?:Ответственн\p{L}+\s+за\s+[^—–:.]{3,60}?\s*[—–:-]|Responsible\s+for\s+[^—–:.]{3,60}?\s*[—–:-])\s*(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,2})/u,
];

/** Who a sentence of a contract, minutes or a report lays a duty on, as it is written; null for most sentences. */
export function officeOnDuty(text: string): string | null {
  for (const duty of officeDuties) {
    const who = duty.exec(text)?.[1];
    if (who !== undefined) return who;
  }
  return null;
}

/** «Беловой поручено заказать автобус.»: who in the dative, last of the words before. */
const charged = new RegExp(String.raw`^([^,.;:]{3,60}?)\s+(?:было\s+)?поручено\s+(?:\p{L}+\s+)?\p{Ll}+(?:ть|ти|чь|ться)(?!\p{L})`, 'u');

/** The names in the dative of somebody who is charged with something; null for most sentences. */
export function chargedIn(text: string): readonly string[] | null {
  const head = charged.exec(text)?.[1];
  if (head === undefined) return null;
  const names = head.split(/\s+/u).filter((word, at, all) => /^\p{Lu}/u.test(word) && (at > 0 || all.every(each => /^\p{Lu}/u.test(each))));
  return names.length > 0 ? names : [head];
}

/** «Иванову подготовить смету», «Отделу закупок согласовать договор»: who in the dative, the deed in the infinitive. */
const dativeOrder = new RegExp(
  String.raw`^([\p{Lu}][\p{Ll}]+(?:у|ю|е|ой|ей|ому|ему|ам|ям|ии))((?:\s+[\p{Lu}]\.\s?(?:[\p{Lu}]\.)?|\s+[\p{L}-]+){0,3}?)\s+(?:(?:к|до)\s+[^,.]{3,30}?\s+)?${ruDeed}(?!\p{L})`,
  'u',
);
/** «Прошу», «Можно» and the like stand before an infinitive without being anybody; so do adverbs in «-е». */
const nobody =
  /^(?:прошу|предлагаю|планирую|обещаю|думаю|советую|рекомендую|желаю|начинаю|собираюсь|пытаюсь|успеваю|требую|могу|хочу|буду|будем|смогу|придётся|придется|можем|уже|ещё|еще|также|вообще|лучше|раньше|позже|дальше|более|далее|после|вместе|поэтому|потому|почему|зачем|кому|никому|ему|ей|вам|нам|мне|тебе|им|сразу|сначала|наконец|если|чтобы)$/iu;

export interface DativeOrder {
  /** As the text has it: «Иванову», «Отделу закупок». */
  readonly dative: string;
}

/** The order a sentence gives to somebody named in the dative; null for most sentences. */
export function dativeOrderIn(text: string): DativeOrder | null {
  const match = dativeOrder.exec(text);
  const head = match?.[1];
  if (match === null || head === undefined || nobody.test(head) || text.endsWith('?')) return null;
  return { dative: `${head}${match[2] ?? ''}`.trim() };
}

/** Endings of surnames and of names whose nominative the dative leaves in no doubt. */
const datives: readonly (readonly [dative: RegExp, nominative: string])[] = [
  [/(?<=[оеё]в|ин|ын)ой$/u, 'а'],
  [/(?<=[оеё]в|ин|ын)у$/u, ''],
  [/(?<=(?:ск|цк))ому$/u, 'ий'],
  [/(?<=(?:ск|цк))ой$/u, 'ая'],
];
const possible: readonly (readonly [dative: RegExp, nominatives: readonly string[]])[] = [
  [/у$/u, ['', 'о']],
  [/ю$/u, ['й', 'ь']],
  [/е$/u, ['а', 'я']],
  [/ии$/u, ['ия']],
];

/** The nominative of one name in the dative: by its ending, or by what the source writes elsewhere; null where neither tells. */
export function nameFromDative(dative: string, isWritten: (word: string) => boolean): string | null {
  if (/\s/u.test(dative)) return null;
  for (const [ending, nominatives] of possible) {
    if (!ending.test(dative)) continue;
    const written = nominatives.map(nominative => dative.replace(ending, nominative)).find(isWritten);
    if (written !== undefined) return written;
  }
  for (const [ending, nominative] of datives) if (ending.test(dative)) return dative.replace(ending, nominative);
  return null;
}
