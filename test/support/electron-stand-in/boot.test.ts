import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const electron = join(import.meta.dirname, 'electron');
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(electron, [...args], { env: { ...process.env, ...env }, encoding: 'utf8' });

test('another major of Node is refused in one sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'konspekt-node-'));
  const oldNode = join(folder, 'node');
  const pretend = join(folder, 'pretend.cjs');
  writeFileSync(pretend, "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })\n");
  writeFileSync(oldNode, `#!/bin/sh\nexec "${process.execPath}" --require "${pretend}" "$@"\n`, { mode: 0o755 });
  const { status, stderr } = run(['.'], { KONSPEKT_STANDIN_NODE: oldNode });
  rmSync(folder, { recursive: true });
  expect(stderr).toContain('stand-in: Node 20.20.2 cannot run the Electron stand-in; put Node 24 first on PATH');
  expect(status).toBe(2);
});

test('it says so when no app is named', () => {
  const { status, stderr } = run(['--inspect=0']);
  expect(stderr).toContain('stand-in: no app was named');
  expect(status).not.toBe(0);
});
