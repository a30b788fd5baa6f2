import { mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { fileURLToPath } from 'node:url';

// Pictures of the window in its states: `node test/support/renderer-harness/screenshots.ts [folder] [filter]`.
const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
const folder = process.argv[2] ?? '.cache/screenshots';
const filter = new RegExp(process.argv[3] ?? '.', 'u');
const sizes = { m: { width: 1280, height: 800 }, s: { width: 900, height: 600 }, l: { width: 1920, height: 1080 } } as const;

interface Scene {
  readonly name: string;
  readonly query?: string;
  act(page: Page): Promise<void>;
}

const openMain = (page: Page): Promise<void> =>
  page
    .evaluate(() => void 0)
    .then(() =>
      page
        .locator('.session-open')
        .filter({ hasText: /лекция и дворы|lecture and yards/u })
        .click(),
    );

/** `at` counts from 0, as the pages stand in the settings of a page in a browser. */
async function openSettings(page: Page, at: number): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.locator('.tabs-vertical .tab').nth(at).click();
}

async function openModels(page: Page): Promise<void> {
  await openSettings(page, 1);
  await page.locator('.settings .button').first().click();
  await page.waitForSelector('.models, .provider-form');
}

async function openMcp(page: Page): Promise<void> {
  await openSettings(page, 1);
  await page.locator('.settings .setting .button').nth(1).click();
  await page.waitForSelector('.mcp, .mcp-form');
}

async function openSynopsis(page: Page, proposed: boolean | null): Promise<void> {
  await openMain(page);
  if (proposed !== null) await page.evaluate(isProposed => window.scenario.liveOn(isProposed), proposed);
  await page.keyboard.press('Control+Shift+K');
  await page.waitForSelector('.synopsis-section');
}

/** The pane of the browser beside the chat; `state` is a function of the scenario's browser tasks. */
async function openBrowser(page: Page, state: 'atWork' | 'ended' | 'stopped' | 'crashed' | null): Promise<void> {
  await openMain(page);
  if (state !== null) await page.evaluate(which => void window.scenario.browsing[which](), state);
  await page.keyboard.press('Alt+b');
  await page.waitForSelector('.browser-pane');
}

async function openRecipe(page: Page): Promise<void> {
  await openBrowser(page, null);
  await page.evaluate(() => {
    const { backend, browsing } = window.scenario;
    backend.browser.handlers['browser.saveRecipe']({ requestKey: 'a', id: null, recipe: browsing.recipe });
  });
  await page.locator('.browser-start .segment').first().click();
  await page.locator('.browser-start .segment').last().click();
}

/** One that is signed in, and one that a task uses. */
async function putLogins(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { handlers, logins } = window.scenario.backend.browser;
    const login = { requestKey: 'a', password: null, acceptWeak: false };
    const sites = ['shop.example', 'login.shop.example'];
    const shop = handlers['browser.saveLogin']({ ...login, name: 'Чайная лавка', sites, user: 'anna', password: 'tea' });
    logins.put({ ...shop, sessionAtMs: Date.now() - 90_000_000 });
    const library = handlers['browser.saveLogin']({ ...login, name: 'Library', sites: ['library.example'], user: null });
    logins.put({ ...library, isInUse: true });
  });
}

