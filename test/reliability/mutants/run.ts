import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Mutant } from './mutants.ts';
import { mutants } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** What the tests need of the project; dependencies are linked. */
const copied = ['src', 'test', 'tools', 'resources', 'bin', 'docs', 'package.json', 'package-lock.json', 'vitest.config.ts', 'tsconfig.base.json', 'electron.vite.config.ts'];

/**
 * `npm run mutants [-- --only TEXT]`: makes each change for the worse in a copy of the project and runs its tests; one of
 * them has to fail. Resolves with exit code 0 when no mutant survives.
 */
export async function run(parameters: string[]): Promise<number> {
  const { values } = parseArgs({ args: parameters, options: { only: { type: 'string' } } });
  const chosen = mutants.filter(({ name, file }) => `${file} ${name}`.includes(values.only ?? ''));
  const scratch = mkdtempSync(join(tmpdir(), 'konspekt-mutants-'));
  try {
    for (const name of copied) if (existsSync(join(root, name))) cpSync(join(root, name), join(scratch, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'), process.platform === 'win32' ? 'junction' : 'dir');
    const tests = [...new Set(chosen.flatMap(mutant => mutant.tests))];
    if (!(await areGreen(scratch, tests))) {
      console.error('The tests fail without any change; mend them first.');
      return 1;
    }
    const survivors: string[] = [];
    for (const mutant of chosen) {
      const fate = await fateOf(mutant, scratch);
      console.log(`${fate.padEnd(8)} ${mutant.file}: ${mutant.name}`);
      if (fate !== 'killed') survivors.push(`${mutant.file}: ${mutant.name} (${fate})`);
    }
    console.log(survivors.length === 0 ? `\n${chosen.length} mutants, all killed.` : `\n${survivors.length} of ${chosen.length} are not killed:\n${survivors.join('\n')}`);
    return survivors.length === 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function fateOf(mutant: Mutant, scratch: string): Promise<'killed' | 'survived' | 'stale'> {
  const path = join(scratch, 'src', 'main', mutant.file);
  const source = readFileSync(path, 'utf8');
  if (source.split(mutant.from).length !== 2) return 'stale';
  writeFileSync(path, source.replace(mutant.from, () => mutant.to));
  try {
    // The quickest test of the table first; the others are asked only when it sees nothing.
    for (const test of mutant.tests) if (!(await areGreen(scratch, [test]))) return 'killed';
    return 'survived';
  } finally {
    writeFileSync(path, source);
  }
}

/** A run that hangs is a run that fails: one file takes at most a minute, all together four on a busy machine. */
const ceilingMs = { one: 240_000, all: 1_200_000 } as const;

async function areGreen(folder: string, tests: readonly string[]): Promise<boolean> {
  const missing = tests.filter(test => !existsSync(join(folder, test)));
  if (missing.length > 0) throw new Error(`The table of mutants names tests that are not there: ${missing.join(', ')}.`);
  const child = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--bail=1', '--reporter=dot', ...tests], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ENGINE_MODEL_RUNS: '12', CHAOS_SEED: '1' },
  });
  const ceiling = setTimeout(() => child.kill('SIGKILL'), tests.length === 1 ? ceilingMs.one : ceilingMs.all);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(ceiling);
  return code === 0;
}
