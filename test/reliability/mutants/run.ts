import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** What the tests need of the project; dependencies are linked. */
const copied = [
  'src',
  'test',
  'tools',
  'resources',
  'bin',
  'docs',
  'package.json',
  'package-lock.json',
  'vitest.config.ts',
  'tsconfig.base.json',
  'electron.vite.config.ts',
];

/**
 * `npm run mutants [-- --only TEXT[,TEXT]]`: makes each change for the worse in a copy of the project and runs its tests; one of
 * them has to fail. Resolves with exit code 0 when no mutant survives.
 */
export async function run(parameters: string[]): Promise<number> {
  const { values } = parseArgs({ args: parameters, options: { only: { type: 'string' } } });
  const chosen = mutants.filter(({ name, file }) => (values.only ?? '').split(',').some(text => `${file} ${name}`.includes(text.trim())));
  const scratch = mkdtempSync(join(tmpdir(), 'konspekt-mutants-'));
  try {
    for (const name of copied) if (existsSync(join(root, name))) cpSync(join(root, name), join(scratch, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'), process.platform === 'win32' ? 'junction' : 'dir');
    const soundTests = new Map<string, boolean>();
    const survivors: string[] = [];
    for (const mutant of chosen) {
      const fate = await fateOf(mutant, scratch, soundTests);
      console.log(`${fate.padEnd(9)} ${mutant.file}: ${mutant.name}`);
      if (fate !== 'killed') survivors.push(`${mutant.file}: ${mutant.name} (${fate})`);
    }
    console.log(
      survivors.length === 0
        ? `\n${chosen.length} mutants, all killed.`
        : `\n${survivors.length} of ${chosen.length} are not killed:\n${survivors.join('\n')}`,
    );
    return survivors.length === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `stale`: the source has changed and the table has not. `unjudged`: a test of it fails without any change. */
async function fateOf(mutant: Mutant, scratch: string, sound: Map<string, boolean>): Promise<'killed' | 'survived' | 'stale' | 'unjudged'> {
  const path = join(scratch, 'src', 'main', mutant.file);
  const source = readFileSync(path, 'utf8');
  if (source.split(mutant.from).length !== 2) return 'stale';
  let unjudged = false;
  // The quickest test of the table first; the others are asked only when it sees nothing.
  for (const test of mutant.tests) {
    if (!sound.has(test)) sound.set(test, await isGreen(scratch, test));
    if (sound.get(test) !== true) {
      unjudged = true;
      continue;
    }
    writeFileSync(
      path,
      source.replace(mutant.from, () => mutant.to),
    );
    const green = await isGreen(scratch, test);
    writeFileSync(path, source);
    if (!green) return 'killed';
  }
  return unjudged ? 'unjudged' : 'survived';
}

/** A run that hangs is a run that fails: the longest file takes a quarter of a minute, and has taken four on a busy machine. */
const ceilingMs = 900_000;
/** A test that is only slow, because others use the machine, is no test that fails. */
const testTimeoutMs = 300_000;

async function isGreen(folder: string, test: string): Promise<boolean> {
  if (!existsSync(join(folder, test))) throw new Error(`The table of mutants names a test that is not there: ${test}.`);
  const child = spawn(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--bail=1', '--reporter=dot', `--testTimeout=${testTimeoutMs}`, test],
    {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, ENGINE_MODEL_RUNS: '12', CHAOS_SEED: '1' },
    },
  );
  const ceiling = setTimeout(() => child.kill('SIGKILL'), ceilingMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(ceiling);
  return code === 0;
}
