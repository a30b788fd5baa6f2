import { wordsOf } from '../../shared/domain/words.ts';
import { fillerWords, stopWords } from './stop-words.ts';

/** «Анна: » before a line of talk inside prose, where no speakers were found. */
const label = /^\p{Lu}[\p{L}.-]*(?:\s\p{Lu}[\p{L}.-]*)?:\s+/u;

/** What people answer to each other before, or instead of, saying something; it ends at a sign, so that «хорошо известно» is none. */
const reaction =
  /^(?:(?:ок(?:ей)?|хорошо|ладно|да|ага|угу|ну|нет|конечно|отлично|супер|здорово|класс|круто|прекрасно|замечательно|понял[аи]?|понятно|ясно|принято|договорились|согласен|согласна|поддерживаю|годится|ид[её]т|норм(?:ально)?|точно|верно|спасибо|ok(?:ay)?|sure|great|good|fine|perfect|cool|awesome|alright|all right|right|yes|yeah|yep|no|agreed|deal|got it|(?:that )?(?:sounds|looks) (?:good|great|fine|like a plan)(?: to me)?|works for me|fine by me|will do|no problem|no worries|makes sense|of course|absolutely|exactly|thanks(?: a lot| everyone| all)?|thank you|excellent|nice|lovely)(?:(?:,?\s+(?:тогда|then))?\s*(?:[,.!…]+|\s[—–-])\s*|$)|(?:ок|окей|ага|угу|ладно|ok|okay|yep|yeah)\s+)+/iu;

/** «…тогда я подготовлю…», "I'll…": what the speaker takes on stands among the tasks, with who and until when; what suits the speaker, nowhere. */
const ownDeed =
  /(?<!\p{L})я\s+(?:\p{L}+\s+){0,4}?\p{L}+(?:у|ю|усь|юсь)(?!\p{L})|^(?:(?:тогда|сегодня|завтра|сейчас|же|к|до|в|во|\p{L}+(?:ник|ицу|е))\s+){0,3}\p{Ll}{3,}(?:лю|шу|чу|жу|аю|яю|ую|ею|ню|рю|ду|гу|му|юсь|усь)(?!\p{L})|(?<!\p{L})(?:мне|меня)\s+(?:\p{L}+\s+)?(?:нравится|подходит|устраивает|удобно)(?!\p{L})|(?<!\p{L})I(?:(?:'|’)ll|\s+will|\s+can|\s+like|\s+love|\s+agree)(?!\p{L})/iu;

/** «Да, мне всё нравится»: with no more content words than this, nothing was said beside the reaction. */
const MAX_BARE_CONTENT = 2;
/** «Ок, тогда я подготовлю картинки для контейнеров»: a promise in answer to what was said before; a longer one says why or what. */
const MAX_PROMISE_CONTENT = 5;

/** Whether a line only reacts to what another said: agrees, thanks, takes a task on. Such lines are no points of the material. */
export function isChatter(line: string): boolean {
  const said = line.replace(label, '');
  const rest = said.replace(reaction, '');
  if (rest.length === said.length) return false;
  const content = wordsOf(rest).filter(isContent).length;
  return content <= (ownDeed.test(rest) ? MAX_PROMISE_CONTENT : MAX_BARE_CONTENT);
}

const isContent = (word: string): boolean =>
  word.length > 1 && !stopWords.ru.has(word) && !stopWords.en.has(word) && !fillerWords.ru.has(word) && !fillerWords.en.has(word);
