import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { launchHeadless, type HeadlessProgram } from '../../support/launch-headless.ts';

type Launch = Parameters<typeof launchHeadless>[0];

/** The program a spec looks at, on a data folder of its own. */
export interface ProgramUnderTest {
  readonly dataDir: string;
  /** A link that lets one browser in. */
  readonly link: string;
  readonly port: number;
  /** A file for a person to choose; its path. */
  file(name: string, text: string): string;
  /** Ends it as a power switch does. */
  kill(): Promise<void>;
  /** After `kill`: on the same data folder. */
  startAgain(options?: Pick<Launch, 'port'>): Promise<void>;
}

/** Playwright's test with a running program beside the page. It has to leave in order at the end, or the test fails. */
export const test = base.extend<{ systemLocale: Launch['locale']; systemEnv: NonNullable<Launch['env']>; program: ProgramUnderTest }>({
  systemLocale: ['ru_RU.UTF-8', { option: true }],
  systemEnv: [{}, { option: true }],
  program: async ({ systemLocale, systemEnv }, testWith) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'konspekt-e2e-'));
    const launch = (options: Pick<Launch, 'port'> = {}) => launchHeadless({ dataDir, locale: systemLocale, env: systemEnv, ...options });
    let running: HeadlessProgram | null = await launch();
    const now = (): HeadlessProgram => {
      if (running === null) throw new Error('The program has been killed and not started again.');
      return running;
    };
    await testWith({
      dataDir,
      get link() {
        return now().link;
      },
      get port() {
        return Number(new URL(now().link).port);
      },
      file(name, text) {
        const path = join(dataDir, name);
        writeFileSync(path, text);
        return path;
      },
      async kill() {
        await now().kill();
        running = null;
      },
      async startAgain(options) {
        running = await launch(options);
      },
    });
    expect(await running?.stop()).toBe(running === null ? undefined : 0);
    rmSync(dataDir, { recursive: true, force: true });
  },
});
