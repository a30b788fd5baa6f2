import { documentDate } from './document-date.ts';
import { documentErrorSentences } from './document-error-sentences.ts';
import { formatNames } from './format-names.ts';
import type { MaterialMessages } from './material-messages.ts';
import { pluralIn } from './plural.ts';

const n = pluralIn('en');
const pages = (count: number) => n(count, { one: '# page', other: '# pages' });
const chars = (count: number) => n(count, { one: '# character', other: '# characters' });

export const materialEn: MaterialMessages = {
  documents: {
    state: { importing: 'Being read', ready: 'Ready', failed: 'Not read', uploading: 'Uploading' },
    pages,
    chars,
    dated: documentDate('en'),
    removed: title => `“${title}” is out of the chat. Quotes from it still open.`,
    removeTitle: 'Take out of the chat',
    format: formatNames('en'),
    error: documentErrorSentences('en'),
    warning: {
      pages_need_ocr: count =>
        count === null
          ? 'Some pages have no text: they need recognition'
          : `${n(count, { one: '# page has no text: it needs', other: '# pages have no text: they need' })} recognition`,
      pages_failed: count =>
        count === null ? 'Some pages were not read' : n(count, { one: '# page was not read', other: '# pages were not read' }),
      truncated: count => (count === null ? 'Not read to the end' : `${chars(count)} left out at the end`),
      encoding_guessed: () => 'The encoding was told from the content',
      read_by_model: count => (count === null ? 'Read by a model' : `Read from pictures by a model: ${pages(count)}`),
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
    slideMark: slide => `Slide ${slide}`,
    pageMark: page => `Page ${page}`,
    notFound: 'The stored copy of this source was not found. Add the document again.',
    missingQuote: 'These words are not in the source. Its beginning is shown.',
    openOriginal: 'Open the page in the browser',
  },
};
