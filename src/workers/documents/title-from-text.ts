/** Longest line that is still a title: two lines of a heading in print. */
const titleChars = 140;
/** Characters at the beginning of a text in which its title stands, if it has one. */
const openingChars = 4_000;

/** Names a part of a document and not the document: "Глава 1. Опыт", "Chapter IV", "2.1 Method". */
const numberedPart =
  /^(?:(?:глава|раздел|часть|параграф|приложение|chapter|section|part|appendix)\s+(?:№\s*)?(?:\d+|[ivxlc]+|\p{Lu})(?![\p{L}\d])|§\s*\d|\d{1,3}(?:\.\d{1,3})*[.)]?\s)/iu;
const frontMatter =
  /^(?:введение|предисловие|вступление|оглавление|содержание|аннотация|приложени[ея]|introduction|preface|foreword|(?:table of )?contents|abstract|appendix|summary)[\s\d.:…]*$/iu;
const speaker = /^(?:\[[\d:]+\]\s*)?\p{Lu}[^\s:]{0,30}(?:\s[^\s:]{1,30}){0,2}:(?:\s|$)/u;
const endsLikeSentence = /[.,;:…]["»”’)]*$/u;
const underline = /^\s*[=\-_~*]{3,}\s*$/u;

/** A heading as the document's title; null when it only names a part of the document. */
export function titleFromHeading(heading: string | null): string | null {
  const text = heading?.trim() ?? '';
  return text === '' || numberedPart.test(text) || frontMatter.test(text) ? null : text;
}

/**
 * The title of a plain text: its first line when it stands alone and reads like one, not like a sentence, an item or
 * somebody's words. Null when nothing there is a title; the file's name is then the better one.
 */
export function titleFromOpening(text: string): string | null {
  const lines = text.slice(0, openingChars).split(/\r\n?|\n/u);
  const at = lines.findIndex(line => line.trim() !== '');
  const line = lines[at]?.trim() ?? '';
  const next = lines[at + 1];
  const standsAlone = next !== undefined && (next.trim() === '' || underline.test(next));
  if (!standsAlone || line.length > titleChars || !/\p{L}{2}/u.test(line)) return null;
  if (endsLikeSentence.test(line) || speaker.test(line) || /^[-*•·>#|]|:\/\//u.test(line)) return null;
  return titleFromHeading(line);
}
