/** Every bench by name, in the order of a full run: its script beside this file, run in a process of its own. */
export const benches = {
  text: { script: 'extractive-speed.ts', title: 'extraction and ranking of a megabyte of text' },
  documents: { script: 'document-speed.ts', title: 'reading documents, each in a process of its own' },
  books: { script: 'long-pdf.ts', title: 'a book of 1,000 pages against what its PDF library needs for the text alone' },
  synopsis: { script: 'synopsis-of-a-book.ts', title: 'a 300-page PDF becomes a synopsis' },
  start: { script: 'start-to-usable.ts', title: 'start with a long history against an empty one' },
  reopen: { script: 'reopen-synopsis.ts', title: 'a finished synopsis is opened again' },
  send: { script: 'send-message.ts', title: 'a message is acknowledged' },
  engine: { script: 'engine-quick.ts', title: 'the job engine on a real file' },
  claims: { script: 'claim-statements.ts', title: 'ways to claim the next jobs of a queue' },
  history: { script: 'history-clean-up.ts', title: 'old jobs are cleaned away beside other work' },
  queues: { script: 'queues/compare.ts', title: 'job engines side by side, each commit on disk' },
  markdown: { script: 'growing-answer.ts', title: 'a long answer grows in the window' },
  stream: { script: 'streamed-answers.ts', title: 'a model answers: first word, many answers at once, recorded steps' },
  diff: { script: 'compare-versions.ts', title: 'two versions of a synopsis are compared' },
  search: { script: 'search-million.ts', title: 'a million passages are searched by words and by meaning' },
  library: { script: 'library.ts', title: 'a library of 10,000 synopses is paged, searched and scrolled' },
  window: { script: 'window-speed.ts', title: 'the window with 10,000 chats: typing, another chat, the palette, a long chat' },
  browser: { script: 'browser-actions.ts', title: 'a browser task against plain Playwright' },
  beside: { script: 'browsers-beside-chat.ts', title: 'the chat beside twenty browser tasks' },
  store: { script: 'store-index.ts', title: 'indexing and searching passages' },
} as const satisfies Readonly<Record<string, { readonly script: string; readonly title: string }>>;

export type BenchName = keyof typeof benches;

export function isBenchName(name: string): name is BenchName {
  return Object.hasOwn(benches, name);
}
