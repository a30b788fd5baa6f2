import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trayLook } from './tray-look.ts';

const images = join(import.meta.dirname, '..', '..', '..', 'resources', 'tray');

test('the tray says first what waits for the person, then what runs', () => {
  expect(trayLook({ running: 0, waiting: 0 })).toBe('idle');
  expect(trayLook({ running: 2, waiting: 0 })).toBe('working');
  expect(trayLook({ running: 2, waiting: 1 })).toBe('needs-you');
});

test.each(['idle', 'working', 'needs-you'])('there are images for %s', look => {
  for (const ending of ['', '-Template', '-Template@2x']) expect(existsSync(join(images, `tray-${look}${ending}.png`))).toBe(true);
});
