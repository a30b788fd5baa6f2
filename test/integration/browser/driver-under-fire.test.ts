// What pages do to a browser task's driver: crash, frame others, ask, never end, and talk a model into things.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BrowserAction } from '../../../src/shared/domain/browser.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { descendants } from '../../support/process-tree.ts';
import { hardPages } from '../../support/sites/hard-pages.ts';
import { serveSite } from '../../support/sites/local-sites.ts';
import { browserPath, testSession } from '../../support/sites/test-session.ts';

failOnLeaks();

const click = (role: string, name: string): Extract<BrowserAction, { do: 'click' }> => ({
  do: 'click',
  target: { by: 'role', role, name, nth: 0 },
});

async function code(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );
}

async function openPages({ framePlanned = false, pageMemory }: { framePlanned?: boolean; pageMemory?: number } = {}) {
  const stack = new AsyncDisposableStack();
  const inside = '<h1>Inside</h1><button onclick="this.textContent=`pressed`">In the frame</button>';
  const elsewhere = stack.use(await serveSite({ orders: [], answer: () => inside }, '127.0.0.2'));
  const site = stack.use(await serveSite(hardPages({ elsewhere: elsewhere.origin })));
  const opened = stack.use(
    await testSession(framePlanned ? [site.host, elsewhere.host] : [site.host], pageMemory === undefined ? {} : { pageMemory }),
  );
  const open = (path: string) => opened.session.perform({ do: 'open', url: `${site.origin}${path}` });
  return { ...opened, site, elsewhere, open, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Kills the processes that hold the pages, as the system does when memory runs out. */
function killPages(lifelineFile: string): void {
  const { pid } = JSON.parse(readFileSync(lifelineFile, 'utf8')) as { readonly pid: number };
  for (const each of descendants(pid))
    if (readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('--type=renderer')) process.kill(each, 'SIGKILL');
}

describe.skipIf(browserPath === null)('under fire', () => {
  test.runIf(process.platform === 'linux')('a page that crashes is told, and another one opens', async () => {
    await using opened = await openPages();
    const { session, open, lifelineFile } = opened;
    await open('/plain');
    killPages(lifelineFile);
    await expect.poll(() => code(session.perform({ do: 'read' }))).toBe('page_crashed');
    expect(await code(session.perform(click('button', 'Any')))).toBe('page_crashed');
    expect(await open('/plain')).toMatchObject({ title: 'Plain' });
  });

  test('a page that takes too much memory is ended and told as that, and another one opens', async () => {
    await using opened = await openPages({ pageMemory: 350_000_000 });
    const { session, open } = opened;
    expect(await open('/plain')).toMatchObject({ title: 'Plain' });
    await open('/hungry').catch(() => undefined);
    let said = '';
    await expect
      .poll(
        async () => {
          const told = await session.perform({ do: 'read' }).catch((error: unknown) => error);
          said = told instanceof Error ? told.message : '';
          return told instanceof Error && 'code' in told ? told.code : 'done';
        },
        { timeout: 20_000 },
      )
      .toBe('page_too_large');
    expect(said).toMatch(/held \d{3,} MB/u);
    expect(await open('/plain')).toMatchObject({ title: 'Plain' });
  });

  test('a frame of another site is seen and used where the plan has it', async () => {
    await using opened = await openPages({ framePlanned: true });
    const { session, open } = opened;
    await open('/framed');
    await session.perform({ do: 'wait', for: { ms: 1 } });
    let told = await session.perform({ do: 'snapshot', whole: true });
    await expect
      .poll(async () => {
        told = await session.perform({ do: 'snapshot', whole: true });
        return told.text;
      })
      .toContain('In the frame');
    const [, ref] = /button "In the frame".*\[ref=([a-z]*\d*e\d+)\]/u.exec(told.text) ?? [];
    expect((await session.perform({ do: 'click', target: { by: 'ref', ref: ref ?? '' } })).text).toContain('pressed');
  });

  test('and stays empty where the plan does not have it', async () => {
    await using opened = await openPages();
    const { session, open, elsewhere } = opened;
    expect((await open('/framed')).text).toContain('Framed');
    await expect.poll(() => session.takeBlocked()).toEqual([`${elsewhere.origin}/inside`]);
    expect((await session.perform({ do: 'snapshot', whole: true })).text).not.toContain('Inside');
    expect(elsewhere.asked).toEqual([]);
  });

  test('a page that asks for words gets none, and one that wants to keep its reader is left', async () => {
    await using opened = await openPages();
    const { session, open } = opened;
    await open('/prompt');
    const name = click('button', 'Name');
    const asked = await session.perform(name).catch((error: unknown) => error);
    expect(asked).toMatchObject({ code: 'dialog_open', question: 'Your name?' });
    expect(String(asked)).toContain('The page showed a dialog (prompt): “Your name?”. It was answered with “no”.');
    expect(String(asked)).toContain('null');
    expect((await session.perform({ ...name, dialog: 'Anna' })).text).toMatch(/answered with “Anna”[\s\S]*Anna/u);
    await open('/kept');
    await session.perform(click('button', 'Begin'));
    const left = await session.perform(click('link', 'Leave'));
    expect(left.title).toBe('Plain');
    expect(left.text).toContain('asked whether it may be left');
  });

  test('a page that never ends takes as long as a page may, and the next one comes', async () => {
    await using opened = await openPages();
    const { open } = opened;
    expect(await code(open('/slow'))).toBe('timeout');
    expect((await open('/plain')).title).toBe('Plain');
  }, 90_000);

  test('a download that is too large is stopped while it comes, and nothing of it stays', async () => {
    await using opened = await openPages();
    const { session, open, folder } = opened;
    await open('/endless');
    expect(await code(session.perform({ do: 'download', target: { by: 'role', role: 'link', name: 'All of it', nth: 0 } }))).toBe(
      'too_large',
    );
    const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) => /\.download$|\.bin$/u.test(name));
    expect(left).toEqual([]);
    expect((await open('/plain')).title).toBe('Plain');
  }, 90_000);
});
