import type { DefinitionRule } from './definition-rule.ts';

/** A word at the head of a sentence, and at once what it is: «Суглинок, то есть смесь…», "Loam, a mixture of…", "Tilth: how easily…". */

/** Nouns that name the kind of a thing, so that "Anna, a friend of mine" and "Paris, the capital" are none. */
const enKind = String.raw`(?:mixture|blend|layer|type|kind|form|process|method|technique|device|instrument|tool|machine|substance|material|metal|alloy|mineral|rock|gas|liquid|fluid|acid|protein|hormone|enzyme|pigment|molecule|particle|cell|tissue|organ|organism|plant|shrub|herb|insect|disease|disorder|condition|state|measure|unit|ratio|rate|amount|quantity|charge|tax|fee|payment|agreement|document|rule|law|principle|theory|belief|practice|custom|system|structure|group|class|set|collection|series|period|stage|phase|area|region|zone|space|point|line|curve|boundary|difference|change|loss|increase|drop|rise|flow|movement|force|energy|pressure|tendency|ability|effect|phenomenon|property|feature|way|style|genre|vessel|garment|dish|fabric|pit|ridge|channel|strip|patch|hollow|term|word)s?`;
const enTerm = String.raw`(?:(?:An?|The)\s+)?["“]?(\p{L}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2}?)["”]?`;
const enTells = String.raw`(?:that|which|who|whose|where|whereby|of|in|for|from|between|used|made|by\s+which|through\s+which|with)`;
const ruTerm = String.raw`(?!\p{L}+(?:йте|ите|ть|ти|чь|ем|им|ют|ут|ат|ят|ет|ит)(?!\p{L}))[«"“]?(\p{Lu}[\p{L}-]{2,}(?:\s\p{Ll}[\p{Ll}-]{2,}){0,2}?)[»"”]?`;

