import { writeSync } from 'node:fs';
import { parentPort } from '../../../src/workers/runtime/parent-port.ts';
import { watchParent } from '../../../src/workers/runtime/parent-watch.ts';

/**
 * A worker that misbehaves as `init.config.behaviour` says. It speaks raw frames and knows no runtime. `progress` with the
 * label `here` is the named point a test waits for.
 */
const port = parentPort();
const say = (frame: object): void => port.send(frame as never);
const kept: Uint8Array[] = [];

interface Start {
  readonly type: string;
  readonly generation: number;
  readonly leaseToken: string;
  readonly config?: Record<string, unknown>;
}

let behaviour = '';
// The one rule it keeps: it does not outlive a test run that is itself killed.
watchParent();

function atStart({ generation, leaseToken }: Start): void {
  const task = { v: 1, generation, leaseToken };
  const done = { ...task, type: 'done', output: JSON.stringify({ note: 'no_model', text: 'да', citations: [] }), issues: [] };
  const here = { ...task, type: 'progress', progress: { phase: 'reading', label: 'here', done: null, total: null } };
  const step = (seq: number, name: string) => ({ ...task, type: 'step', seq, name, startedAtMs: 1, output: '{}' });
  switch (behaviour) {
    case 'double done':
      say(done);
      return say(done);
    case 'old generation':
      // The first process behaves, so there is an older generation to speak as.
      if (generation === 1) return say(done);
      say({ ...done, generation: generation - 1 });
      return say(here);
    case 'future generation':
      return say({ ...done, generation: generation + 1 });
    case 'foreign lease':
      return say({ ...done, leaseToken: 'somebody else' });
    case 'begins when asked to give back':
      started.push(leaseToken);
      return;
    case 'gives back unasked':
      return say({ ...task, type: 'withdrawn' });
    case 'step out of nowhere':
      return say(step(1, 'no-such-step'));
    case 'step hole':
      return say(step(2, 'section:summary'));
    case 'bad output':
      return say({ ...done, output: '{"note":"rm -rf"}' });
    case 'unknown host call':
      return say({ ...task, type: 'host-call', requestId: 1, name: '__proto__', input: '{}' });
    case 'unknown frame':
      return say({ ...task, type: 'sudo' });
    case 'garbage bytes':
      return void writeSync(3, Buffer.from([0, 0, 0, 4, 0xff, 0xfe, 0x7b, 0x22]));
    case 'huge frame':
      // Announces 3.9 GB and starts sending.
      return void writeSync(3, Buffer.concat([Buffer.from([0xe8, 0, 0, 0]), Buffer.alloc(64 * 1024)]));
    case 'huge value':
      return say({ ...done, output: 'x'.repeat(9 * 1024 * 1024) });
    case 'flood':
      for (let n = 0; n < 200_000; n += 1) say(here);
      return;
    case 'exit 0 midway':
      say(here);
      return port.exit(0);
    case 'exit 1 midway':
      return port.exit(1);
    case 'abort':
      return process.abort();
    case 'busy loop':
      say(here);
      setTimeout(() => {
        for (;;) {
          /* until it is killed */
        }
      }, 0);
      return;
    case 'ignores everything':
      return say(here);
    case 'memory hog':
      for (let n = 0; n < 30; n += 1) kept.push(new Uint8Array(10 * 1024 * 1024).fill(1));
      say(here);
      return;
    case 'heap bomb': {
      const list: unknown[] = [];
      for (;;) list.push(Array.from({ length: 1_000 }, (_, n) => ({ n })));
    }
    default:
      return say(done);
  }
}

const started: string[] = [];
/** Honest, but always one task ahead of what it is asked. */
function beginsInstead({ type, generation, leaseToken }: Start): void {
  if (type === 'withdraw')
    say({
      v: 1,
      generation,
      leaseToken: started.shift(),
      type: 'done',
      output: '{"note":"no_model","text":"да","citations":[]}',
      issues: [],
    });
  if (type === 'cancel') say({ v: 1, generation, leaseToken, type: 'cancelled' });
  if (type === 'shutdown') port.exit(0);
}

port.onMessage(message => {
  const frame = message as Start;
  if (frame.type === 'init') {
    behaviour = String(frame.config?.['behaviour']);
    if (behaviour === 'never ready') return;
    if (behaviour === 'dies at start') return port.exit(3);
    if (behaviour === 'garbage for ready') return say({ hello: 'world' });
    say({ v: 1, generation: frame.generation, type: 'ready', pid: port.pid });
    return;
  }
  if (frame.type === 'start') return atStart(frame);
  if (behaviour === 'begins when asked to give back') return beginsInstead(frame);
  if (frame.type === 'shutdown' && behaviour !== 'ignores everything' && behaviour !== 'ignores shutdown') port.exit(0);
});
