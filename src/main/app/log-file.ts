import { closeSync, fstatSync, openSync, renameSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A day of hard work writes well under this; with the files before it, support sees the last days. */
const usualLimitBytes = 2 * 1024 * 1024;
/** Files in all, the one that is written to among them: the log never takes more than this many times the limit. */
const usualFiles = 4;

export interface LogFile {
  write(line: string): void;
  /** Gives the file back; a line that comes later still opens it for itself. Idempotent. */
  close(): void;
}

/**
 * Appends to `<folder>/<name>.log`. Past the limit it becomes `<name>.1.log`, that one `<name>.2.log`, and the oldest is
 * replaced. Each line is written at once, so a crash loses none. One that the disk refuses is dropped: the first to log on
 * a full disk is the engine saying so, and nobody who logs is to fail for it.
 */
export function openLogFile(
  folder: string,
  name: string,
  { limitBytes = usualLimitBytes, files = usualFiles }: { readonly limitBytes?: number; readonly files?: number } = {},
): LogFile {
  const place = (number: number): string => join(folder, number === 0 ? `${name}.log` : `${name}.${number}.log`);
  let handle: number | null = null;
  let size = 0;
  let isClosed = false;

  function open(): number {
    if (handle !== null) return handle;
    handle = openSync(place(0), 'a', 0o600);
    size = fstatSync(handle).size;
    return handle;
  }

  function close(): void {
    if (handle !== null) closeSync(handle);
    handle = null;
  }

  function rotate(): void {
    close();
    for (let number = files - 1; number > 0; number -= 1) {
      try {
        renameSync(place(number - 1), place(number));
      } catch {
        // Not there yet, or held open by somebody who reads it.
      }
    }
    // What cannot be moved out of the way is given up: a log without end would take the disk that the work needs.
    if (statSync(place(0), { throwIfNoEntry: false }) !== undefined) truncateSync(place(0));
  }

  return {
    write(line) {
      try {
        const bytes = Buffer.from(line);
        open();
        if (size > 0 && size + bytes.byteLength > limitBytes) rotate();
        const written = writeSync(open(), bytes);
        size += written;
        if (isClosed) close();
      } catch {
        // Said nowhere: this is where it would be said.
      }
    },
    close() {
      isClosed = true;
      try {
        close();
      } catch {
        // The disk went; its lines with it.
      }
    },
  };
}