export const appositionRules: readonly DefinitionRule[] = [
  {
    // "The drone, or male bee, does no work."
    pattern: new RegExp(
      String.raw`^${enTerm},\s+or\s+(?!(?:not|even|so|at|in|on|if|when|perhaps|maybe|rather|better|else|both)\s)(?:[\p{Ll}-]+\s+){1,4}?[\p{Ll}-]+,\s+(?:is|are|was|were|has|have|can|does|do|\p{Ll}+(?:s|ed))(?!\p{L})`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Mitochondria (the power plants of the cell) make…"
    pattern: new RegExp(String.raw`^${enTerm}\s\((?:an?|the)\s+(?:[\p{Ll}-]+\s+){0,3}?[\p{Ll}-]+\s+${enTells}\s[^)]{3,60}\)`, 'u'),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "…seal gaps with propolis, a sticky resin gathered from buds."
    pattern: new RegExp(
      String.raw`(?:in|of|on|for|by|with|from|into|uses?|used|makes?|made|produces?|contains?|adds?|eats?|carry|carries|collects?|called|as)\s+((?:\p{Ll}[\p{Ll}-]{2,}\s)?(?!(?:time|year|day|night|place|fact|life|work|water|case|war|death|order)(?!\p{L}))\p{Ll}[\p{Ll}-]{3,}),\s+an?\s+(?:[\p{Ll}-]+\s+){0,3}?(?!(?:man|woman|person|friend|boy|girl|place|year|day|time|thing|fact|city|town|village|country|practice|move|step|sign|figure|number|price|reminder|lesson|mistake|problem|way|result|rise|fall|drop|decision|man)\s)[\p{Ll}-]{3,}\s+(?:that|which|made|used|gathered|formed|produced|found|taken|obtained|built|consisting|containing|by\s+which|in\s+which|through\s+which)\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "An overdue item is one that has not been returned…"
    pattern: new RegExp(
      String.raw`^An?\s+(\p{L}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2}?)\s+is\s+(?:one|something|someone|anyone|anything|any\s+\p{Ll}+)\s+(?:that|which|who|whose|where)\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "The process by which plants make sugar is photosynthesis."
    pattern: new RegExp(
      String.raw`^The\s+(?:\p{Ll}+\s+)?${enKind}\s+(?:by|in|through|of|at|on)\s+which\s[^.;,]{6,60}\s(?:is|are)\s+(?:called\s+|known\s+as\s+|termed\s+)?(?:the\s+|an?\s+)?(\p{Ll}[\p{Ll}’'-]{4,}(?:\s\p{Ll}{4,})?)\.$`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Royal jelly is the food given to future queens."
    pattern: new RegExp(
      String.raw`^(?!The\s|This\s|That\s|It\s|There\s|All\s|Every)(?:An?\s+)?(\p{L}[\p{L}’'-]{2,}(?:\s\p{Ll}[\p{L}’'-]*){0,2}?)\s+is\s+(?:the|an?)\s+(?:[\p{Ll}-]+\s+){0,2}?[\p{Ll}-]{3,}\s+(?:given\s+to|given\s+by|made\s+(?:of|from|by)|used\s+(?:to|for|in|by)|produced\s+by|gathered\s+from|found\s+in|formed\s+(?:by|when|in)|paid\s+(?:to|by|for)|owed\s+to|kept\s+(?:for|in)|set\s+aside|laid\s+by)\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "A lightship, that is, a vessel moored where…", "Podzols, i.e. pale, washed-out soils…"
    pattern: new RegExp(
      String.raw`^${enTerm}(?:,\s+|\s+[—–(]\s*|\s*\()(?:that\s+is(?:\s+to\s+say)?|i\.\s?e\.|in\s+other\s+words|which\s+means|meaning)[,:]?\s+(?!(?:when|if|because|not|we|I|you|they|he|she|it|there)\s)\p{Ll}+[\s,]+\p{L}`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Loam, a mixture of sand and clay, is what every gardener dreams of."
    pattern: new RegExp(
      String.raw`^${enTerm},\s+(?:an?|the|any)\s+(?:[\p{Ll}-]+\s+){0,3}?${enKind}\s+${enTells}\s[^.;!?]{6,},\s+(?:is|are|was|were|has|have|had|can|may|will|does|do|\p{Ll}+(?:s|ed))(?!\p{L})`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // "Ballast: stones or water carried low in a ship." – a glossary without dashes.
    pattern: new RegExp(
      String.raw`^(?!(?:(?:Short|Long|Bottom|Good|Bad|Next|My|Our|Your|First|Second|One|Another|Last|Only)\s\p{Ll}+|Note|Example|Question|Answer|Result|Warning|Tip|Remember|Location|Time|Date|Agenda|Present|Apologies|Venue|Price|Total|Summary|Decision|Task|Action|Homework)s?\s*:)${enTerm}:\s+(?:an?|the|any)\s+(?:[\p{Ll}-]+\s+){0,4}?[\p{Ll}-]+\s+${enTells}\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // «Суглинок, то есть смесь песка и глины, …», «Плавучий маяк, иначе говоря судно…»
    pattern: new RegExp(
      String.raw`^${ruTerm}(?:,\s+|\s+[—–(]\s*|\s*\()(?:то\s+есть|т\.\s?е\.|иначе\s+говоря|иными\s+словами|другими\s+словами|проще\s+говоря|что\s+значит)[,:]?\s+(?!(?:не|когда|если|если|чтобы|мы|я|он|она|они|это|в|на|по|с|к)\s)(?:[\p{L}-]+[\s,]+){2,}\p{L}`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // «Подзолы, или бледные, вымытые почвы под хвойным лесом, …»: the second name tells what the first is.
    pattern: new RegExp(
      String.raw`^${ruTerm}(?:\s*\(|,\s+)или\s+(?!(?:же|не|даже|хотя|просто|ещё|в|на|по|с|к|у|как|если)\s)(?:[\p{Ll}-]+[\s,]+){2,8}?\p{Ll}+(?:,|\))\s+\p{Ll}`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // «Чернозём: почва степей, в которой…», «Смотритель: человек, который…»
    pattern: new RegExp(
      String.raw`^(?!(?:Пример|Вопрос|Ответ|Вывод|Итог|Важно|Решение|Задача|Внимание|Примечание|Тема|Результат|Срок|Место|Время|Причина|Совет|Правило|Условие|Перв|Втор|Треть|Последн|Главн|Ошибка|Урок|Шаг)\p{L}*\s*:)(?!\p{L}+но(?!\p{L})|[^:]*(?:ть|ти|чь)(?:\s|:))${ruTerm}:\s+(?!(?:не|это|если|когда|как|что|кто|мы|я|все|один|два|три)\s)(?:[\p{Ll}-]+[\s,]+){0,4}?[\p{Ll}-]+,?\s+(?:(?:в|на|из|по|с|к|у|от|за|о|через|для)\s+)?(?:котор\p{L}+|состоящ\p{L}+|служащ\p{L}+|предназначенн\p{L}+|где|куда)(?!\p{L})`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
];
