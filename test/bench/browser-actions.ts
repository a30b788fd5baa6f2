/**
 * A browser task against plain Playwright doing the same script on the same page: press, type, look again, in turns. Then a snapshot of a
 * page of 5,000 nodes, and what four pictures a second cost. `node test/bench/browser-actions.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { snapshotCharLimit } from '../../src/workers/browser/page-snapshot.ts';
import { findProcess } from '../../src/system/process-table.ts';
import { serveSite } from '../support/sites/local-sites.ts';
import { browserPath, testSession, type TestSession } from '../support/sites/test-session.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { median } from './report/percentile.ts';
import { report, skip } from './report/report.ts';

/** Rounds of two actions each, on either side in turns. */
const rounds = 60;
const bigNodes = 5_000;
const bigSnapshots = 10;
const picturesPerSecond = 4;
const watchMs = 8_000;
/** Of user and system time in `/proc/<pid>/stat`: 100 ticks a second on Linux. */
const msPerTick = 10;

const page = (body: string): string => `<!doctype html><meta charset="utf-8"><title>Bench</title><body>${body}`;
const rows = Array.from({ length: 40 }, (_, at) => `<li>Row ${at} <a href="#${at}">more</a></li>`).join('');
const form = page(
  `<h1>Form</h1><label>Name <input></label><button onclick="said.textContent='pressed '+(window.n=(window.n??0)+1)">Press</button><p id="said"></p><ul>${rows}</ul>`,
);
const big = page(`<ul>${Array.from({ length: bigNodes / 2 }, (_, at) => `<li><a href="#${at}">Item ${at}</a></li>`).join('')}</ul>`);
const moving = page(
  '<canvas id="c" width="1200" height="700"></canvas><script>const g=c.getContext("2d");let n=0;setInterval(()=>{g.fillStyle=`hsl(${n++*7%360} 60% 50%)`;g.fillRect(n*13%1100,n*7%600,100,100)},100)</script>',
);

/**
 * Milliseconds of the two actions of one round. A press waits for the page's next frames and takes three times as long as typing, so each
 * has a median of its own: that of both together would lie in the gap between them and say nothing.
 */
interface Round {
  readonly press: number;
  readonly type: number;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

if (browserPath === null) {
  for (const what of ['a press over plain Playwright', 'typing over plain Playwright', 'a snapshot of 5,000 nodes', 'the live view'])
    skip(what, 'No Chrome, Edge or Chromium is installed.');
} else {
  await using site = await serveSite({
    orders: [],
    answer: ({ pathname }) => (pathname === '/big' ? big : pathname === '/moving' ? moving : form),
  });
  await using opened = await testSession([site.host]);
  await actions(opened, site.origin, browserPath);
  await snapshots(opened, site.origin);
  await liveView(opened, site.origin);
}

async function actions({ session }: TestSession, origin: string, path: string): Promise<void> {
  const temporary = tempFolder();
  const context: BrowserContext = await chromium.launchPersistentContext(join(temporary.path, 'profile'), {
    executablePath: path,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    viewport: { width: 1_280, height: 800 },
  });
  const plain: Page = context.pages()[0] ?? (await context.newPage());
  await plain.goto(origin);
  await session.perform({ do: 'open', url: origin });
  const ours: Round[] = [];
  const theirs: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const text = `name ${round}`;
    theirs.push({
      press: await timed(async () => {
        await plain.getByRole('button', { name: 'Press', exact: true }).click();
        await plain.ariaSnapshot({ mode: 'ai' });
      }),
      type: await timed(async () => {
        await plain.getByLabel('Name', { exact: true }).fill(text);
        await plain.ariaSnapshot({ mode: 'ai' });
      }),
    });
    ours.push({
      press: await timed(() => session.perform({ do: 'click', target: { by: 'role', role: 'button', name: 'Press', nth: 0 } })),
      type: await timed(() => session.perform({ do: 'type', target: { by: 'label', text: 'Name' }, value: { text } })),
    });
  }
  await context.close();
  temporary.remove();
  const of = (all: readonly Round[], kind: keyof Round): number => median(all.map(each => each[kind]));
  for (const [kind, what] of [
    ['press', 'a press'],
    ['type', 'typing'],
  ] as const) {
    const [mine, bare] = [of(ours, kind), of(theirs, kind)];
    report(`${what} with its look at the page over plain Playwright doing the same, median`, mine / bare, '×', {
      target: { atMost: 1.15 },
      note: `${mine.toFixed(1)} against ${bare.toFixed(1)} ms, ${rounds} times each in turns`,
    });
  }
}

async function snapshots({ session }: TestSession, origin: string): Promise<void> {
  await session.perform({ do: 'open', url: `${origin}/big` });
  const times: number[] = [];
  let length = 0;
  for (let count = 0; count < bigSnapshots; count += 1) {
    times.push(
      await timed(async () => {
        length = (await session.perform({ do: 'snapshot', whole: false })).text.length;
      }),
    );
  }
  length = Math.max(length, (await session.perform({ do: 'open', url: `${origin}/big` })).text.length);
  report(`a snapshot of ${bigNodes.toLocaleString('en')} nodes, median`, median(times), 'ms', {
    target: { atMost: 300 },
    note: `told in ${length.toLocaleString('en')} characters at most, the cap is ${snapshotCharLimit.toLocaleString('en')}`,
  });
}

/** Processor time of this process and of the browser's own, with pictures and without, on a page that moves. */
async function liveView({ session, lifelineFile }: TestSession, origin: string): Promise<void> {
  const { marker } = JSON.parse(readFileSync(lifelineFile, 'utf8')) as { readonly marker: string };
  const root = await findProcess(marker);
  if (process.platform !== 'linux' || root === null) {
    skip('the live view', 'Processor time of other processes is read from /proc.');
    return;
  }
  await session.perform({ do: 'open', url: `${origin}/moving` });
  const without = await usedDuring(root.pid, () => new Promise(done => setTimeout(done, watchMs)));
  let pictures = 0;
  const withPictures = await usedDuring(root.pid, async () => {
    const until = performance.now() + watchMs;
    while (performance.now() < until) {
      const next = performance.now() + 1_000 / picturesPerSecond;
      if ((await session.nextFrame(AbortSignal.timeout(1_000))) !== null) pictures += 1;
      await new Promise(done => setTimeout(done, Math.max(0, next - performance.now())));
    }
  });
  await session.stopFrames();
  report(
    `the live view at ${picturesPerSecond} pictures a second, share of a core`,
    Math.max(0, (withPictures - without) / watchMs) * 100,
    '%',
    {
      target: { atMost: 10 },
      note: `${((pictures * 1_000) / watchMs).toFixed(1)} pictures a second; ${((withPictures / watchMs) * 100).toFixed(0)} % with them, ${((without / watchMs) * 100).toFixed(0)} % without, browser and worker together`,
    },
  );
}

/** Milliseconds of processor that the browser's processes and this one have used. */
async function usedDuring(root: number, work: () => Promise<unknown>): Promise<number> {
  const before = used(root);
  await work();
  return used(root) - before;
}

/** After proc(5). */
function used(root: number): number {
  const stats = readdirSync('/proc')
    .filter(name => /^\d+$/u.test(name))
    .flatMap(name => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(name), parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * msPerTick }];
      } catch {
        return [];
      }
    });
  const own = new Set([root, process.pid]);
  for (let size = 0; size !== own.size;) {
    size = own.size;
    for (const { pid, parent } of stats) if (own.has(parent) && parent !== process.pid) own.add(pid);
  }
  return stats.filter(({ pid }) => own.has(pid)).reduce((sum, { ms }) => sum + ms, 0);
}
