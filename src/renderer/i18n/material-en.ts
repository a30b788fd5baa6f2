import { redirectsDetail, storedTextDetail } from '../../shared/domain/document.ts';
import type { MaterialMessages } from './material-messages.ts';
import { pluralIn } from './plural.ts';

const n = pluralIn('en');
const pages = (count: number) => n(count, { one: '# page', other: '# pages' });
const chars = (count: number) => n(count, { one: '# character', other: '# characters' });
const withDetail = (sentence: string, detail: string | null) => (detail ? `${sentence} (${detail})` : sentence);

export const materialEn: MaterialMessages = {
  documents: {
    state: { importing: 'Being read', ready: 'Ready', failed: 'Not read', uploading: 'Uploading' },
    pages,
    chars,
    removed: title => `“${title}” is out of the chat. Quotes from it still open.`,
    removeTitle: 'Take out of the chat',
    format: { text: 'Text', markdown: 'Markdown', html: 'Web page', pdf: 'PDF', docx: 'DOCX' },
    error: {
      empty: () => 'The file has nothing in it. Check that it is the right one and add it again.',
      too_large: detail => withDetail('The file is larger than 256 MB. Split it into parts.', detail),
      too_many_pages: detail => withDetail('The file has more than 5,000 pages. Split it into parts.', detail),
      encrypted: () => 'The file is protected by a password. Remove it in the program that made the file, and add the file again.',
      damaged: detail =>
        detail === storedTextDetail
          ? 'The stored text of the document is damaged. Have it read again or add it anew.'
          : 'The file is damaged. Download or save it again.',
      unsupported_format: detail => withDetail('This format cannot be read yet. Save the file as PDF, DOCX or text.', detail),
      wrong_format: detail => withDetail('The content does not match the file’s extension. Save it in the right format.', detail),
      no_text: () => 'The file has no text, only images. Run text recognition on it and add it again.',
      zip_bomb: () => 'The file unpacks to a dangerous size and was not opened. Get it from a place you trust.',
      timed_out: () => 'Reading took too long. Retry, or split the file.',
      out_of_memory: () => 'There was not enough memory for this file. Split it into parts.',
      unreachable: detail => withDetail('The page does not answer. Check the network and the address, then retry.', detail),
      forbidden_address: detail =>
        withDetail(
          'This address is inside your own network and was not opened. Allow it in the settings and retry, or save the page to a file.',
          detail,
        ),
      http_error: detail =>
        detail === redirectsDetail
          ? 'The page leads on to others too many times, perhaps in a circle. Open it in a browser and give the address where it ends.'
          : withDetail('The site answered with an error. Check the address and retry later.', detail),
      not_found: () => 'There is no such page at this address. Check the address and add it again.',
      unreadable: () => 'The file could not be opened for reading. Check its permissions and add it again.',
      cancelled: () => 'Reading was stopped. You can retry.',
      internal: () => 'Something inside went wrong while reading. Retry; if that does not help, copy the diagnostics of the task.',
    },
    warning: {
      pages_need_ocr: count =>
        count === null
          ? 'Some pages have no text: they need recognition'
          : `${n(count, { one: '# page has no text: it needs', other: '# pages have no text: they need' })} recognition`,
      pages_failed: count =>
        count === null ? 'Some pages were not read' : n(count, { one: '# page was not read', other: '# pages were not read' }),
      truncated: count => (count === null ? 'Not read to the end' : `${chars(count)} left out at the end`),
      encoding_guessed: () => 'The encoding was told from the content',
      tables_flattened: () => 'Tables were turned into text',
    },
  },
  sources: {
    title: 'Sources',
    list: 'Sources of the chat',
    back: 'All sources',
    empty: 'This chat has no documents yet. Drop a file into the window or paste a link.',
    chatSource: 'The conversation of this chat',
    chatNotReady: 'Opens once the chat is part of a synopsis.',
    notReady: 'Opens once it has been read.',
    reading: 'Text of the source',
    toPassage: 'To the quote',
    unknown: 'A removed document',
    pageMark: page => `Page ${page}`,
    notFound: 'The stored copy of this source was not found. Add the document again.',
    missingQuote: 'These words are not in the source. Its beginning is shown.',
    openOriginal: 'Open the page in the browser',
  },
};
