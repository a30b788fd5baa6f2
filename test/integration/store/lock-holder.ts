import { openStore } from '../../../src/main/store/open-store.ts';
import { addSession } from './store-fixture.ts';

/**
 * A second process for the tests: opens the store given, says what came of it on one line, and holds it until it is killed.
 * With `write` it also commits a session first and names it.
 */
const [root = '', action = 'hold'] = process.argv.slice(2);
try {
  const opened = openStore({ root, nowMs: Date.now, readerEntry: new URL('../../../src/main/store/reader-thread.ts', import.meta.url) });
  const session = action === 'write' ? addSession(opened.store, { title: 'Записано перед смертью' }) : null;
  process.stdout.write(`${JSON.stringify({ opened: true, session })}\n`);
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${JSON.stringify({ opened: false, name: error instanceof Error ? error.name : '' })}\n`);
}
