import type { Socket } from 'node:net';

/** Calls back with each whole line. Node's own reader of lines throws the errors of its input, and a killed peer is one. */
export function readLines(socket: Socket, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  // The other side was killed; what came before is here.
  socket.on('error', () => undefined);
}
