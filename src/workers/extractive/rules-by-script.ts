/** What a pattern is written with beside its own words: `\p{L}`, `\s`, the name of a group. */
const notation = /\\p\{[^}]*\}|\\.|\(\?<\p{L}+>/giu;

export const hasCyrillic = (text: string): boolean => /\p{Script=Cyrillic}/u.test(text);
export const hasLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text);

/**
 * Rules that a text can fit at all: one with Cyrillic words alone needs Cyrillic in it, one with Latin words alone Latin. Half of them is
 * never tried on most texts; a rule with words of both is always tried.
 */
export function rulesByScript<Rule>(rules: readonly Rule[], patternOf: (rule: Rule) => RegExp): (text: string) => readonly Rule[] {
  const wordsOfRule = (rule: Rule): string => patternOf(rule).source.replace(notation, ' ');
  const forCyrillic = rules.filter(rule => /[а-яё]/iu.test(wordsOfRule(rule)) || !/[a-z]{2}/iu.test(wordsOfRule(rule)));
  const forLatin = rules.filter(rule => /[a-z]{2}/iu.test(wordsOfRule(rule)) || !/[а-яё]/iu.test(wordsOfRule(rule)));
  return text => {
    if (!hasCyrillic(text)) return forLatin;
    return hasLatin(text) ? rules : forCyrillic;
  };
}
