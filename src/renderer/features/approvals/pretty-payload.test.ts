import { expect, test } from 'vitest';
import { prettyPayload } from './pretty-payload.ts';

test('each value has its line, and empty ones take none', () => {
  expect(prettyPayload('{"a":[1,{"b":null}],"c":{},"d":[]}')).toBe(
    ['{', '  "a": [', '    1,', '    {', '      "b": null', '    }', '  ],', '  "c": {},', '  "d": []', '}'].join('\n'),
  );
  expect(prettyPayload(' "just text" ')).toBe('"just text"');
});

test('nothing of what is sent changes: repeated keys, long numbers, signs of structure within strings', () => {
  expect(prettyPayload('{"to":"a","to":"b","n":12345678901234567890,"e":1e400}')).toBe(
    '{\n  "to": "a",\n  "to": "b",\n  "n": 12345678901234567890,\n  "e": 1e400\n}',
  );
  expect(prettyPayload(String.raw`{"a":"{,}: \" \\"}`)).toBe(`{\n  "a": ${String.raw`"{,}: \" \\"`}\n}`);
  for (const json of ['{"a":[1,2,{"b":"x y"}]}', '[[],[{}],"]"]']) expect(JSON.parse(prettyPayload(json))).toEqual(JSON.parse(json));
});

test('letters written as escapes are read, but nothing that hides, breaks a line or ends the string', () => {
  expect(prettyPayload(String.raw`"\u041f\u043b\u0430\u043d \ud83d\udc4d"`)).toBe('"План 👍"');
  for (const kept of [
    String.raw`"\u202e"`,
    String.raw`"\u0022,"`,
    String.raw`"\u005c"`,
    String.raw`"\u000a"`,
    String.raw`"\n"`,
    String.raw`"\ud83d"`,
  ])
    expect(prettyPayload(kept)).toBe(kept);
  // An escaped backslash before a "u" is no escape.
  expect(prettyPayload(String.raw`"C:\\u0041"`)).toBe(String.raw`"C:\\u0041"`);
  expect(prettyPayload(String.raw`"\u0041\u202e\u0042"`)).toBe(String.raw`"A\u202eB"`);
});

test('what is no JSON is shown as it is', () => {
  for (const text of ['', '{', 'rm -rf /', '{"a":1} and more']) expect(prettyPayload(text)).toBe(text);
});
