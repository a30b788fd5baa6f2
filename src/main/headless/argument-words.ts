import type { Language } from '../../shared/domain/language.ts';

type Parts = readonly string[];

interface Sentence {
  /** As commander 15 puts it, with its parts in groups. */
  readonly of: RegExp;
  readonly ru: (parts: Parts) => string;
  readonly en: (parts: Parts) => string;
}

/** The name without what stands for its value: `--port` of `--port <number>`. */
const bare = (flags = '') => flags.replace(/\s*[<[].*$/u, '');

const sentences: readonly Sentence[] = [
  {
    of: /^option '(.+?)' argument '(.*?)' is invalid\. ?(.*)$/su,
    ru: ([flags, value, why]) => `Значение «${value}» для ${bare(flags)} не подходит. ${why}`,
    en: ([flags, value, why]) => `The value "${value}" of ${bare(flags)} does not fit. ${why}`,
  },
  {
    of: /^command-argument value '(.*?)' is invalid for argument '(.+?)'\. ?(.*)$/su,
    ru: ([value, name, why]) => `Значение «${value}» для <${name}> не подходит. ${why}`,
    en: ([value, name, why]) => `The value "${value}" of <${name}> does not fit. ${why}`,
  },
  {
    of: /^missing required argument '(.+)'$/u,
    ru: ([name]) => `Не хватает <${name}>.`,
    en: ([name]) => `<${name}> is missing.`,
  },
  {
    of: /^option '(.+)' argument missing$/u,
    ru: ([flags]) => `После ${bare(flags)} должно стоять значение.`,
    en: ([flags]) => `${bare(flags)} wants a value after it.`,
  },
  {
    of: /^required option '(.+)' not specified$/u,
    ru: ([flags]) => `Нужно указать ${bare(flags)}.`,
    en: ([flags]) => `${bare(flags)} has to be given.`,
  },
  {
    of: /^option '(.+?)' cannot be used with option '(.+?)'$/u,
    ru: ([one, other]) => `${bare(one)} и ${bare(other)} вместе не указывают.`,
    en: ([one, other]) => `${bare(one)} and ${bare(other)} do not go together.`,
  },
  {
    of: /^unknown option '(.+?)'\n?(.*)$/su,
    ru: ([flag, like]) => `Параметра ${flag} нет.${like}`,
    en: ([flag, like]) => `There is no option ${flag}.${like}`,
  },
  {
    of: /^unknown command '(.+?)'\n?(.*)$/su,
    ru: ([name, like]) => `Команды «${name}» нет.${like}`,
    en: ([name, like]) => `There is no command "${name}".${like}`,
  },
  {
    of: /^there is no command "(.+?)"\. There are: (.+)\.$/u,
    ru: ([name, verbs]) => `Команды «${name}» нет. Есть: ${verbs}.`,
    en: ([name, verbs]) => `There is no command "${name}". There are: ${verbs}.`,
  },
  {
    of: /^too many arguments.* but got \d+: (.*)\.$/su,
    ru: ([given]) => `Лишние слова: ${given}. Название из нескольких слов берут в кавычки.`,
    en: ([given]) => `There are words too many: ${given}. A name of several words goes in quotation marks.`,
  },
];

const endings: readonly Sentence[] = [
  { of: /Allowed choices are (.+)\.$/u, ru: ([list]) => `Можно: ${list}.`, en: ([list]) => `It is one of: ${list}.` },
  { of: /\(Did you mean one of (.+)\?\)$/u, ru: ([list]) => ` Похожие: ${list}.`, en: ([list]) => ` Similar ones: ${list}.` },
  { of: /\(Did you mean (.+)\?\)$/u, ru: ([one]) => ` Может быть, ${one}?`, en: ([one]) => ` Did you mean ${one}?` },
];

function said(text: string, { of, ...words }: Sentence, language: Language): string | null {
  const found = of.exec(text);
  return found === null ? null : text.slice(0, found.index) + words[language](found.slice(1));
}

/** What commander says of wrong arguments, in the person's language; what it is not known to say comes back as it is. */
export function argumentFault(text: string, language: Language): string {
  let told = text.trim().replace(/^error: /u, '');
  for (const table of [endings, sentences]) {
    for (const sentence of table) {
      const words = said(told, sentence, language);
      if (words === null) continue;
      told = words;
      break;
    }
  }
  return told;
}
