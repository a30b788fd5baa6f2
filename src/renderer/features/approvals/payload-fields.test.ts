import { expect, test } from 'vitest';
import { payloadFields } from './payload-fields.ts';

test('an object is told field by field, texts without their quotes', () => {
  expect(payloadFields(String.raw`{"path":"Notes/a.md","text":"one\n\"two\"","replace":true,"n":3,"none":null,"list":["a",1]}`)).toEqual([
    { name: 'path', value: 'Notes/a.md' },
    { name: 'text', value: 'one\n"two"' },
    { name: 'replace', value: true },
    { name: 'n', value: '3' },
    { name: 'none', value: null },
    { name: 'list', value: '[\n  "a",\n  1\n]' },
  ]);
  expect(payloadFields('{}')).toEqual([]);
  expect(payloadFields(String.raw`{"\u043f":"\u041f\u043b\u0430\u043d"}`)).toEqual([{ name: 'п', value: 'План' }]);
});

test.for(['{"to":"a","to":"b"}', '{"n":12345678901234567890}', '{"n":1e400}', '{"b":1,"1":2}', '["a"]', '"a"', 'rm -rf /', ''])(
  '%s is told as it is',
  payload => {
    expect(payloadFields(payload)).toBeNull();
  },
);
