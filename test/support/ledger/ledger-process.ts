/**
 * The ledger: a process of its own that writes down what others were told or did, and outlives all of them. It is also the
 * outside service that steps have their effect on: it knows each effect's key and says whether it saw it for the first time.
 * A line is answered once it is on disk. `node ledger-process.ts`; prints its port.
 */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { z } from 'zod';
import { ledgerEntry } from './ledger-entry.ts';
import { readLines } from './read-lines.ts';

const line = z.union([z.strictObject({ n: z.int(), file: z.string(), entry: ledgerEntry }), z.strictObject({ close: z.string() })]);

interface Book {
  readonly fd: number;
  readonly happened: Set<string>;
}
const books = new Map<string, Book>();

function bookOf(file: string): Book {
  const open = books.get(file) ?? { fd: openSync(file, 'a'), happened: new Set<string>() };
  books.set(file, open);
  return open;
}

const server = createServer(socket => {
  readLines(socket, text => {
    const said = line.parse(JSON.parse(text));
    if ('close' in said) {
      const book = books.get(said.close);
      if (book !== undefined) closeSync(book.fd);
      books.delete(said.close);
      socket.end();
      return;
    }
    const book = bookOf(said.file);
    let { entry } = said;
    if (entry.what === 'effect') {
      const key = `${entry.jobId}/${entry.step}`;
      entry = { ...entry, first: !book.happened.has(key) };
      book.happened.add(key);
    }
    writeSync(book.fd, `${JSON.stringify(entry)}\n`);
    fsyncSync(book.fd);
    socket.write(`${said.n}\n`);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
// The one rule: it leaves with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
