import { describe, expect, test } from 'vitest';
import { packageConfig } from './config.ts';

describe('where a package looks for newer versions', () => {
  const publishedAt = (address?: string) => packageConfig(address === undefined ? {} : { KONSPEKT_UPDATES: address }).publish;

  test('is nowhere, unless the build is told', () => {
    expect([publishedAt(), publishedAt('')]).toEqual([null, null]);
  });

  test('is a folder over https, or the releases of a repository', () => {
    expect(publishedAt('https://konspekt.example/updates/')).toEqual({ provider: 'generic', url: 'https://konspekt.example/updates/' });
    expect(publishedAt('github:owner/konspekt')).toEqual({ provider: 'github', owner: 'owner', repo: 'konspekt' });
  });

  test.each(['http://konspekt.example', 'github:owner', 'konspekt.example', 'file:///updates'])('refuses %s, naming it', address => {
    expect(() => publishedAt(address)).toThrow(`KONSPEKT_UPDATES is "${address}"`);
  });
});
