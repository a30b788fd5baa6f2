/** Cells of the bar: fine enough for ten sections, short enough for a narrow terminal. */
const barCells = 24;

export interface ProgressLine {
  show(text: string, done: number | null, total: number | null): void;
  /** Clears the bar, so that what is printed next starts on a clean line. */
  end(): void;
}

/** One line rewritten in place on a terminal; elsewhere a plain line whenever the text changes. */
export function createProgressLine(out: NodeJS.WriteStream): ProgressLine {
  let last = '';
  return {
    show(text, done, total) {
      const counted = done !== null && total !== null;
      if (!out.isTTY) {
        const line = counted ? `${text} ${done}/${total}` : text;
        if (line !== last) out.write(`${line}\n`);
        last = line;
        return;
      }
      const filled = counted ? Math.round((barCells * done) / total) : 0;
      const bar = counted ? `${'█'.repeat(filled)}${'░'.repeat(barCells - filled)} ${done}/${total} ` : '';
      const line = `${bar}${text}`.slice(0, Math.max(1, out.columns - 1));
      if (line !== last) out.write(`\r\u001b[2K${line}`);
      last = line;
    },
    end() {
      if (out.isTTY && last !== '') out.write('\r\u001b[2K');
      last = '';
    },
  };
}
