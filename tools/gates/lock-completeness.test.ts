import { expect, test } from 'vitest';
import { fillHoles, findHoles, type LockFile } from './lock-completeness.ts';

const lock: LockFile = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/binding-linux-x64-musl': '2.0.0', '@tool/binding-win32-x64-msvc': '2.0.0', 'tool-extra': '^1.0.0' },
    },
    'node_modules/tool/node_modules/@tool/binding-win32-x64-msvc': { version: '2.0.0', optional: true },
  },
};

test('a package locked beside its parent is no hole, one that is locked nowhere is', () => {
  expect(findHoles(lock).map(({ name }) => name)).toEqual(['@tool/binding-linux-x64-musl', 'tool-extra']);
});

test('a hole is filled with the version that is asked for and the platform its name states', () => {
  const { lock: filled } = fillHoles(lock);
  expect(filled.packages['node_modules/@tool/binding-linux-x64-musl']).toEqual({
    version: '2.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  expect(findHoles(filled).map(({ name }) => name)).toEqual(['tool-extra']);
});

test('a package of no stated version or platform is left to a person', () => {
  expect(fillHoles(lock).unfilled.map(({ name }) => name)).toEqual(['tool-extra']);
});
