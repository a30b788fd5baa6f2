import { expect, test } from 'vitest';
import { readHosts } from './allowed-hosts.ts';

test('hosts are read from lines, commas and pasted addresses, each once', () => {
  expect(readHosts('wiki.local, 192.168.1.5:8080\nhttps://Wiki.local/page?x=1\n\n')).toEqual(['wiki.local', '192.168.1.5:8080']);
  expect(readHosts(' \n ')).toEqual([]);
  expect(readHosts(Array.from({ length: 150 }, (_, at) => `h${at}`).join('\n'))).toHaveLength(100);
});
