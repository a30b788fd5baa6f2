import type { Backups } from '../../src/shared/contract/backups.ts';
import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { diagnosticParts } from '../../src/shared/contract/diagnostics.ts';
import type { BackupReason, BackupView } from '../../src/shared/domain/backup.ts';

interface MemoryKeepingDeps {
  readonly uuid: () => string;
  readonly nowMs: () => number;
  readonly changed: (all: Backups) => void;
  readonly revision: () => number;
}

type KeepingCall = Extract<CallName, `backups.${string}` | `diagnostics.${string}`>;
type KeepingHandlers = { readonly [N in KeepingCall]: (args: CallArgs<N>) => CallOutput<N> };

const hourMs = 3_600_000;
const mebibyte = 1024 * 1024;

/** Backups of a program that has been used for some days; nothing is ever written. */
export function createMemoryKeeping({ uuid, nowMs, changed, revision }: MemoryKeepingDeps) {
  function backup(reason: BackupReason, atMs: number): BackupView {
    return {
      name: `${reason}-${atMs}-s250.db`,
      reason,
      atMs,
      bytes: 37 * mebibyte,
      isKnown: true,
      contents: { chats: 42, documents: 118, synopses: 31, missingFiles: 0 },
    };
  }
  const hoursAgo = (hours: number) => nowMs() - hours * hourMs;
  let backups = [backup('timed', hoursAgo(2)), backup('close', hoursAgo(20)), backup('migration', hoursAgo(70))];
  let wanted: string | null = null;
  const all = (): Backups => ({ backups, wanted });
  function now(): Backups {
    changed(all());
    return all();
  }
  const handlers: KeepingHandlers = {
    'backups.list': () => ({ ...all(), revision: revision() }),
    'backups.make': () => {
      backups = [backup('manual', nowMs()), ...backups];
      return now();
    },
    'backups.check': () => ({ isSound: true }),
    'backups.restore': ({ name }) => {
      wanted = name;
      return now();
    },
    'backups.keepPresent': () => {
      wanted = null;
      return now();
    },
    'backups.writeCopy': () => ({ folder: '/home/anna/Konspekt 2026-11-23', missingFiles: 0 }),
    'backups.takeIn': () => {
      backups = [backup('manual', nowMs()), ...backups];
      now();
      return { name: `manual-${nowMs()}-s250.db`, missingFiles: 0 };
    },
    'backups.restart': () => ({}),
    'diagnostics.read': () => ({
      id: uuid(),
      fileName: 'konspekt-diagnostics.txt',
      parts: diagnosticParts.map(name => ({ name, text: JSON.stringify({ part: name }, null, 2) })),
    }),
    'diagnostics.save': () => ({ saved: 'konspekt-diagnostics.txt' }),
    'diagnostics.offer': () => ({ fileName: 'konspekt-diagnostics.txt', urlPath: '/files/diagnostics' }),
  };
  return { handlers };
}
