import { expect, test } from 'vitest';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { whileBusy } from './attach.ts';
import { wordsFor } from './words.ts';

test('that somebody is waited for is told once, whoever has the folder next', async () => {
  const said: string[] = [];
  const words = wordsFor('ru');
  const err = { write: (text: string) => said.push(text) > 0 } as unknown as NodeJS.WriteStream;
  let attempts = 0;
  const result = await whileBusy({ words, err }, tellWaiting => {
    attempts += 1;
    tellWaiting();
    // Two holders one after the other.
    tellWaiting();
    return attempts < 3 ? Promise.reject(new DataFolderBusyError('/data', null)) : Promise.resolve('free');
  });
  expect([result, attempts, said]).toEqual(['free', 3, [`${words.waitingForFolder}\n`]]);
});
