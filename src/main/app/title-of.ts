/** A chat without a name is named by its first words; more would not fit the list. */
const titleChars = 60;

/** The first words of a text, in one line, for a list. */
export function titleOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= titleChars) return line === '' ? '…' : line;
  const cut = line.slice(0, titleChars);
  const space = cut.lastIndexOf(' ');
  return `${(space > titleChars / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}
