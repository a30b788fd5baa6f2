import type { DefinitionRule } from './definition-rule.ts';

/**
 * Sentences that first tell of a thing and then name it: «Разрушение породы на месте зовётся выветриванием.», "The room with the lamp is
 * called the lantern." What is named has a small letter: «его зовут Тимом» defines nobody, and neither does a nickname with a capital.
 */

/** What is told of, in two words at least, and no pronoun: «его называют чудаком» is a judgement. */
const ruThing = String.raw`(?!(?:это|этот|эта|эти|он|она|оно|они|его|её|их|меня|нас|вас|тебя|себя|кто|что|если|когда|как|а|и|но)\s)[\p{Lu}\d«][^.;:!?]{6,}?`;
const ruCalls = String.raw`(?:называ(?:ют|ем|ется|ются)|зов(?:ут|[её]м|[её]тся|утся)|имену(?:ют|ем|ется|ются)|(?:принято|стали|стало|можно|будем)\s+(?:называть|именовать)|окрестили|прозвали)`;
/** One or two words in the instrumental, no adjective alone («состояние называют стабильным»), a genitive or an adjective beside them: «линзой Френеля», «вечной мерзлотой». */
const ruByName = String.raw`(?!\p{Ll}+(?:ым|им|ыми|ими)(?:[.,;(]|\s\())[«"“]?(\p{Ll}[\p{Ll}-]*(?:ом|ем|[её]м|ой|ей|[её]й|ью|ами|ями|ым|им|ыми|ими)(?:\s\p{Ll}+(?:ом|ем|[её]м|ой|ей|ью|ами|ями)(?!\p{L}))?(?:\s(?!(?:за|в|на|по|и|или|с|из|от)\s)[\p{L}-]+(?:а|я|ы|и|ов|ев|ей|ого|его|ых|их)(?!\p{L}))?)[»"”]?(?=[.;(]|,\s|\s\(|\s—)`;
/** Judgements, which are called so by those who like or dislike a thing. */
const ruPraise = String.raw`(?!\p{L}*(?:чуд|лучш|главн|важн|перв|великолепн|красив|символ|столиц|жемчужин|корол|цариц|матуш|сердц|отц|матерь|гордост|наследи|катастроф|провал|успех|ошибк|причин|глупост|безуми|прорыв|раем|адом|домом|другом|брат|шедевр|легенд|геро))`;

const enCalled = String.raw`(?:(?:now|also|often|usually|commonly|generally|sometimes|otherwise|better|formally|traditionally|simply|collectively|what\s+is)\s+)*(?:called|termed|known\s+as|referred\s+to\s+as|dubbed|labell?ed|described\s+as|said\s+to\s+be)`;
/** A name of one to three words with small letters in its last: "Fresnel lens", "plate tectonics"; not "Tom", not "off". */
const enName = String.raw`(?:an?\s+|the\s+)?["“]?((?:[\p{L}’'-]+\s){0,2}?(?!(?:off|upon|for|into|in|out|back|on|up|again|to|by|it|that|so|too|very|not|home|names?|good|bad|great|important|dangerous|safe|dead|ready|true|rare|happy|best|worst)(?!\p{L}))\p{Ll}[\p{Ll}’'-]{3,})["”]?`;
const enNameEnd = String.raw`(?=[.,;:)]|\s(?:and|because|when|in|by|which|while|after|since|if|but|or|\()\s?)`;
const enThing = String.raw`(?:The|An?|Any|Each|Every|This|That|Such|[A-Z]\p{Ll}+s|Those|These)\s[^.;!?]{6,}?`;

