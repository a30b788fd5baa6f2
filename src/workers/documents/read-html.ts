import { isProbablyReaderable, Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { toOneLine } from './canonical-text.ts';
import { decodeText, type DecodedText } from './decode-text.ts';
import { DocumentRefused } from './document-refused.ts';
import { removeAdvertising } from './html-advertising.ts';
import { withoutDepth } from './html-depth.ts';
import { htmlBlocks, type HtmlBlocks, type HtmlNode } from './html-blocks.ts';
import type { Block } from './snapshot-builder.ts';

/** Characters of HTML given to the parser, which holds about 30 bytes for each while it works. */
const htmlCharLimit = 12_000_000;
/** Bytes at the start in which a page declares its encoding; the HTML standard looks at 1,024, saved pages put comments first. */
const declarationBytes = 4_096;
/** Characters an article must have to be taken for the content of the page. */
const articleCharsNeeded = 400;
/** Share of the page's text the article must hold: below it the extractor has picked one section of many. */
const articleShare = 0.25;

/** Share of the page's text `<main>` must hold to be its content: some templates put a box of their own into it. */
const mainShare = 0.5;

interface HtmlDocument {
  readonly documentElement: HtmlNode | null;
  readonly body: HtmlNode | null;
  readonly title: string;
  querySelector(selector: string): HtmlNode | null;
}

export interface HtmlReading extends HtmlBlocks {
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

/** Decodes a page by its byte order mark, the HTTP header, its own declaration, or as any text. */
export function decodeHtml(bytes: Uint8Array, httpCharset: string | null): DecodedText {
  const head = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1');
  const declared =
    /<meta[^>]{0,500}charset\s*=\s*["']?\s*([\w:-]{1,40})/iu.exec(head)?.[1] ??
    /<\?xml[^>]{0,200}encoding\s*=\s*["']([\w:-]{1,40})/iu.exec(head)?.[1] ??
    null;
  return decodeText(bytes, httpCharset ?? declared);
}

/**
 * The main content of a page as blocks. Navigation, forms, scripts and hidden parts are left out; when the article
 * extractor finds too little of the page, the whole body without its furniture is taken.
 */
export function readHtml(html: string): HtmlReading {
  return bounded(html, page => readPage(page));
}

export interface LinkedReading extends HtmlReading {
  /** By the numbers of their marks (see `linkStart`), as the page writes them: relative ones too. */
  readonly links: readonly string[];
  /** What relative addresses start from, when the page says so. */
  readonly base: string | null;
}

/** As `readHtml`, with the words of links marked. */
export function readLinkedHtml(html: string): LinkedReading {
  const links: string[] = [];
  return bounded(html, page => {
    const base = page.querySelector('base[href]')?.getAttribute?.('href') ?? null;
    return { ...readPage(page, links), links, base };
  });
}

/** All of the content, for HTML that another reader made and that has no furniture. */
export function readFragment(html: string): HtmlBlocks {
  return bounded(html, page => htmlBlocks(page.body ?? page.documentElement ?? nothing, { skipFurniture: false }));
}

const nothing: HtmlNode = { nodeType: 11, nodeName: '#document-fragment', childNodes: [], nodeValue: null, textContent: null };

function bounded<T>(html: string, read: (page: HtmlDocument) => T): T {
  if (html.length > htmlCharLimit)
    throw new DocumentRefused('too_large', `HTML of ${html.length} characters, at most ${htmlCharLimit} are read`);
  try {
    return read(parse(withoutDepth(html)));
  } catch (error) {
    // Tags nested tens of thousands deep overflow the parser's stack: made to break readers, not to be read.
    if (error instanceof RangeError) throw new DocumentRefused('damaged', 'HTML nested too deeply', error);
    throw error;
  }
}

function readPage(page: HtmlDocument, links?: string[]): HtmlReading {
  const root = page.body ?? page.documentElement;
  if (root === null) return { title: null, author: null, date: null, blocks: [], flattenedTables: 0 };
  const author = contentOf(page, authorMetas);
  const date = contentOf(page, dateMetas);
  const heading = page.querySelector('h1')?.textContent?.trim() ?? '';
  // `<title>` mostly has the site's name on it; what the page calls itself is what a person would look for.
  const shared = page.querySelector('meta[property="og:title"]')?.getAttribute?.('content')?.trim() ?? '';
  const title = shared || (heading !== '' && page.title.includes(heading) ? heading : page.title.trim()) || heading || null;
  keepMain(page, root);
  const whole = htmlBlocks(root, { skipFurniture: true, links });
  const everything = whole.blocks.length > 0 ? whole : htmlBlocks(root, { skipFurniture: false, links });
  const article = readArticle(page, links);
  if (article === null || charsOf(article.blocks) < Math.max(articleCharsNeeded, charsOf(everything.blocks) * articleShare))
    return { ...everything, title, author, date };
  return { ...article, title, author, date, blocks: withHeading(article.blocks, toOneLine(heading)) };
}

/** Where pages say who wrote them and when, best first; the second is what social networks read. */
const authorMetas = ['meta[name="author"]', 'meta[property="article:author"]', 'meta[name="dc.creator"]'];
const dateMetas = [
  'meta[property="article:published_time"]',
  'meta[name="date"]',
  'meta[name="dc.date"]',
  'meta[itemprop="datePublished"]',
];

function contentOf(page: HtmlDocument, selectors: readonly string[]): string | null {
  for (const selector of selectors) {
    const content = page.querySelector(selector)?.getAttribute?.('content')?.trim() ?? '';
    // An address of a profile is no name.
    if (content !== '' && !/^https?:/iu.test(content)) return content;
  }
  return null;
}

/** Takes what stands outside `<main>` (banners, menus) out of the page, when `<main>` holds most of its text; its heading stays. */
function keepMain(page: HtmlDocument, root: HtmlNode): void {
  const main = page.querySelector('main, [role="main"]');
  if (main === null) return;
  const chars = (node: HtmlNode): number => charsOf(htmlBlocks(node, { skipFurniture: true }).blocks);
  if (chars(main) < chars(root) * mainShare) return;
  removeAround(root, node => node === main || node.nodeName.toUpperCase() === 'H1');
}

/** Removes every branch without a node to be kept; says whether this one holds one. */
function removeAround(node: HtmlNode, isKept: (node: HtmlNode) => boolean): boolean {
  if (isKept(node)) return true;
  let keeps = false;
  for (const child of [...node.childNodes]) {
    if (removeAround(child, isKept)) keeps = true;
    else child.remove?.();
  }
  return keeps;
}

/** The article extractor drops the page's main heading or lowers it by a level; here it is the first level again. */
function withHeading(blocks: readonly Block[], heading: string): readonly Block[] {
  if (heading === '') return blocks;
  const index = blocks.findIndex(block => toOneLine(block.text) === heading);
  const top: Block = { kind: 'heading', level: 1, text: heading };
  return index < 0 ? [top, ...blocks] : blocks.with(index, top);
}

/** Changes the document: called last. Null when the extractor finds no article or trips over the page. */
function readArticle(page: HtmlDocument, links: string[] | undefined): HtmlBlocks | null {
  // The extractor's types name the browser's `Document`, which workers do not have; it takes any that answers alike.
  const document = page as never;
  try {
    if (!isProbablyReaderable(document)) return null;
    // The extractor renames elements and drops their classes, by which advertisements are known.
    if (page.body !== null) removeAdvertising(page.body);
    const article = new Readability<HtmlNode>(document, { serializer: node => node as unknown as HtmlNode, disableJSONLD: true }).parse();
    return article?.content ? htmlBlocks(article.content, { skipFurniture: true, links }) : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function parse(html: string): HtmlDocument {
  const isDocument = /<(?:html|body)\b/iu.test(html);
  const { document } = parseHTML(isDocument ? html : `<!doctype html><html><body>${html}</body></html>`) as unknown as {
    document: HtmlDocument;
  };
  return document;
}

function charsOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}
