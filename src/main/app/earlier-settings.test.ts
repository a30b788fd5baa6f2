import { expect, test } from 'vitest';
import { settings } from '../../shared/domain/settings.ts';
import { createSettingsFile } from './settings-file.ts';

/** What the program reads of a file, and the file after a change of something else. */
function read(store: Record<string, unknown>) {
  const file = { store, set: (values: Record<string, unknown>) => Object.assign(store, values) };
  const opened = createSettingsFile(file, settings);
  return { now: opened.get(), after: () => (opened.change({ theme: 'dark' }), createSettingsFile(file, settings).get()) };
}

test('switches of before mean what they meant, also after the first change', () => {
  const { now, after } = read({ notifyDone: false, notifyFailed: true, notifyAsks: false });
  const meant = { notifyFinished: 'centre', notifyBrowser: 'centre', notifyFailed: 'system', notifyQuestion: 'centre' };
  expect(now).toMatchObject(meant);
  expect(after()).toMatchObject({ ...meant, theme: 'dark' });
});

test('what the program of today wrote comes before the switches', () => {
  expect(read({ notifyDone: false, notifyFinished: 'nothing', notifyAsks: 'maybe' }).now).toMatchObject({
    notifyFinished: 'nothing',
    notifyBrowser: 'centre',
    notifyQuestion: 'system',
  });
});