const scenes: readonly Scene[] = [
  {
    name: 'browser-live',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.waitForSelector('.live-none', { state: 'detached' });
    },
  },
  {
    name: 'browser-held',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.waitForSelector('.live-none', { state: 'detached' });
      await page.locator('.browser-head .button').first().click();
      await page.waitForSelector('.live-view-held');
      await page.waitForSelector('.live-canvas:focus');
    },
  },
  {
    name: 'browser-paused',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.locator('.browser-head .button').nth(1).click();
      await page.waitForSelector('.browser-held');
    },
  },
  {
    name: 'browser-trace',
    act: async page => {
      await openBrowser(page, 'atWork');
      await page.locator('.trace').scrollIntoViewIfNeeded();
      await page.locator('.trace-row').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'browser-ended',
    act: async page => {
      await openBrowser(page, 'ended');
      await page.waitForSelector('.result-table');
      await page.locator('.result-table').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'browser-failed',
    act: async page => {
      await openBrowser(page, 'crashed');
      await page.waitForSelector('.trace-row');
    },
  },
  {
    name: 'browser-picture',
    act: async page => {
      await openBrowser(page, 'ended');
      await page.locator('.trace-row .icon-button').nth(1).click();
      await page.waitForSelector('.trace-large img');
    },
  },
  {
    name: 'browser-badge',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.atWork());
      await page.keyboard.press('Alt+s');
      await page.waitForSelector('.tab .busy-mark');
    },
  },
  {
    name: 'browser-plan',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.plan());
      await page.waitForSelector('.ask-plan');
      await page.waitForSelector('.ask-card .button:enabled');
    },
  },
  {
    name: 'browser-approval',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.approval());
      await page.waitForSelector('.ask-card .page-picture');
      await page.waitForSelector('.ask-card .button:enabled');
    },
  },
  {
    name: 'browser-undecided',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.browsing.undecided());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').first().click();
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.question .page-picture');
    },
  },
  {
    name: 'browser-words',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.providers.fill());
      await openBrowser(page, null);
      await page.locator('.browser-start .segment').first().click();
      await page.waitForSelector('.browser-start textarea');
    },
  },
  {
    name: 'browser-no-model',
    act: async page => {
      await openBrowser(page, null);
      await page.locator('.browser-start .segment').first().click();
    },
  },
  { name: 'browser-recipes', act: openRecipe },
  {
    name: 'browser-recipe',
    act: async page => {
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.waitForSelector('.recipe-steps li');
    },
  },
  {
    name: 'browser-recipe-edit',
    act: async page => {
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.locator('.recipe .button').nth(2).click();
      await page.waitForSelector('.edited-step');
    },
  },
  {
    name: 'browser-recipe-stopped',
    act: async page => {
      await openBrowser(page, 'stopped');
      await page.waitForSelector('.recipe-stop');
    },
  },
  {
    name: 'browser-recipe-times',
    act: async page => {
      await openRecipe(page);
      await page.locator('.recipe-open').click();
      await page.locator('.recipe .button').nth(1).click();
      await page.waitForSelector('.schedule-form');
    },
  },
  {
    name: 'browser-run-kept',
    act: async page => {
      await openBrowser(page, 'ended');
      await page.locator('.browser-task > .browser-ways .button').first().click();
      await page.locator('.save-param').first().scrollIntoViewIfNeeded();
      await page.locator('.save-run').evaluate(form => form.scrollIntoView());
    },
  },
  {
    name: 'browser-recipe-wrong',
    act: async page => {
      await openBrowser(page, null);
      await page.locator('.recipes .button').click();
      await page
        .locator('.recipe-text textarea')
        .fill('{"name":"a","sites":[],"steps":[{"action":{"do":"open"}},{"action":{"do":"buy"}}]}');
      await page.locator('.recipe-text .button-accent').click();
      await page.waitForSelector('.recipe-faults');
    },
  },
  {
    name: 'browser-none',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.browser.setFound([]));
      await openBrowser(page, null);
      await page.waitForSelector('.no-browser');
    },
  },
  {
    name: 'browser-settings',
    act: async page => {
      await openSettings(page, 3);
      await page.waitForSelector('[aria-label="Браузер для задач"], [aria-label="Browser for tasks"]');
    },
  },
  {
    name: 'browser-command',
    act: async page => {
      await openMain(page);
      await page.locator('.composer-input').fill('/');
      await page.waitForSelector('.composer-commands');
    },
  },
  {
    name: 'versions-stale',
    act: async page => {
      await openSynopsis(page, false);
      await page.waitForSelector('.section-stale');
      await page.locator('.synopsis-section').nth(2).hover();
    },
  },
  {
    name: 'versions-reasons',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.section-stale').nth(1).scrollIntoViewIfNeeded();
      await page.locator('.section-stale').nth(1).click();
      await page.waitForSelector('.section-reasons');
    },
  },
  {
    name: 'versions-proposal',
    act: async page => {
      await openSynopsis(page, true);
      await page.waitForSelector('.section-proposal');
    },
  },
  {
    name: 'versions-remake',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.section-menu').first().click();
      await page.locator('.menu-item').first().click();
      await page.waitForSelector('.section-remake');
    },
  },
  {
    name: 'versions-note',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.section-menu').nth(1).click();
      await page.locator('.menu-item').nth(1).click();
      await page.waitForSelector('.note-editor');
      await page.locator('.note-editor').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'versions-list',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.synopsis-tools .icon-button').first().click();
      await page.waitForSelector('.menu-item');
    },
  },
  {
    name: 'versions-older',
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.synopsis-tools .icon-button').first().click();
      await page.locator('.menu-item').last().click();
      await page.waitForSelector('.version-strip');
    },
  },
  ...(['inline', 'beside'] as const).map((layout): Scene => ({
    name: `versions-compare-${layout}`,
    act: async page => {
      await openSynopsis(page, false);
      await page.locator('.synopsis-tools .icon-button').first().click();
      await page.locator('.menu-item').last().click();
      await page.locator('.version-strip .button').nth(1).click();
      await page.waitForSelector('.compare');
      if (layout === 'beside') await page.locator('.compare .segment').last().click();
    },
  })),
  {
    name: 'library',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillLibrary(300));
      await page.locator('.session-library').click();
      await page.waitForSelector('.library-row');
    },
  },
  {
    name: 'library-tags',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillLibrary(300));
      await page.locator('.session-library').click();
      await page.waitForSelector('.library-row');
      await page.locator('.library-tags').nth(3).click();
      await page.waitForSelector('.tag-editor');
    },
  },
  {
    name: 'library-empty',
    act: async page => {
      await openMain(page);
      await page.locator('.session-library').click();
      await page.locator('.library-toggle').first().click();
      await page.waitForSelector('.empty-title');
    },
  },
  { name: 'start', act: async () => {} },
  {
    name: 'away',
    query: 'away=1',
    act: async page => {
      await page.locator('.session-open').first().click();
    },
  },
  {
    name: 'chat',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
    },
  },
  {
    name: 'chat-top',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => {
        document.querySelector('.transcript-scroll')?.scrollTo({ top: 0 });
      });
    },
  },
  {
    name: 'answer-growing',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        const { answer } = answers.ask();
        answers.write(answer.id, answers.words.answer.slice(0, -120));
      });
      await page.waitForSelector('.code-block');
    },
  },
  {
    name: 'answer-whole',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        answers.answered();
      });
      await page.locator('.message-steps-open').click();
    },
  },
  {
    name: 'answer-branches',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        answers.answered();
      });
      await page
        .locator('.message-assistant')
        .last()
        .getByRole('button', { name: /заново|again/u })
        .click();
      await page.evaluate(() => {
        const { answers, backend, main } = window.scenario;
        const id = [...backend.messages.values()].filter(({ sessionId }) => sessionId === main.id).at(-1)?.id;
        if (id === undefined) return;
        backend.putMessages({
          ...(backend.messages.get(id) ?? backend.newMessage(main.id, 'assistant', '')),
          model: { provider: 'Ollama', modelId: 'qwen3:8b' },
        });
        answers.end(id, { text: answers.words.other });
      });
      await page.waitForSelector('.branch');
      await page.locator('.message-assistant').last().hover();
    },
  },
  {
    name: 'answer-edit',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        answers.answered();
      });
      await page.locator('.message-person .message-actions button').last().click();
      await page.waitForSelector('.message-editor');
      await page.locator('.message-editor').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'answer-failed',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        answers.failed('stream_cut');
      });
      await page.waitForSelector('.message-failure');
    },
  },
  {
    name: 'answer-background',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        answers.background();
      });
      await page.waitForSelector('.proposed');
      await page.locator('.composer-background').click();
    },
  },
  {
    name: 'asks-chat',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => void window.scenario.putAsks());
      await page.waitForSelector('.asks-of-chat .ask-card');
      await page.waitForSelector('.ask-card .button:enabled');
    },
  },
  {
    name: 'asks-inspector',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { answering, approval } = window.scenario.putAsks();
        const { backend } = window.scenario;
        backend.approvals.ask(answering, {
          title: approval.title,
          destination: 'https://аpple.example/list',
          answered: { decision: 'allow', scope: 'job', answer: null, by: 'person', atMs: backend.now() - 60_000 },
        });
      });
      await page.waitForSelector('.ask-card');
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').first().click();
      await page.waitForSelector('.inspector .ask-card .button:enabled');
    },
  },
  {
    name: 'asks-dialog',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.putAsks());
      await page.keyboard.press('Control+j');
      await page
        .locator('.job-row')
        .filter({ hasText: /Найти источники|Find sources/u })
        .getByRole('button', { name: /^(Ответить|Answer)/u })
        .click();
      await page.waitForSelector('.dialog .ask-card');
      await page.waitForSelector('.dialog .button-quiet:enabled');
    },
  },
  {
    name: 'models-first',
    query: 'ollama=1',
    act: async page => {
      await page.waitForSelector('.model-found');
    },
  },
  {
    name: 'models-empty',
    act: openModels,
  },
  {
    name: 'models-form',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.providers.setSecrets('weak'));
      await openModels(page);
      await page.locator('.models-add').click();
      await page.locator('input[type=password]').fill('sk-0123456789');
    },
  },
  {
    name: 'models-chosen',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.providers.fill());
      await openModels(page);
      await page.locator('.role-choice button').first().click();
    },
  },
  { name: 'mcp-none', act: openMcp },
  {
    name: 'mcp',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.mcp.fill());
      await openMcp(page);
      await page.locator('.mcp-server .icon-button').nth(6).click();
      await page.waitForSelector('.mcp-said');
    },
  },
  {
    name: 'mcp-tools',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.mcp.fill());
      await openMcp(page);
      await page.locator('.mcp-access summary').click();
      await page.locator('.mcp-tools').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'mcp-form',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.mcp.setSecrets('weak'));
      await openMcp(page);
      await page.locator('.mcp-add').click();
      await page.locator('.mcp-form .field-control').nth(0).fill('files');
      await page.locator('.mcp-form .field-control').nth(1).fill('npx -y @modelcontextprotocol/server-filesystem "/home/anna/Документы"');
      await page.locator('.mcp-values-foot .button').click();
      await page.locator('.mcp-value input').nth(0).fill('API_TOKEN');
      await page.locator('.mcp-value input').nth(1).fill('secret');
    },
  },
  {
    name: 'health',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.locator('.strip-workers').click();
      await page.locator('.strip-health').click();
      await page.waitForSelector('.health-table');
    },
  },
  {
    name: 'jobs',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.job-row');
    },
  },
  {
    name: 'synopsis',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-section');
    },
  },
  {
    name: 'synopsis-audited',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => {
        const { backend, main } = window.scenario;
        const version = [...backend.versions.values()].find(({ sessionId }) => sessionId === main.id);
        if (version !== undefined) backend.putAudit(version.id);
      });
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.claim-label');
    },
  },
  {
    name: 'synopsis-options',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => window.scenario.backend.providers.fill());
      await page.locator('.synopsis-choose').click();
      await page.waitForSelector('.synopsis-options');
    },
  },
  {
    name: 'synopsis-low',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-section');
      await page.evaluate(() => {
        const at = document.querySelector('.synopsis-scroll');
        at?.scrollTo({ top: at.scrollHeight * 0.55 });
      });
    },
  },
  {
    name: 'hover',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.items-theses .citation').first().hover();
      await page.waitForSelector('.citation-card');
    },
  },
  {
    name: 'making',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => void window.scenario.startSecond(2));
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-making');
    },
  },
  {
    name: 'source',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.items-theses .citation').nth(3).click();
      await page.waitForSelector('.segment-text mark');
    },
  },
  {
    name: 'docked',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.synopsis-overlay-bar .icon-button').nth(-2).click();
      await page.waitForSelector('.app-right .synopsis-section');
    },
  },
  {
    name: 'tasks-synopsis',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-section');
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.job-row');
    },
  },
  {
    name: 'inspector-result',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.locator('.message-card button').first().click();
      await page.locator('.inspector-tab-list .tab').nth(1).click();
      await page.waitForSelector('.inspector-sections');
    },
  },
  {
    name: 'inspector',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.locator('.message-card button').first().click();
      await page.waitForSelector('.inspector-steps li');
    },
  },
  {
    name: 'panel-paused',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { fillJobs, putQuestion, putFailedExport, backend } = window.scenario;
        fillJobs();
        putQuestion();
        putFailedExport();
        backend.changeStatus({ paused: true });
      });
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.job-row');
    },
  },
  {
    name: 'panel-kinds',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        const { fillJobs, backend } = window.scenario;
        fillJobs();
        backend.changeStatus({ pausedKinds: ['chat.answer', 'synopsis.make'] });
      });
      await page.keyboard.press('Control+j');
      await page.locator('.queue-pause .icon-button').click();
      await page.waitForSelector('.menu-item');
    },
  },
  {
    name: 'panel-waits',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        window.scenario.fillJobs();
        window.scenario.putWaits();
        window.scenario.backend.changeStatus({ pausedKinds: ['synopses.export', 'document.import'] });
      });
      await page.keyboard.press('Control+j');
      await page.locator('.job-filter-queued').click();
      await page.waitForSelector('.job-row');
    },
  },
  {
    name: 'panel-folded',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        window.scenario.fillJobs();
        window.scenario.putWaits();
      });
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.job-row');
      await page.locator('.job-group-needsYou .job-group-fold').click();
      await page.locator('.job-group-queued .job-group-fold').press('ArrowLeft');
    },
  },
  {
    name: 'panel-none',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.keyboard.press('Control+j');
      await page.locator('.job-panel-search input').fill('zzz');
      await page.waitForSelector('.job-panel .empty-state');
    },
  },
  {
    name: 'panel-stopped',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.keyboard.press('Control+j');
      await page.locator('.job-group-queued').waitFor();
      await page.locator('.job-filter-queued').click();
      await page.locator('.job-row-main').first().press('Delete');
      await page.waitForSelector('.toast');
    },
  },
  ...(['budget', 'approval', 'network', 'documents', 'day', 'session', 'retry'] as const).map((name, at): Scene => ({
    name: `wait-${name}`,
    act: async page => {
      await openMain(page);
      const id = await page.evaluate(which => window.scenario.putWaits()[which]?.id ?? '', at);
      await page.keyboard.press('Control+j');
      await page.locator(`[data-line="${id}"]`).click();
      await page.waitForSelector('.wait-card');
      await page.keyboard.press('Control+j');
    },
  })),
  {
    name: 'limits-chat',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.putChatLimit());
      await page.locator('.session-row-open .session-menu').click();
      await page.locator('.menu-item').nth(2).click();
      await page.waitForSelector('.limits .budgets li');
    },
  },
  {
    name: 'limits-change',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => window.scenario.putChatLimit());
      await page.locator('.session-row-open .session-menu').click();
      await page.locator('.menu-item').nth(2).click();
      await page.locator('.budget-tools button').first().click();
      await page.waitForSelector('.budget-form');
    },
  },
  {
    name: 'limits-none',
    act: async page => {
      await openMain(page);
      await page.locator('.session-row-open .session-menu').click();
      await page.locator('.menu-item').nth(2).click();
      await page.waitForSelector('.limits');
    },
  },
  {
    name: 'question',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => void window.scenario.putQuestion());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').first().click();
      await page.waitForSelector('.question');
    },
  },
  {
    name: 'failed-job',
    act: async page => {
      await page.evaluate(() => void window.scenario.putFailedExport());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').last().click();
      await page.waitForSelector('.inspector-steps li');
      await page.keyboard.press('Control+j');
      await page.locator('.step-menu').nth(1).click();
      await page.waitForSelector('.menu-item');
    },
  },
  {
    name: 'failed-low',
    act: async page => {
      await page.evaluate(() => void window.scenario.putFailedExport());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').last().click();
      await page.waitForSelector('.inspector-steps li');
      await page.keyboard.press('Control+j');
      await page.locator('.steps-aside summary').click();
      await page.evaluate(() => {
        const at = document.querySelector('.inspector');
        at?.scrollTo({ top: at.scrollHeight });
      });
    },
  },
  {
    name: 'again',
    act: async page => {
      await page.evaluate(() => void window.scenario.putFailedExport());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').last().click();
      await page.locator('.step-menu').nth(1).click();
      await page.locator('.menu-item').first().click();
      await page.waitForSelector('.dialog');
    },
  },
  {
    name: 'half-undone',
    act: async page => {
      await page.evaluate(() => void window.scenario.putHalfUndone());
      await page.keyboard.press('Control+j');
      await page.locator('.job-row-main').last().click();
      await page.waitForSelector('.question');
      await page.keyboard.press('Control+j');
    },
  },
  {
    name: 'schedules',
    act: async page => {
      await openMain(page);
      await page.evaluate(() => {
        window.scenario.putPlans();
      });
      await page.keyboard.press('Control+j');
      await page.locator('.job-panel-head .button').last().click();
      await page.waitForSelector('.schedule');
    },
  },
  {
    name: 'schedules-none',
    act: async page => {
      await page.keyboard.press('Control+j');
      await page.locator('.job-panel-head .button').last().click();
      await page.waitForSelector('.schedules .empty-state');
    },
  },
  {
    name: 'schedule-form',
    act: async page => {
      await page.keyboard.press('Control+j');
      await page.locator('.job-panel-head .button').last().click();
      await page.locator('.schedules-foot .button').click();
      await page.waitForSelector('.schedule-preview li');
    },
  },
  {
    name: 'schedule-cron',
    act: async page => {
      await page.keyboard.press('Control+j');
      await page.locator('.job-panel-head .button').last().click();
      await page.locator('.schedules-foot .button').click();
      await page.locator('.schedule-form select').nth(1).selectOption('cron');
      await page.locator('.field-mono').fill('0 9 * *');
      await page.waitForSelector('.field-problem');
    },
  },
  {
    name: 'budgets',
    act: async page => {
      await page.evaluate(() => {
        window.scenario.putPlans();
      });
      await openSettings(page, 2);
      await page.waitForSelector('.budgets li');
      await page.locator('.budget-add').click();
      await page.locator('.budget-form').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings',
    act: async page => {
      await openMain(page);
      await page.keyboard.press('Control+,');
      await page.waitForSelector('.settings');
    },
  },
  {
    name: 'settings-assistant',
    act: async page => openSettings(page, 1),
  },
  {
    name: 'settings-logins',
    act: async page => {
      await putLogins(page);
      await openSettings(page, 3);
      await page.locator('.login-list').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-login-form',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.browser.logins.setSecrets('weak'));
      await openSettings(page, 3);
      await page.locator('.settings .browser-ways .button').last().click();
      await page.locator('.login-form').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'browser-login',
    act: async page => {
      await putLogins(page);
      await openRecipe(page);
      await page.locator('.login-choice select').selectOption({ index: 1 });
    },
  },
  {
    name: 'settings-data',
    act: async page => openSettings(page, 4),
  },
  {
    name: 'shortcuts',
    act: async page => {
      await page.locator('.session-foot .icon-button').click();
      await page.waitForSelector('.shortcuts');
    },
  },
  {
    name: 'palette',
    act: async page => {
      await openMain(page);
      await page.keyboard.press('Control+k');
      await page.waitForSelector('.palette-entry');
    },
  },
  {
    name: 'palette-loading',
    act: async page => {
      await page.evaluate(() => window.scenario.backend.search.beLoading(true));
      await openMain(page);
      await page.keyboard.press('Control+k');
      await page.locator('.palette-input').fill('е');
      await page.locator('.palette [role="status"] p').waitFor();
    },
  },
  {
    name: 'coverage',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.coverage').click();
      await page.waitForSelector('.coverage-row');
    },
  },
  {
    name: 'trouble',
    act: async page => {
      await openMain(page);
      await page.waitForSelector('.markdown');
      await page.evaluate(() => {
        const { backend, main, stopped } = window.scenario;
        backend.putMessages({ ...stopped, state: 'failed', error: 'worker_exit' });
        backend.putMessages(backend.newMessage(main.id, 'assistant', '', { state: 'pending' }));
        backend.changeStatus({ storage: 'full', paused: true, queued: 4 });
      });
      await page.locator('.composer-input').fill('https://example.org/ponds');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.composer-offer');
    },
  },
];

await build({ configFile });
// Another run may have the port of the config; any free one will do.
const server = await preview({ configFile, preview: { strictPort: false } });
const origin = server.resolvedUrls?.local[0];
if (origin === undefined) throw new Error('The preview server of the harness has no address.');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
mkdirSync(folder, { recursive: true });
let problems = 0;
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const language of ['ru', 'en'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        for (const scene of scenes) {
          const name = `${scene.name}-${size}-${language}-${theme}`;
          if (!filter.test(name)) continue;
          const page = await browser.newPage({ viewport });
          page.on('console', message => {
            if (message.type() === 'error' || message.type() === 'warning') {
              problems += 1;
              console.log(`${name}: ${message.text()}`);
            }
          });
          page.on('pageerror', error => {
            problems += 1;
            console.log(`${name}: ${error.message}`);
          });
          await page.goto(`${origin}?language=${language}&theme=${theme}&${scene.query ?? ''}`);
          await page.waitForSelector('.app');
          try {
            await scene.act(page);
            await page.evaluate(() => document.fonts.ready);
            await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
          } catch (error) {
            problems += 1;
            console.log(`${name}: ${String(error).split('\n')[0]}`);
          }
          await page.screenshot({ path: `${folder}/${name}.png` });
          await page.close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
