// Notifications of the system, as far as the stand-in has them: it draws none and can be told to refuse them.
import { expect, test } from '@playwright/test';
import { onStandIn } from '../../support/launch-desktop.ts';
import { createDesk, value, type Desk, type DesktopProgram } from './desktop-program.ts';

test.skip(!onStandIn, 'the record of trays and notifications exists on the stand-in only');

let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

const send = async ({ client }: DesktopProgram) => value(await client.call('notices.test', {})).outcome;
const shown = ({ app }: DesktopProgram) =>
  app.evaluate(() => process.standIn?.record.notifications.map(({ title, silent }) => ({ title, silent })));

test('a test is a real notification, and says when the system refuses it or has none', async () => {
  const program = await desk.start();
  value(await program.client.call('settings.set', { notifySound: false }));
  expect(await send(program)).toBe('shown');
  expect(await shown(program)).toEqual([
    { title: expect.stringMatching(/^(Проверка уведомлений|A test of notifications)$/u), silent: true },
  ]);

  await program.app.evaluate(({ Notification }) => {
    Notification.prototype.show = function refuse() {
      queueMicrotask(() => this.emit('failed', {}, 'refused'));
    };
  });
  expect(await send(program)).toBe('failed');
  await program.app.evaluate(({ Notification }) => {
    Notification.isSupported = () => false;
  });
  expect(await send(program)).toBe('unsupported');
});
