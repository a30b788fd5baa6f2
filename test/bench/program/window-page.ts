import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { quietArguments } from './quiet-arguments.ts';

const configFile = fileURLToPath(new URL('../../support/renderer-harness/vite.config.ts', import.meta.url));

export interface WindowPage {
  readonly page: Page;
  /** Processor time of the page's thread so far, in milliseconds: it holds while others use the machine. */
  busyMs(): Promise<number>;
}

/**
 * The window over the host in memory, built and served once, in a real browser. `open` gives a page of its own each time; what
 * it may ask for in the query stands in the harness.
 */
export async function withWindowPages(
  executablePath: string,
  measure: (open: (query?: string) => Promise<WindowPage>) => Promise<void>,
): Promise<void> {
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, preview: { strictPort: false } });
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error('The preview server of the harness has no address.');
  const browser = await chromium.launch({ executablePath, args: quietArguments });
  try {
    await measure(async (query = '') => {
      const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
      await page.goto(`${origin}?language=en${query}`);
      return {
        page,
        async busyMs() {
          const { metrics } = await devtools.send('Performance.getMetrics');
          return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
        },
      };
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
