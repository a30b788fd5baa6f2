import { openMain, putNotices } from './open-places.ts';
import type { Screen } from './screen.ts';

/** The panel of tasks, the inspector and schedules. */
export const taskScreens: readonly Screen[] = [
  { name: 'notices-bell', act: putNotices },
  {
    name: 'notices',
    act: async page => {
      await putNotices(page);
      await page.locator('.notice-bell').click();
      await page.waitForSelector('.notice-row');
    },
  },
  {
    name: 'notices-none',
    act: async page => {
      await page.locator('.notice-bell').click();
      await page.waitForSelector('.dialog .empty-state');
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
        .locator('.job-actions .button')
        .first()
        .click();
      await page.waitForSelector('.dialog .ask-card');
      await page.waitForSelector('.dialog .button-quiet:enabled');
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
  ...(['budget', 'approval', 'network', 'documents', 'day', 'session', 'retry'] as const).map((name, at): Screen => ({
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
];
