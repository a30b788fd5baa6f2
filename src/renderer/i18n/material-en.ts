import { documentDate } from './document-date.ts';
import { documentErrorSentences } from './document-error-sentences.ts';
import { formatNames } from './format-names.ts';
import type { MaterialMessages } from './material-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

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
    form: { label: 'View of the source', text: 'Text', original: 'Original' },
    showText: 'Show the text',
    absent: {
      not_kept: 'Only the text is kept here: the file itself was not brought along. Add it to see its pages.',
      replaced: 'The document has been read anew since. This is the text that the quote was taken from.',
      missing: 'The original file is gone or cut short. Add the document again to see its pages; the text is intact.',
    },
    pages: {
      reading: 'Pages of the original',
      opening: 'Opening the original…',
      page: 'Page',
      of: count => `of ${count}`,
      zoomIn: 'Larger',
      zoomOut: 'Smaller',
      fitWidth: 'Fit width',
      marked: page => `The quote is marked on page ${page}`,
      notOnPage: page => `This quote was not found in full on page ${page}. It is marked in the text.`,
      noPlace: 'The page of this quote is not known. Its place is marked in the text.',
      cannotDraw: 'This page cannot be shown. Read it in the text.',
      failure: {
        locked: 'The original is locked with a password. Save the PDF without one and add it again. The text that was read still opens.',
        damaged: 'The original file is damaged. Add the document again. The text that was read and the quotes are intact.',
        missing: 'The original file is gone or cut short. Add the document again. The text that was read and the quotes are intact.',
        unavailable: 'The pages cannot be opened now. Close the source and open it again.',
      },
    },
  },
};
