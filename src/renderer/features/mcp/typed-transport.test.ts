import { expect, test } from 'vitest';
import { readTransport, splitCommandLine, typedOf } from './typed-transport.ts';

test('what is saved and not touched keeps its values', () => {
  const transport = { kind: 'stdio', command: 'npx', args: ['-y', 'server', '/a folder'], env: ['TOKEN'] } as const;
  const typed = typedOf({ ...transport, args: [...transport.args], env: [...transport.env] });
  expect(readTransport(typed)).toEqual({ ...transport, env: [{ name: 'TOKEN', value: null }] });
  const more = { key: 9, name: ' DEBUG ', value: '', isSaved: false };
  const none = { key: 10, name: ' ', value: 'x', isSaved: false };
  expect(readTransport({ ...typed, values: [...typed.values, more, none] })).toMatchObject({
    env: [
      { name: 'TOKEN', value: null },
      { name: 'DEBUG', value: '' },
    ],
  });
});

test('a pasted command line is a program and its arguments', () => {
  expect(splitCommandLine('npx -y server "/a folder"')).toEqual({ command: 'npx', args: ['-y', 'server', '/a folder'] });
  expect(splitCommandLine('"C:\\Program Files\\nodejs\\node.exe" server.js')).toEqual({
    command: 'C:\\Program Files\\nodejs\\node.exe',
    args: ['server.js'],
  });
  expect(splitCommandLine(' npx ')).toBeNull();
});
