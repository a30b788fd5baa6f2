import { randomUUID } from 'node:crypto';
import type { Client } from '../../src/shared/contract/client.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { openTestApp } from './open-test-app.ts';
import { tempFolder } from './temp-folder.ts';

/** The program on a folder of its own with one empty chat; both are gone when the test has finished. */
export async function openTestChat(
  onTestFinished: (then: () => void | Promise<void>) => void,
): Promise<{ readonly client: Client; readonly sessionId: SessionId }> {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const { client, close } = openTestApp(folder.path);
  onTestFinished(() => close());
  const made = await client.call('sessions.create', { requestKey: randomUUID() });
  if (!made.ok) throw new Error(made.error.message);
  return { client, sessionId: made.value.id };
}
