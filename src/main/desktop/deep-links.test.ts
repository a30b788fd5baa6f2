import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Destination } from '../../shared/contract/app.ts';
import { hearDeepLinks } from './deep-links.ts';

const job = 'konspekt://job/01890a5d-ac96-774b-bcce-b302099a8057';
const toJob = { kind: 'job', jobId: '01890a5d-ac96-774b-bcce-b302099a8057' };

function hear(args: readonly string[], isPackaged = true) {
  const registered: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    setAsDefaultProtocolClient: (scheme: string) => registered.push(scheme) > 0,
  });
  const gone: Destination[] = [];
  const links = hearDeepLinks(app as unknown as Parameters<typeof hearDeepLinks>[0], args);
  return { app, links, gone, registered, follow: () => links.follow(place => gone.push(place)) };
}

test('the link of the start waits for the program, the last one counts', () => {
  const { app, gone, follow, registered } = hear(['konspekt', '--no-sandbox', 'konspekt://settings/data']);
  app.emit('open-url', { preventDefault: () => undefined }, job);
  expect(gone).toEqual([]);
  follow();
  expect(gone).toEqual([toJob]);
  expect(registered).toEqual(['konspekt']);
});

test('a second start hands over its link and none of its other arguments; garbage leads nowhere', () => {
  const { app, gone, follow, registered } = hear(['konspekt'], false);
  follow();
  app.emit('second-instance', {}, ['konspekt', '--data=/elsewhere', '--allow-file-access', job], '/');
  app.emit('second-instance', {}, ['konspekt', '--data=/elsewhere'], '/');
  app.emit('second-instance', {}, ['konspekt', `${job}/approve?all=yes`], '/');
  expect(gone).toEqual([toJob, { kind: 'nowhere', text: `${job}/approve?all=yes` }]);
  expect(registered).toEqual([]);
});
