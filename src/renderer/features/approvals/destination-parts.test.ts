import { expect, test } from 'vitest';
import { destinationParts } from './destination-parts.ts';

test.each([
  ['https://example.org/a?b#c', 'https://', 'example.org', '/a?b#c'],
  ['https://EXAMPLE.org:443', 'https://', 'EXAMPLE.org:443', ''],
  ['http://[::1]:8080/x', 'http://', '[::1]:8080', '/x'],
  ['https://bank.example@evil.example/', 'https://bank.example@', 'evil.example', '/'],
  ['https://bank.example/@evil.example', 'https://', 'bank.example', '/@evil.example'],
  ['https://bank.example?@evil.example', 'https://', 'bank.example', '?@evil.example'],
])('%s goes to its host', (destination, before, host, after) => {
  expect(destinationParts(destination)).toEqual({ before, host, after });
  expect(before + host + after).toBe(destination);
});

test('a host that is written in another way than it is connected to is told beside the address', () => {
  expect(destinationParts('https://аpple.com/')).toEqual({ before: 'https://аpple.com/', host: 'xn--pple-43d.com', after: '' });
  expect(destinationParts('https://2130706433/')).toEqual({ before: 'https://2130706433/', host: '127.0.0.1', after: '' });
});

test.each(['/home/ann/plan.md', 'C:\\plan.md', 'mcp: filesystem', 'https://', 'not a url://x y'])('%s has no host', destination => {
  expect(destinationParts(destination)).toEqual({ before: destination, host: null, after: '' });
});
