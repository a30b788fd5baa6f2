import type { DefinitionRule } from './definition-rule.ts';
import { anywhere, start } from './definition-rule.ts';

/** What is said of a word as a word: what it means, stands for, is short for, or what people mean by it. */

const ruQuoted = String.raw`[«"“]([^»"”]{2,60})[»"”]`;
const enQuoted = String.raw`["“]([^"”]{2,60}?),?["”]`;
const enWords = String.raw`["“]?(\p{L}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2}?)["”]?`;
const enPeople = String.raw`(?:we|I|they|you|people|[\p{Ll}-]+s|[\p{Ll}-]+\s[\p{Ll}-]+s)`;

export const glossRules: readonly DefinitionRule[] = [
  {
    // The subject between ends in the plural, so that a genitive stays with the term: «Под усталостью металла инженеры понимают…», «Под форматом здесь имеется в виду…»
    pattern: anywhere(
      String.raw`под\s+[«"“]?([\p{L}\d-]+(?:\s[\p{L}\d-]+){0,2}?)[»"”]?\s+(?:(?:обычно|часто|здесь|далее|мы|я|(?:в|у)\s\p{Ll}+|(?!\p{Ll}*(?:сти|яти|ии|ени|ови|ори)\s)\p{Ll}+[иые])\s+){0,3}?(?:понима(?:ют|ется|ем|ю)|понимать|подразумева(?:ют|ется|ем|ю)|подразумевать|име(?:ют|ем|ю|ется)\s+в\s+виду)`,
    ),
    isNominative: false,
    confidence: 0.95,
  },
  {
    // «Мы понимаем под усталостью…»
    pattern: anywhere(
      String.raw`(?:понима(?:ют|ется|ем|ю)|подразумева(?:ют|ется|ем|ю)|име(?:ют|ем|ю)\s+в\s+виду)\s+под\s+[«"“]?([\p{Ll}\d-]+(?:\s[\p{Ll}\d-]+){0,2}?)[»"”]?\s+(?=\p{L}{3,})`,
    ),
    isNominative: false,
    confidence: 0.9,
  },
  {
    // «Когда говорят о спелости почвы, имеют в виду, что…»
    pattern: start(
      String.raw`когда\s+(?:[\p{Ll}-]+\s+)?говор(?:ят|им|ю)\s+(?:об?|про)\s+[«"“]?([\p{L}\d-]+(?:\s[\p{L}\d-]+){0,2}?)[»"”]?,\s+(?:обычно\s+|то\s+)?(?:име(?:ют|ем|ю)\s+в\s+виду|подразумева(?:ют|ем|ю))`,
    ),
    isNominative: false,
    confidence: 0.95,
  },
  {
    // «Словом «шуга» называют…», «Слово «створ» у моряков значит…», «Понятие «дериватив» охватывает…»
    pattern: anywhere(
      String.raw`(?:термин\p{L}*|поняти\p{L}+|слов(?:о|ом|а)|выражени\p{L}+|названи\p{L}+)\s+${ruQuoted}\s+(?:[\p{Ll}-]+\s+){0,3}?(?:означа\p{L}+|обознача\p{L}+|называ\p{L}+|знач(?:ит|ат)|описыва\p{L}+|охватыва\p{L}+|понима\p{L}+|применя\p{L}+|употребля\p{L}+)`,
    ),
    isNominative: true,
    confidence: 1,
  },
  {
    // «Сублимация означает, что лёд сразу становится паром.»: one word alone, so that «Рост цен означает, что» is none.
    pattern: new RegExp(
      String.raw`^[«"“]?(?!(?:Молчание|Отсутствие|Решение|Согласие|Наличие|Успех|Победа)\s)(\p{Lu}\p{Ll}{5,})[»"”]?\s+(?:означает|значит|подразумевает),\s+(?:что|когда)\s`,
      'u',
    ),
    isNominative: true,
    confidence: 0.9,
  },
  {
    // «Эффект свидетеля состоит в том, что…»
    pattern: start(
      String.raw`((?:эффект|принцип|метод|при[её]м|правило|закон|парадокс|явление|феномен|синдром|презумпция|теорема|гипотеза)\s[\p{L}-]+(?:\s[\p{L}-]+){0,2}?)\s+(?:состоит|заключается)\s+в\s+том,\s+что\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // "By tilth farmers mean how…", "By a queue we understand…"
    pattern: start(
      String.raw`by\s+(?:an?\s+|the\s+)?${enWords}\s+${enPeople}\s+(?:usually\s+|simply\s+|here\s+|just\s+)?(?:mean|understand)\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // "Farmers speak of tilth when they mean how…", "When lawyers talk about consideration, they mean…"
    pattern: anywhere(
      String.raw`(?:speaks?|talks?)\s+(?:of|about)\s+(?:an?\s+|the\s+)?${enWords},?\s+(?:when\s+)?(?:we|they|I)\s+(?:usually\s+|simply\s+|really\s+)?mean\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // "When I say 'latency', I mean…"
    pattern: anywhere(String.raw`when\s+${enPeople}\s+says?\s+["“'‘]([^"”'’]{2,60}?),?["”'’],?\s+${enPeople}\s+means?\s`),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // 'The term "hardpan" is used for a layer…'
    pattern: anywhere(
      String.raw`(?:term|word|name|phrase|expression|label)\s+${enQuoted}\s+(?:is|are|was|has|refers|means|describes|denotes|stands|covers|comes|goes)\s`,
    ),
    isNominative: true,
    confidence: 1,
  },
  {
    // "Loom is the word for the glow of…", "A clade is the name given to…"
    pattern: start(
      String.raw`(?:An?\s+)?${enWords}\s+is\s+(?:the|an?|our|their|what)\s+(?:\p{Ll}+\s+)?(?:word|term|name|label|jargon|shorthand|phrase|slang)\s+(?:for|given\s+to|used\s+for|used\s+to|of|we\s+use|they\s+use|people\s+use)\s`,
    ),
    isNominative: true,
    confidence: 0.95,
  },
  {
    // "SLA stands for service level agreement", "Spam is short for…"
    pattern: start(
      String.raw`(?:An?\s+|The\s+)?${enWords}\s+(?:stands\s+for|is\s+short\s+for|is\s+shorthand\s+for|is\s+when|is\s+where|is\s+defined\s+by|shall\s+mean)\s`,
    ),
    isNominative: true,
    confidence: 0.9,
  },
];
