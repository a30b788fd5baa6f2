import { expect, test } from 'vitest';
import { workerEnvironment } from './worker-environment.ts';

test('passes on what is listed and nothing else', () => {
  const inherited = {
    TZ: 'Europe/Berlin',
    PATH: '/bin',
    NODE_OPTIONS: '--require=/x.js',
    OPENAI_API_KEY: 's',
    HTTPS_PROXY: 'http://u:p@h',
    TMPDIR: undefined,
  };
  expect(workerEnvironment(inherited)).toEqual({ TZ: 'Europe/Berlin' });
  expect(workerEnvironment(inherited, { TZ: 'UTC', KONSPEKT_X: '1' })).toEqual({ TZ: 'UTC', KONSPEKT_X: '1' });
});
