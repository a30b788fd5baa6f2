// The machine wakes up: the program is told by the system and looks at what is due, and what runs goes on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createDesk, expectReady, openDemo, pressSynopsis, type Desk } from './desktop-program.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(() => desk.clear());

test('on the battery less is done at the same time, and what was begun comes to its end', async () => {
  const program = await desk.start();
  await program.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('on-battery');
  });
  await openDemo(program.page);
  await pressSynopsis(program.page);
  await expectReady(program.page);
  await program.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('on-ac');
  });
  await program.quit();
  const log = readFileSync(join(desk.dataDir, 'logs', 'konspekt.log'), 'utf8');
  expect(log).toContain('The machine runs on its battery, so less is done at the same time.');
  expect(log).toContain('The machine runs on mains power');
});

test('a wake-up in the middle of the work changes nothing about it', async () => {
  const program = await desk.start();
  await openDemo(program.page);
  await pressSynopsis(program.page);
  await program.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
  });
  await expectReady(program.page);
  await program.quit();
  expect(readFileSync(join(desk.dataDir, 'logs', 'konspekt.log'), 'utf8')).toContain('The system says that the machine has woken up.');
});
