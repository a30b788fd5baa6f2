/** Line breaks and tabs of a title, which has to stay on its line. */
const blanks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Control characters, and those that turn the direction of text. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** SECURITY: titles come from documents and pages; none of their characters may steer the terminal they are shown on. */
export function printable(text: string): string {
  return text.replace(blanks, ' ').replace(unprintable, '');
}

const unprintableInText = /(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** SECURITY: the same for a text of many lines, which a model may have been talked into. */
export function printableText(text: string): string {
  return text.replace(unprintableInText, '');
}
