import type { ParentPort } from '../../../src/workers/runtime/parent-port.ts';
import type { FromWorker } from '../../../src/shared/contract/worker/frames.ts';

/** A worker without a runtime that does what `init.config.do` says: what a port has to carry, and nothing of the protocol. */
export function runPortFixture(port: ParentPort): void {
  const say = (message: string): void => {
    const frame: FromWorker = { v: 1, generation: 1, type: 'log', level: 'info', message, leaseToken: null };
    port.send(frame);
  };
  port.onMessage(message => {
    const { type, config } = message as { type: string; config?: Record<string, unknown> };
    if (type !== 'init') return say(type);
    switch (config?.['do']) {
      case 'echo':
        return say(String(config['text']));
      case 'environment':
        return say(JSON.stringify({ names: Object.keys(process.env).sort(), cwd: process.cwd() }));
      case 'say-and-exit':
        for (let n = 1; n <= Number(config['times']); n += 1) say(String(n));
        return port.exit(Number(config['code']));
      case 'print':
        process.stdout.write(`${'x'.repeat(200_000)}\n`);
        process.stderr.write('the last words\n', () => say('printed'));
        return;
      case 'block':
        say('blocking');
        // The frame has to be on its way before the loop stops turning.
        setTimeout(() => {
          for (;;) {
            /* until it is killed */
          }
        }, 0);
        return;
      default:
        return say(`unknown: ${String(config?.['do'])}`);
    }
  });
}
