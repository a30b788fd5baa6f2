/** Conjunctions, links to the sentence before and spoken padding, meaningless at the head of an item. Adversatives and «да», «нет» keep their force and stay. */
const bareLinks = /^(?:и|а|ну|and)\s+(?=[\p{L}\d«"“(])/iu;
const linksWithComma =
  /^(?:ну|вот|хм|эм|ой|ого|ладно|хорошо|ок|окей|отлично|так вот|и ещё|и еще|ещё|еще|да и|итак|во-первых|во-вторых|в-третьих|в-четв[её]ртых|ну что ж|ну вот|вот смотрите|смотрите|знаете|понимаете|видите|значит|в общем|короче|кстати|далее|также|кроме того|более того|при этом|таким образом|следовательно|наконец|well|hmm?|um|uh|oh|ah|hey|great|sure|alright|right|fine|yeah|so|also|now|okay|ok|first|second|third|firstly|secondly|thirdly|moreover|furthermore|in addition|besides|thus|therefore|finally|additionally|by the way|you know|you see|i mean|look|okay so|well now),\s*(?=[\p{L}\d«"“(])/iu;
/** Sounds of a pause between words, which subtitles write down: «у нас, э-э, пятая лекция», "so, um, the loss". */
const pauses = /(?:,\s*|\s+|^)(?:[Ээ]-э(?:-э)*|[Ээ]-эм|[Ээ]м+|[Мм]-м(?:-м)*|[Uu](?:h+|m+)|[Ee]rm+)(?:,|\.{3}|…)?(?=\s)/gu;
/** So many stand before one sentence at most: «Ну вот, смотрите, …». */
const MAX_LINKS = 4;
/** «И так далее», and the paired «и король, и слуга», lose their sense without the first word. */
const kept = /^(?:и|а)\s+(?:так\s+далее|все|всё)(?!\p{L})|^и\s[^.]{0,60},\s+и\s/iu;

/**
 * The text of an item: the source's own sentence on one line, without a leading conjunction and sounds of a pause, words parted at a line end
 * joined again, without marks of emphasis and references («**слово**», «[12]»). Nothing is reworded.
 */
export function readableText(quote: string): string {
  const line = withoutMarks(quote.replaceAll('\u00AD', ''))
    .replace(/(\p{L})[-‐]\n\s*(\p{Ll})/gu, '$1$2')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^[—–-]\s+/u, '');
  const rest = withoutLinks(withoutLinks(line).replace(pauses, '').trimStart());
  return rest.length === line.length ? line : capitalised(rest);
}

function withoutLinks(line: string): string {
  let rest = line;
  for (let n = 0; n < MAX_LINKS && !kept.test(rest); n += 1) {
    const shorter = rest.replace(linksWithComma, '').replace(bareLinks, '');
    if (shorter.length === rest.length) break;
    rest = shorter;
  }
  return rest;
}

/** Markdown emphasis and links as their text, and the reference numbers of encyclopaedias. */
function withoutMarks(text: string): string {
  return text
    .replace(/(\*\*|__|`)(?=\S)([^*_`]{1,300}?)\1/gu, '$2')
    .replace(/!?\[([^\]]{1,300})\]\((?:[^()\s]|\([^()\s]*\)){1,500}\)/gu, '$1')
    .replace(/(?<=\p{L}{4}|[.,;:!?)»"”])(?:\[\d{1,3}(?:[-–,]\s?\d{1,3})*\])+/gu, '');
}

function capitalised(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return first.toUpperCase() + text.slice(first.length);
}
