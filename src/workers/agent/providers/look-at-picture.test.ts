import { afterEach, expect, test } from 'vitest';
import { startScriptedServer, type ScriptedServer } from '../../../../test/support/scripted-models/scripted-server.ts';
import { agentInput } from '../../../../test/support/workers/agent-input.ts';
import type { Usage } from '../../../shared/domain/budget.ts';
import { lookAtPicture } from './look-at-picture.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

test('a look that is called off charges what it has used up', async () => {
  const stop = new AbortController();
  server = await startScriptedServer({
    script: () => {
      // The answer is on its way and never ends; whoever asked leaves a moment later.
      setImmediate(() => stop.abort(new DOMException('Nobody waits.', 'AbortError')));
      return { kind: 'answer', text: 'Чайник и две чашки на столе.', delivery: { stallAfterBytes: 1 } };
    },
  });
  const charged: Partial<Usage>[] = [];
  const looking = lookAtPicture(
    {
      ask: 'look',
      model: { provider: 'Scripted', connection: agentInput(server.baseUrl).connection },
      jpeg: Buffer.from([0xff, 0xd8]).toString('base64'),
      language: 'ru',
    },
    { signal: stop.signal, charge: used => void charged.push(used) },
  );
  await expect(looking).rejects.toThrow('Nobody waits.');
  expect(charged).toHaveLength(1);
});
