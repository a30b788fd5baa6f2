/** «Иванов И. И. …», "Clark, C. …", perhaps after a number: a surname with its initials heads an entry of a bibliography. */
const author = /^(?:\[?\d{1,3}[\].)]+\s*)?\p{Lu}[\p{L}’'-]+,?\s+(?:\p{Lu}\.[\s-]?){1,3}(?:,|&|and|и|\(|(?=\p{Lu}|«|"|“|et al))/u;
/** What closes one: the year of print after its publisher or journal, the number of pages, an address of the publisher. */
const printed =
  /(?:[:,]|Press|Изд\p{L}*\.?)\s(?:1[5-9]|20)\d{2}(?:\.|,|\s|$)|\((?:1[5-9]|20)\d{2}\)|[—–-]\s?\d+\s?(?:с|p|pp)\.|(?:М|СПб|Л)\.\s?:|\bpp?\.\s?\d|[—–-]\s?[СC]\.\s?\d/u;

/** Whether a paragraph or an item of a list is an entry of a bibliography, by its author and its imprint; prose has no imprint. */
export const isReferenceEntry = (text: string): boolean => author.test(text) && printed.test(text);
