import { build, preview } from 'vite';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../temp-folder.ts';

const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));

/** The window over the backend in memory, to be opened by a browser. */
export interface ServedWindow {
  /** Of the harness page, which reads how to begin from the query. */
  readonly address: string;
  close(): Promise<void>;
}

/** Builds the window and serves it under the program's content security policy, on any free port. */
export async function serveWindow(): Promise<ServedWindow> {
  // Each caller builds its own: two at the same time would write over each other.
  const built = tempFolder();
  await build({ configFile, logLevel: 'error', build: { outDir: built.path } });
  const server = await preview({ configFile, build: { outDir: built.path }, preview: { port: 0, strictPort: false, host: '127.0.0.1' } });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The preview server has no local address; is 127.0.0.1 free?');
  return {
    address,
    close: async () => {
      await server.close();
      built.remove();
    },
  };
}
