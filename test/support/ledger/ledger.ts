import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ledgerEntry } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';

export interface Ledger {
  readonly port: number;
  /** Everything written under this name, in its order. */
  read(file: string): readonly LedgerEntry[];
  /** No more is written under this name. */
  closeBook(file: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the ledger's process. */
export async function startLedger(): Promise<Ledger> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ledger-process.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number.parseInt(first.toString('utf8'), 10);
  return {
    port,
    read: file =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .filter(line => line !== '')
            .map(line => ledgerEntry.parse(JSON.parse(line)))
        : [],
    async closeBook(file) {
      const socket = connect(port, '127.0.0.1');
      socket.write(`${JSON.stringify({ close: file })}\n`);
      socket.resume();
      await once(socket, 'close');
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