export const namingRules: readonly DefinitionRule[] = [
  {
    // «Помещение с лампой моряки зовут фонарём.», «Разрушение породы в науке зовётся выветриванием.»
    pattern: new RegExp(String.raw`^${ruThing}\s+${ruCalls}\s+(?!(?:его|её|их|это|так)\s)${ruPraise}${ruByName}`, 'u'),
    isNominative: false,
    confidence: 0.9,
  },
  {
    // «Плужной подошвой почвоведы именуют плотный слой…», «Гумусом у нас зовут…»
    pattern: new RegExp(
      String.raw`^(?!(?:Главн|Основн|Одн|Перв|Важн|Лучш|Худш|Сам|Причин|Цель|Итог|Результат)\p{L}*\s)${ruPraise}(\p{Lu}\p{Ll}+(?:ом|ем|[её]м|ой|ей|ью|ами|ями|ым|им|ыми|ими)(?:\s\p{Ll}+(?:ом|ем|[её]м|ой|ей|ью|ами|ями)(?!\p{L}))?)\s+(?:(?:у\s+нас|в\s+\p{Ll}+|обычно|часто|\p{Ll}+(?:и|ы))\s+){0,2}${ruCalls}\s+(?!(?:его|её|их|это)\s)\p{L}`,
      'u',
    ),
    isNominative: false,
    confidence: 0.9,
  },
  {
    // «Дефектом считается отклонение больше двух миллиметров.»: what counts as it, in rules and contracts.
    pattern: new RegExp(
      String.raw`^(?!(?:Главн|Основн|Одн|Перв|Важн|Лучш|Худш|Сам|Необходим|Интересн|Пример|Причин|Цель|Услови|Результат|Проблем|Част|Автор|Геро|Символ|Лидер|Победител|Особенност|Преимуществ|Недостатк|Задач|Итог|Следстви|Основ|Источник|Ключ|Залог|Исключени|Показател|Член|Владел|Участник|Родин|Работ|Результат|Ошибк|Предмет|Сторон|Срок)\p{L}*\s)(\p{Lu}\p{Ll}{3,}(?:ом|ем|[её]м|ой|ей|ью|ами|ями|ым|им|ыми|ими)(?:\s\p{Ll}+(?:ом|ем|[её]м|ой|ей|ью|ами|ями)(?!\p{L}))?(?:\s\p{Ll}+(?:а|я|ы|и|ов|ев|ей|ого|его|ых|их)(?!\p{L}))?)\s+(?:(?:у\s+нас|здесь|в\s+\p{Ll}+)\s+)?(?:явля(?:ется|ются)|счита(?:ется|ются|ют|ем)|призна(?:[её]тся|ются|ют|[её]м))\s+(?!(?:лишь|только|также|ещё|самый|самая|самое|\p{Lu})\s?)\p{Ll}+(?:\s+\p{L}+|,\s)`,
      'u',
    ),
    isNominative: false,
    confidence: 0.9,
  },
  {
    // «Каждая такая полоса носит имя горизонта.»: the name in the genitive.
    pattern: new RegExp(
      String.raw`^${ruThing}\s+(?:нос(?:ит|ят)|получил[аио]?)\s+(?:имя|название)\s+(\p{Ll}{4,}(?:\s\p{Ll}{4,})?)(?=[.,;(])`,
      'u',
    ),
    isNominative: false,
    confidence: 0.9,
  },
  {
    // "The room with the lamp is called the lantern."
    pattern: new RegExp(String.raw`^${enThing}\s(?:is|are|was|were)\s+${enCalled}\s+${enName}${enNameEnd}`, 'u'),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "The lens with many rings, known as a Fresnel lens, throws…", "…by heat, a process called pyrolysis."
    pattern: new RegExp(
      String.raw`^(?!.*(?<!\p{L})(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Mm]y|[Oo]ur)\s[^,]*,\s+(?:known|called)).*?(?:,\s+(?:also\s+|commonly\s+|often\s+|otherwise\s+|better\s+|usually\s+|sometimes\s+)?(?:known\s+as|referred\s+to\s+as|dubbed|(?:called|termed)(?!\s+(?:the|for|on|it|him|her|them)\s))|,\s+(?:an?|the)\s+(?:\p{Ll}+\s){1,3}?(?:known\s+as|called|termed|referred\s+to\s+as))\s+${enName}(?=[.,;:)])`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Each of those stripes is what we call a horizon.", "…goes by the name of weathering."
    pattern: new RegExp(
      String.raw`^${enThing}\s(?:is\s+what\s+(?:\p{Ll}+\s){1,2}?(?:call|term|name|mean\s+by|refer\s+to\s+as|know\s+as)|are\s+what\s+(?:\p{Ll}+\s){1,2}?(?:call|term|refer\s+to\s+as)|(?:go|goes|went)\s+by\s+the\s+name(?:\s+of)?|(?:bears?|has|have|carr(?:y|ies)|got)\s+the\s+name(?:\s+of)?)\s+${enName}${enNameEnd}`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Biologists call such a group a clade.", "We call the shift in pitch the Doppler effect."
    pattern: new RegExp(
      String.raw`^(?:(?:[\p{L}-]+\s){1,3}?)(?:call|term|name|refer\s+to)\s+(?:(?:such|the|any|each|an?|those|these|this|that)\s[^.;!?,]{3,60}?)\s(?:as\s+)?(?:an?|the)\s+["“]?((?:[\p{L}’'-]+\s){0,2}?\p{Ll}[\p{Ll}’'-]{3,})["”]?(?=[.;]|,\s)`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
];
