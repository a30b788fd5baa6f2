import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../bootstrap/root.mjs';
import { type GateName, gateNames } from './gates.ts';

/**
 * Every gate is run for real, by its own command, on a small project: the good one passes and the bad one is told what is wrong
 * with it. A gate that stopped looking would let the bad one through. The small project has the real project's configuration.
 */
const CONFIGURATION = [
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'knip.ts',
  'tsconfig.base.json',
  'src/main/tsconfig.json',
  'src/preload/tsconfig.json',
  'src/renderer/tsconfig.json',
  'src/shared/tsconfig.json',
  'src/workers/tsconfig.json',
  'test/tsconfig.json',
  'tools',
];

/** Tests, fixtures and installed packages of the tools would only be checked a second time; what bundles and packages the program has no work there. */
const NOT_COPIED = /\.test\.ts$|[/\\](fixtures|node24|package|bundled-packages\.ts|pdfjs-data\.ts)$/;

/** What the bad project of each gate must be told: a file, and a part of the sentence about it. */
const COMPLAINTS: Readonly<Record<GateName, readonly (readonly [file: string, sentence: string])[]>> = {
  types: [
    ['src/shared/reads-the-page.ts', "Cannot find name 'document'"],
    ['src/workers/reads-the-page.ts', "Cannot find name 'document'"],
    ['src/renderer/reads-environment.ts', "Cannot find name 'process'"],
    ['src/main/first-character.ts', "Object is possibly 'undefined'"],
  ],
  lint: [
    ['src/shared/domain/knows-main.ts', 'shared must not import main/engine'],
    ['src/main/engine/knows-store.ts', 'main/engine must not import main/store'],
    ['src/main/engine/knows-node.ts', `main/engine must not import Node's "node:crypto"`],
    ['src/main/engine/knows-database.ts', 'main/engine must not import "better-sqlite3": only main/store, workers/files may'],
    ['src/main/store/calls-engine.ts', 'main/store may only take types from main/engine'],
    ['src/main/app/knows-electron.ts', 'main/app must not import "electron"'],
    ['src/main/app/knows-tests.ts', 'leads out of src'],
    ['src/main/headless/knows-desktop.ts', 'main/headless must not import main/desktop'],
    ['src/main/nowhere/lost.ts', 'belongs to no layer'],
    ['src/workers/paint/knows-main.ts', 'workers must not import main/engine'],
    ['src/renderer/app/knows-node.ts', `renderer must not import Node's "path"`],
    ['src/renderer/app/knows-server.ts', 'renderer must not import the package "ws"'],
    ['src/renderer/features/canvas/knows-palette.tsx', 'The feature "canvas" must not import the feature "palette"'],
    ['src/shared/domain/index.ts', '"export *" hides what is exported'],
    ['src/shared/domain/index.ts', 'A file called index says nothing'],
    ['src/shared/domain/everything.ts', 'This file only re-exports'],
    ['src/shared/domain/utils.ts', '"utils" says nothing'],
    ['src/shared/domain/pale-colour.ts', 'no-default-export'],
    ['src/shared/domain/anything.ts', 'no-explicit-any'],
    ['src/main/app/forgets-a-promise.ts', 'no-floating-promises'],
    ['src/main/app/forgets-a-promise.ts', 'no-misused-promises'],
    ['src/main/app/forgets-a-promise.ts', 'await-thenable'],
    ['src/workers/paint/forgets-green.ts', 'switch-exhaustiveness-check'],
    ['src/main/store/replaces-a-module.test.ts', 'vi.mock is not used here'],
  ],
  format: [['src/shared/untidy.ts', '']],
  dead: [
    ['src/shared/forgotten.ts', ''],
    ['src/shared/shout.ts', 'whisper'],
    ['src/shared/shout.ts', 'zod'],
    ['package.json', 'ws'],
  ],
  lock: [['package-lock.json', 'asks for a-darwin-arm64@1.0.0, which the lock does not hold']],
};

/** A checker takes a second or two; with another one beside it on a busy machine it may take many times that. */
const GATE_LIMIT_MS = 120_000;

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'konspekt-gate-'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  for (const path of CONFIGURATION) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    cpSync(join(root, path), join(project, path), { recursive: true, filter: source => !NOT_COPIED.test(source) });
  }
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const addFixture = (gate: GateName, twin: 'good' | 'bad'): void => {
  cpSync(join(root, 'tools', 'gates', 'fixtures', gate, twin), project, { recursive: true });
};

const runGate = (gate: GateName): { readonly code: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/gates/run.ts'), gate, '--root', project], {
    encoding: 'utf8',
    timeout: GATE_LIMIT_MS,
  });
  return { code: status, output: stdout + stderr };
};

describe.each(gateNames)('gate %s', gate => {
  test(
    'lets the good project through',
    () => {
      addFixture(gate, 'good');
      const { code, output } = runGate(gate);
      expect(output).not.toContain('FAILED');
      expect(code).toBe(0);
    },
    GATE_LIMIT_MS,
  );

  test(
    'tells the bad project what is wrong with it',
    () => {
      addFixture(gate, 'good');
      addFixture(gate, 'bad');
      const { code, output } = runGate(gate);
      expect(code).toBe(1);
      const lines = output.split('\n');
      for (const [file, sentence] of COMPLAINTS[gate]) {
        expect(existsSync(join(project, file)), `the fixture has ${file}`).toBe(true);
        expect(
          lines.some(line => line.includes(file) && line.includes(sentence)),
          `a complaint about ${file}: ${sentence}\n${output}`,
        ).toBe(true);
      }
    },
    GATE_LIMIT_MS,
  );
});

test('a gate nobody has heard of is refused', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/gates/run.ts'), 'tpyes'], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('"tpyes" is not a gate');
});
