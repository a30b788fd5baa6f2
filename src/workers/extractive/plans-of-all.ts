/**
 * What all of those who speak are going to do, said without asking: in a talk that is how most decisions are stated («Релиз сдвигаем.»,
 * "We're dropping the dark theme."). A closed list of what people only do in their heads, or are doing at the moment, is taken away.
 */

const ruPlural = /(?:ем|ём|им|емся|ёмся|имся)$/u;
/** Words with these endings that are no verbs. */
const ruNoVerb =
  /^(?:всем|чем|зачем|затем|совсем|тем|ним|им|своим|моим|твоим|нашим|вашим|этим|одним|самим|чьим|двоим|обоим|троим|(?:вдво|втро)ём|\p{L}*(?:треть|четверть)[еи]м|общим|хорошим|большим|меньшим|лучшим|худшим|старшим|младшим|чужим|свежим|рабочим|причём|притом|потом|нём|днём|путём|объём|приём|подъём|заём|проём)$|(?:[кгх]|[юуая]щ|вш|[дтшжрлв]н)им$|(?:мен|тел|ар|ыр|гн|ен|тр|ол|луча|муже|мес|пла)[ея]м$|(?:истем|облем|лем|хем)$/u;
/** What is thought, felt, or going on: no decision. And what opens or closes a meeting. */
const ruNoPlan =
  /^(?:(?:у)?зна|дума|подума|счита|помн|вспомн|вид|увид|слыш|услыш|понима|пойм|наде|хот|мож|смож|жд|подожд|жив|бо[ия]|люб|вер|име|сид|сто|говор|поговор|обсужда|обсуд|смотр|посмотр|работа|реш|выясн|успе|ед[ия]м|сп|уч|теря|находимся|чувству|молч|спор|благодар|поздравля|прос|предлага|рад|гор|голосу|ищ|скуча|пробу|попробу|вернемся|верн[её]м|начина|начн|продолж|заканчива|законч|слуша|послуша|буд|е[сд]|отста|опазд|опаздыва|привык|зовём|пользу|получа|ид[её]м)\p{L}*$/u;
/** What is said of usual things, of the moment, under a condition or as somebody's view. */
const ruNoDecision =
  /(?<!\p{L})(?:если|бы|обычно|всегда|часто|иногда|каждый|каждое|каждую|сейчас|уже|давно|никогда|раньше|может(?:\s+быть)?|наверное|возможно|думаю|кажется|предлагаю|давайте?|вдруг|когда-то|вчера|пока\s+не|ещё\s+не|еще\s+не|чтобы|хотя|потому)(?!\p{L})/iu;
const ruAssent =
  /^(?:(?:да|нет|ок|окей|хорошо|ладно|отлично|всё|все|ну|и|а|тогда|значит|итак|супер|договорились|решено|согласен|согласна|идёт|ага|угу)[,.!:]?\s+)+/iu;
const ruPreposition = /^(?:с|со|за|над|под|перед|между|по|к|ко|в|во|о|об|от|до|из|у|на|при|для|без|через|про)$/u;
/** Words of a clause among which its verb is looked for: «От старого установщика отказываемся». */
const CLAUSE_HEAD = 4;

const enAssent = String.raw`^(?:(?:ok(?:ay)?|so|then|right|alright|all\s+right|fine|good|great|yes|no|agreed|deal|well|and|but)[,.!:;]?\s+)*`;
const enBusy = String.raw`(?!(?:still|all|just|already|almost|nearly|about|also\s+looking|in|on|at|here|there|not\s+sure|sorry|glad|happy|waiting|looking|trying|thinking|talking|hoping|working|running|having|getting|facing|seeing|losing|wondering|considering|discussing|missing|standing|sitting|living|being|coming|testing|checking|struggling|falling|growing|expecting|learning|reading|doing\s+(?:well|fine|ok(?:ay)?|great|better|our|what)|asking|counting|guessing|going\s+to\s+(?:need|have|be|see|look|talk|discuss|lose|miss))(?!\p{L}))`;
const enVague = String.raw`(?!(?:see|be(?!\s+(?!waiting|seeing|looking|having|needing|getting|going)\p{Ll}+ing)|know|need|have(?!\s+(?:it|the|our|a|an)\s)|get|think|talk|discuss|find|look|wait|try|hear|continue|come|check|ask|let|miss|never|probably|still|both|all|also\s+need|always|figure|understand|remember|lose|manage|survive|worry|deal\s+with|return|start\s+with|begin|want|like|hope|consider|learn|read)(?!\p{L}))`;
const enPlan = new RegExp(
  String.raw`${enAssent}we(?:(?:'|’)re|\s+are)\s+(?:not\s+|also\s+|only\s+|now\s+)*${enBusy}\p{Ll}+ing(?!\p{L})|${enAssent}we(?:(?:'|’)ll|\s+will)\s+(?:not\s+|also\s+|only\s+|just\s+|then\s+|all\s+)*${enVague}\p{Ll}+|${enAssent}we\s+(?:won(?:'|’)t|will\s+not)\s+${enVague}\p{Ll}+`,
  'iu',
);
/** "No, the column is out.", "The blue one stays.": a word on what becomes of a thing, in so few words. */
const enVerdict = new RegExp(
  String.raw`${enAssent}(?:(?:the|our|that|this|both|it)(?:\s+[\p{L}’'-]+){0,4}?|it)\s+(?:(?:is|are)\s+(?:out|in|off|cancelled|canceled|postponed|dropped)|stays?(?:\s+(?:in|out|as|where|on)[^.]*)?|goes\s+(?:(?:in|out|first|last)(?:\s[^.]*)?|(?:into|on|to|at)\s[^.]+))[.!]?$`,
  'iu',
);
const enNoDecision =
  /(?<!\p{L})(?:if|unless|maybe|perhaps|probably|might|could|would|should|usually|always|often|every\s+(?:day|week|month|year)|at\s+the\s+moment|right\s+now|currently|I\s+think|suggest|propose|hope|last\s+(?:week|month|year|time))(?!\p{L})/iu;

/** Whether a sentence of a talk says what all are going to do, or what becomes of a thing. */
export function isPlanOfAll(text: string): boolean {
  if (text.endsWith('?')) return false;
  if (/\p{Script=Cyrillic}/u.test(text)) return !ruNoDecision.test(text) && text.split(/[,;:—–]\s*/u).some(isRussianPlan);
  return !enNoDecision.test(text) && (enPlan.test(text) || enVerdict.test(text));
}

/** The subject «мы» goes with what is told («Мы живём у реки»), its absence with what is settled. */
function isRussianPlan(clause: string): boolean {
  const words =
    clause
      .replace(ruAssent, '')
      .replace(/\s+как\s+(?:есть|было|договаривались|и\s+раньше|прежде)(?!\p{L})/iu, '')
      .replace(/(?<!\p{L})(?:в|на)\s+(?:этот|сей)\s+раз(?!\p{L})/iu, '')
      .match(/[\p{L}-]+/gu) ?? [];
  if (words.some(word => /^(?:мы|кто|что|где|куда|когда|как|почему|зачем|котор\p{L}+|пока)$/iu.test(word))) return false;
  const at = words.slice(0, CLAUSE_HEAD).findIndex((word, index) => isPlural(word.toLowerCase(), words[index - 1]?.toLowerCase()));
  return at !== -1 && words.length > 1;
}

function isPlural(word: string, before: string | undefined): boolean {
  if (before !== undefined && ruPreposition.test(before)) return false;
  return word.length >= 5 && ruPlural.test(word) && !ruNoVerb.test(word) && !ruNoPlan.test(word);
}
