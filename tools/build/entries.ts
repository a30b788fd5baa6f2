/**
 * Everything that runs as a process or a thread of its own, by the name of its bundle: `out/main/<name>.js`. The build makes them
 * and the dead-code gate starts from them, so a new process is added here and nowhere else.
 */
export const MAIN_ENTRIES = {
  index: 'src/main/index.ts',
  cli: 'src/main/headless/cli.ts',
  reader: 'src/main/store/reader-thread.ts',
  'worker-documents': 'src/workers/documents/entry.ts',
  'worker-synopsis': 'src/workers/synopsis/entry.ts',
  'worker-agent': 'src/workers/agent/entry.ts',
  'worker-files': 'src/workers/files/entry.ts',
  'worker-browser': 'src/workers/browser/entry.ts',
} as const;

export const PRELOAD_ENTRY = 'src/preload/index.ts';
export const RENDERER_PAGE = 'src/renderer/index.html';
