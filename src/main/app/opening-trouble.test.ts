import { expect, test } from 'vitest';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { openingTrouble } from './opening-trouble.ts';
import { shellWordsFor } from './words.ts';

const secret = 'a token that is nobody’s business';
const busy = (holder: unknown) => new DataFolderBusyError('/data', holder);

test('says which program has the folder, and never its token', () => {
  const holder = { pid: 4242, port: 5000, token: secret, host: 'headless', version: '1' };
  for (const language of ['ru', 'en'] as const) {
    const said = openingTrouble(busy(holder), shellWordsFor(language));
    expect(said).toContain('4242');
    expect(said).not.toContain(secret);
  }
  expect(openingTrouble(busy({ ...holder, host: 'desktop' }), shellWordsFor('en'))).toBe(shellWordsFor('en').busyDesktop);
  expect(openingTrouble(busy('garbage'), shellWordsFor('en'))).toBe(shellWordsFor('en').busyDesktop);
});
