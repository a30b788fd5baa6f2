import { describe, expect, test } from 'vitest';
import type { ToWorker } from '../../src/shared/contract/worker/frames.ts';
import type { WorkerExit, WorkerPort } from '../../src/main/workers/worker-port.ts';

export interface PortUnderTest {
  readonly name: string;
  /** Starts the port fixture. */
  readonly start: () => WorkerPort;
  /** False for a port whose worker shares this process, its loop and its output. */
  readonly isProcess: boolean;
}

const generous = 30_000;

function command(config: Extract<ToWorker, { type: 'init' }>['config']): ToWorker {
  return { v: 1, generation: 1, type: 'init', worker: 'agent', heartbeatMs: 1_000, config };
}

interface Heard {
  readonly port: WorkerPort;
  readonly lines: string[];
  readonly exits: WorkerExit[];
  /** Resolves when a line was heard that fits. */
  line(fits: (line: string) => boolean): Promise<string>;
  readonly exit: Promise<WorkerExit>;
}

function listen(port: WorkerPort): Heard {
  const lines: string[] = [];
  const exits: WorkerExit[] = [];
  const waiting: { fits: (line: string) => boolean; resolve: (line: string) => void }[] = [];
  const { promise: exit, resolve } = Promise.withResolvers<WorkerExit>();
  port.onMessage(message => {
    const line = (message as { message: string }).message;
    lines.push(line);
    for (const waiter of waiting) if (waiter.fits(line)) waiter.resolve(line);
  });
  port.onExit(end => {
    exits.push(end);
    resolve(end);
  });
  return {
    port,
    lines,
    exits,
    exit,
    line(fits) {
      const known = lines.find(fits);
      if (known !== undefined) return Promise.resolve(known);
      const waiter = Promise.withResolvers<string>();
      waiting.push({ fits, resolve: waiter.resolve });
      return waiter.promise;
    },
  };
}

/** What every way of running a worker has to keep. */
export function describeWorkerPort(subject: PortUnderTest): void {
  describe(`a worker over: ${subject.name}`, { timeout: generous }, () => {
    test('carries frames sent before the worker listens, in order, text unchanged', async () => {
      const heard = listen(subject.start());
      const text = 'Ёж, «кавычки», \u2028, \u0000, 🦔 "and" \\ back';
      heard.port.send(command({ do: 'echo', text: 'first' }));
      heard.port.send(command({ do: 'echo', text }));
      heard.port.send({ v: 1, generation: 1, type: 'shutdown' });
      await heard.line(line => line === 'shutdown');
      expect(heard.lines).toEqual(['first', text, 'shutdown']);
      heard.port.kill();
      await heard.exit;
    });

    test('carries a value of eight megabytes both ways', async () => {
      const heard = listen(subject.start());
      const text = 'жук '.repeat(2 * 1024 * 1024);
      heard.port.send(command({ do: 'echo', text }));
      const line = await heard.line(each => each.length > 100);
      expect(line === text).toBe(true);
      heard.port.kill();
      await heard.exit;
    });

    test('delivers everything said before an exit, then the exit once', async () => {
      const heard = listen(subject.start());
      heard.port.send(command({ do: 'say-and-exit', times: 500, code: 7 }));
      expect(await heard.exit).toEqual({ code: 7, signal: null });
      expect(heard.lines).toEqual(Array.from({ length: 500 }, (_, n) => String(n + 1)));
      heard.port.kill();
      heard.port.send(command({ do: 'echo', text: 'to nobody' }));
      expect(heard.exits).toHaveLength(1);
    });

    test('kills at once, twice is once, and nothing is heard after the exit', async () => {
      const heard = listen(subject.start());
      heard.port.send(command({ do: 'echo', text: 'there' }));
      await heard.line(line => line === 'there');
      heard.port.send(command({ do: 'echo', text: 'late' }));
      heard.port.kill();
      heard.port.kill();
      const exit = await heard.exit;
      expect(exit.code).not.toBe(0);
      const before = heard.lines.length;
      await new Promise(resolve => setImmediate(resolve));
      expect(heard.lines).toHaveLength(before);
      expect(heard.exits).toHaveLength(1);
    });

    test('can be killed before it has started', async () => {
      const heard = listen(subject.start());
      heard.port.kill();
      await heard.exit;
      expect(heard.exits).toHaveLength(1);
    });

    test.runIf(subject.isProcess)('kills a worker whose loop is blocked', async () => {
      const heard = listen(subject.start());
      heard.port.send(command({ do: 'block' }));
      await heard.line(line => line === 'blocking');
      heard.port.kill();
      expect((await heard.exit).code).not.toBe(0);
    });

    test.runIf(subject.isProcess)('keeps only the end of what a worker prints and never lets it block', async () => {
      const heard = listen(subject.start());
      heard.port.send(command({ do: 'print' }));
      await heard.line(line => line === 'printed');
      heard.port.kill();
      await heard.exit;
      expect(heard.port.outputTail().length).toBeLessThanOrEqual(8 * 1024);
      expect(heard.port.outputTail()).toContain('x');
    });

    test.runIf(subject.isProcess)('gives the worker its own environment and folder and nothing of ours', async () => {
      process.env['KONSPEKT_TEST_SECRET'] = 'not for workers';
      const heard = listen(subject.start());
      heard.port.send(command({ do: 'environment' }));
      const told = JSON.parse(await heard.line(line => line.startsWith('{'))) as { names: string[]; cwd: string };
      delete process.env['KONSPEKT_TEST_SECRET'];
      // What the fixture's own start needs is not the port's.
      const own = told.names.filter(
        name => !['KONSPEKT_WORKER_PIPE', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', '__CF_USER_TEXT_ENCODING'].includes(name),
      );
      expect(own).toEqual(['TZ']);
      heard.port.kill();
      await heard.exit;
    });
  });
}
