import { expect, test } from 'vitest';
import { shellFreeCommand } from './shell-free-command.ts';

const node = 'C:\\Program Files\\nodejs';
const files = new Set([`${node}\\node.exe`, `${node}\\node_modules\\npm\\bin\\npx-cli.js`]);
const windows = { platform: 'win32', isFile: (path: string) => files.has(path), env: { Path: `C:\\Windows;;${node}` } } as const;

test('npx of Windows is run by node, without a shell', () => {
  for (const command of ['npx', 'npx.cmd', 'NPX.CMD'])
    expect(shellFreeCommand(command, ['-y', 'a & b'], windows)).toEqual({
      command: `${node}\\node.exe`,
      args: [`${node}\\node_modules\\npm\\bin\\npx-cli.js`, '-y', 'a & b'],
    });
});

test('everything else is started as it was written', () => {
  const same = { command: 'npx', args: ['-y', 'x'] };
  expect(shellFreeCommand('npx', ['-y', 'x'], { ...windows, platform: 'linux' })).toEqual(same);
  expect(shellFreeCommand('npx', ['-y', 'x'], { ...windows, env: {} })).toEqual(same);
  expect(shellFreeCommand('uvx', ['x'], windows)).toEqual({ command: 'uvx', args: ['x'] });
});
