/** One spelling for what a person would type and what a title says: case, width and ё do not matter. */
export function foldTitle(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
}
