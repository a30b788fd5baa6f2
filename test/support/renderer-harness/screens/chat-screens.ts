import { openMain } from './open-places.ts';
import type { Screen } from './screen.ts';

/** The chat and what is reached from anywhere. */
export const chatScreens: readonly Screen[] = [
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
    name: 'chat-pinned',
    act: async page => {
      await openMain(page);
      await page.locator('.session-row').last().hover();
      await page.locator('.session-row').last().locator('.session-menu').click();
      await page
        .locator('.menu-item')
        .filter({ has: page.locator('.lucide-pin') })
        .click();
      await page.waitForSelector('.session-list section:nth-of-type(4)');
      await page.locator('.session-row-open .session-menu').click();
      await page.waitForSelector('.menu-item');
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
      await page.locator('.message-assistant').last().locator('.message-actions button').last().click();
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
