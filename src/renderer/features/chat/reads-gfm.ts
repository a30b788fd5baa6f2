import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The part of a Markdown processor this plugin touches. */
interface Reader {
  data(): object;
}
/** Where `remark-parse` looks for them. */
interface Extensions {
  micromarkExtensions?: unknown[];
  fromMarkdownExtensions?: unknown[];
}

/**
 * Tables, task lists, strikethrough, footnotes and bare addresses, read and not written: `remark-gfm` brings along what writes
 * Markdown, which nobody needs in a window and is a tenth of what the first screen loads.
 */
export function remarkReadsGfm(this: Reader): void {
  const data: Extensions = this.data();
  (data.micromarkExtensions ??= []).push(gfm());
  (data.fromMarkdownExtensions ??= []).push(gfmFromMarkdown());
}
