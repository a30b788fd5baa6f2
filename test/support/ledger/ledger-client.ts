import { connect } from 'node:net';
import type { LedgerEntry } from './ledger-entry.ts';
import { readLines } from './read-lines.ts';

export interface LedgerClient {
  /** Resolves once the ledger has it on disk; never, when the ledger is gone. */
  tell(entry: LedgerEntry): Promise<void>;
  /** Resolves once everything told is on disk, and closes. */
  close(): Promise<void>;
}

/** The way of a process to the ledger. Whatever was handed to the socket arrives even when this process is killed right after. */
export function openLedgerClient(port: number, file: string): LedgerClient {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const open = new Map<number, () => void>();
  let last = 0;
  let whenQuiet: (() => void) | null = null;
  readLines(socket, text => {
    open.get(Number(text))?.();
    open.delete(Number(text));
    if (open.size === 0) whenQuiet?.();
  });
  return {
    tell(entry) {
      last += 1;
      const n = last;
      socket.write(`${JSON.stringify({ n, file, entry })}\n`);
      return new Promise(resolve => {
        open.set(n, resolve);
      });
    },
    async close() {
      if (open.size > 0)
        await new Promise<void>(resolve => {
          whenQuiet = resolve;
        });
      socket.end();
    },
  };
}
