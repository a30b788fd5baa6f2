import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface Barrier {
  readonly port: number;
  /** The pid of the next worker that reaches the gate. */
  reached(): Promise<number>;
  /** Lets everything that waits, now or later, go on. */
  open(): void;
  close(): Promise<void>;
}

/** A worker that stands at a point. */
export interface Stop {
  readonly pid: number;
  readonly point: string;
  go(): void;
}

/**
 * Holds workers at named points, so that a test can act while they stand there. With `onReached` it is told of each instead
 * of asking for the next by `reached`.
 */
export async function createBarrier(onReached?: (stop: Stop) => void): Promise<Barrier> {
  const sockets = new Set<Socket>();
  const arrived: number[] = [];
  const waiting: ((pid: number) => void)[] = [];
  let isOpen = false;
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.once('data', data => {
      const [id = '', point = ''] = data.toString('utf8').trimEnd().split(' ');
      const pid = Number(id);
      const next = waiting.shift();
      if (onReached !== undefined) onReached({ pid, point, go: () => socket.write('go') });
      else if (next === undefined) arrived.push(pid);
      else next(pid);
      if (isOpen) socket.write('go');
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    reached: () => {
      const pid = arrived.shift();
      return pid === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(pid);
    },
    open() {
      isOpen = true;
      for (const socket of sockets) socket.write('go');
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
