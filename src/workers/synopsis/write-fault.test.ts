import { expect, test } from 'vitest';
import { writeFault } from './write-fault.ts';

test.each([
  ['ENOSPC', 'folder_full'],
  ['EDQUOT', 'folder_full'],
  ['EROFS', 'folder_read_only'],
  ['EACCES', 'folder_read_only'],
  ['ENOENT', 'folder_gone'],
  ['EIO', 'not_written'],
])('%s of the disk is told as %s and tried again', (errno, code) => {
  const cause = Object.assign(new Error(errno), { code: errno });
  expect(writeFault(cause)).toMatchObject({ code, retryable: true, cause });
});

test('what has no name is a file that was not written', () => {
  expect(writeFault('thrown')).toMatchObject({ code: 'not_written', retryable: true });
});
