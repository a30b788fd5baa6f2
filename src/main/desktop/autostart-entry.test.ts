import { expect, test } from 'vitest';
import { autostartEntry, autostartFolder } from './autostart-entry.ts';

test('lies where the desktop looks for it', () => {
  expect(autostartFolder({}, '/home/anna')).toBe('/home/anna/.config/autostart');
  expect(autostartFolder({ XDG_CONFIG_HOME: '/elsewhere' }, '/home/anna')).toBe('/elsewhere/autostart');
  expect(autostartFolder({ XDG_CONFIG_HOME: 'relative' }, '/home/anna')).toBe('/home/anna/.config/autostart');
});

test('a path is started as it is, whatever is in it', () => {
  expect(autostartEntry(['/opt/Konspekt/konspekt'])).toContain('\nExec="/opt/Konspekt/konspekt"\n');
  expect(autostartEntry(['/home/a b/100 %/$x "y"'])).toContain(String.raw`Exec="/home/a b/100 %%/\\$x \\"y\\""`);
});
