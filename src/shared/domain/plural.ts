/** One form per plural category of a language. Categories a language does not have are simply not given. */
export type PluralForms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/** Chooses a form by the language's rules (Unicode CLDR, through `Intl.PluralRules`) and puts the number for `#`. */
export function pluralIn(locale: string): (n: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (n, forms) => (forms[rules.select(n)] ?? forms.other).replace('#', numbers.format(n));
}
