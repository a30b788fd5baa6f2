import { fb2Text, makeEpub } from './book-files.ts';
import { makeDocx } from './docx-file.ts';
import { makeHtmlPage } from './html-page.ts';
import { makeOdt, makePptx, makeXlsx } from './office-files.ts';
import { makePdf } from './pdf-file.ts';
import type { DocumentFormat } from '../../../src/shared/domain/document-formats.ts';

const title = 'The northern lighthouse';
/** Prose that a synopsis can be made of, the same in each format. */
export const lighthouse: readonly string[] = [
  'The northern lighthouse was built in 1871 on a bare rock by a crew of forty masons from the mainland.',
  'Its keeper, Emil Berg, kept a journal of every storm and every ship that passed the rock.',
  'In 1903 the lamp was replaced by an electric one, which needed a steam engine and two engineers.',
  'The engineers decided to store 900 tons of coal on the rock, because ships could not land in winter.',
  'A lens is a glass body that gathers the light of the lamp into one beam.',
  'The lighthouse was closed in 1964, when an automatic beacon took its place on the same foundation.',
];

const time = (seconds: number, mark: string): string =>
  `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}${mark}000`;
/** Each sentence in two cues, as a program that recognises speech writes them. */
const cues = (mark: string): string =>
  lighthouse
    .flatMap((sentence, at) => {
      const words = sentence.split(' ');
      const half = Math.ceil(words.length / 2);
      return [words.slice(0, half), words.slice(half)].map((part, piece) => {
        const from = at * 20 + piece * 5;
        return `${time(from, mark)} --> ${time(from + 5, mark)}\n${part.join(' ')}\n`;
      });
    })
    .join('\n');

const body = lighthouse.map(text => `<p>${text}</p>`).join('');
const chapters = [
  { title: 'Building', paragraphs: lighthouse.slice(0, 3) },
  { title: 'Closing', paragraphs: lighthouse.slice(3) },
];

type Make = () => Promise<Uint8Array | string> | Uint8Array | string;

/** One readable file of every format but pictures, which no reader of text can tell. Names end as the format's first extension. */
export const everyFormat: Readonly<Record<Exclude<DocumentFormat, 'image'>, Make>> = {
  pdf: () => makePdf([[{ text: title, size: 18 }, ...lighthouse.map(text => ({ text }))]]),
  docx: () => makeDocx([{ kind: 'heading', level: 1, text: title }, ...lighthouse.map(text => ({ kind: 'paragraph' as const, text }))]),
  odt: () =>
    makeOdt(`<text:h text:outline-level="1">${title}</text:h>${lighthouse.map(text => `<text:p>${text}</text:p>`).join('')}`, {
      author: 'Anna Berg',
    }),
  rtf: () => `{\\rtf1\\ansi{\\info{\\author Anna Berg}}\\pard ${title}\\par\\par ${lighthouse.join('\\par ')}\\par}`,
  epub: () => makeEpub({ title, author: 'Anna Berg', date: '1964' }, chapters),
  fb2: () => fb2Text({ title, author: 'Anna Berg', date: '1964-01-01' }, chapters),
  pptx: () =>
    makePptx(
      lighthouse.map((text, at) => ({ title: `Part ${at + 1}`, box: text })),
      { author: 'Anna Berg' },
    ),
  xlsx: () =>
    makeXlsx([{ name: 'Log', rows: [['Year', 'Event'], ...lighthouse.map((text, at) => [1871 + at, text])] }], { author: 'Anna Berg' }),
  table: () => ['Year;Event', ...lighthouse.map((text, at) => `${1871 + at};"${text}"`)].join('\n'),
  subtitles: () => `WEBVTT\n\n${cues('.')}`,
  html: () => makeHtmlPage({ title, article: `<h1>${title}</h1>${body}` }),
  mhtml: () =>
    `From: <Saved>\r\nSubject: ${title}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>${title}</h1>${body}</body></html>\r\n--b--\r\n`,
  markdown: () => `# ${title}\n\n${lighthouse.join('\n\n')}\n`,
  text: () => `${title}\n\n${lighthouse.join('\n\n')}\n`,
};
