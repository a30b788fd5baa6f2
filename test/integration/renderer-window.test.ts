import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { windowInBrowser } from '../support/renderer-harness/window-in-browser.ts';

const open = windowInBrowser();

async function openMain(page: Page): Promise<void> {
  await page
    .locator('.session-open')
    .filter({ hasText: /лекция и дворы|lecture and yards/u })
    .click();
  await page.waitForSelector('.markdown');
}

async function violations(page: Page): Promise<readonly string[]> {
  // What hangs at the pointer is not part of the screen.
  await page.mouse.move(0, 0);
  await page.waitForFunction(() => document.querySelector('.tooltip, .citation-card') === null);
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(
    violation =>
      `${violation.id}: ${violation.nodes
        .map(node => node.target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  );
}

describe('accessibility', { timeout: 60_000 }, () => {
  test.each(['language=ru&theme=light', 'language=en&theme=dark'])(
    'every screen is free of axe violations (%s)',
    async query => {
      const page = await open(query);
      const found: Record<string, readonly string[]> = {};
      found['start'] = await violations(page);
      await openMain(page);
      found['chat'] = await violations(page);
      await page.evaluate(() => window.scenario.fillJobs());
      await page.keyboard.press('Control+j');
      await page.waitForSelector('.job-row');
      await page.locator('.job-row-main').first().click();
      await page.waitForSelector('.inspector');
      found['tasks'] = await violations(page);
      await page.keyboard.press('Control+j');
      await page.keyboard.press('Control+Shift+K');
      await page.waitForSelector('.synopsis-section');
      await page.locator('.items-theses .citation').first().click();
      await page.waitForSelector('.segment-text mark');
      found['synopsis and source'] = await violations(page);
      await page.evaluate(() => void window.scenario.startSecond(2));
      await page.waitForSelector('.synopsis-making');
      found['making'] = await violations(page);
      await page.keyboard.press('Control+,');
      await page.waitForSelector('.settings');
      found['settings'] = await violations(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.waitForSelector('.palette-entry');
      found['palette'] = await violations(page);
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    },
    120_000,
  );
});

describe('the palette', { timeout: 60_000 }, () => {
  test.each([
    ['ru', 'Поиск по смыслу ещё загружается; это найдено по словам.'],
    ['en', 'Search by meaning is still being loaded; this is what words have found.'],
  ])('says while the index of meaning is being loaded that words alone were looked for (%s)', async (language, said) => {
    const page = await open(`language=${language}`);
    await page.evaluate(() => window.scenario.backend.search.beLoading(true));
    await page.keyboard.press('Control+k');
    await page.locator('.palette-input').fill('а');
    const note = page.locator('.palette [role="status"]');
    await expect.poll(() => note.textContent()).toBe(said);
    expect(await violations(page)).toEqual([]);
    // It asks again by itself, and the note goes.
    await page.evaluate(() => window.scenario.backend.search.beLoading(false));
    await expect.poll(() => note.textContent()).toBe('');
  });
});

describe('the keyboard', { timeout: 60_000 }, () => {
  test('reaches a cited passage and comes back', async () => {
    const page = await open();
    await openMain(page);
    await page.keyboard.press('Control+Shift+K');
    await page.locator('.items-theses .citation').nth(3).focus();
    await page.keyboard.press('Enter');
    const mark = page.locator('.segment-text mark');
    await mark.waitFor();
    await expect
      .poll(() =>
        mark.evaluate(element => {
          const pane = element.closest('.reader-scroll')?.getBoundingClientRect();
          const box = element.getBoundingClientRect();
          return pane ? box.top >= pane.top && box.bottom <= pane.bottom : false;
        }),
      )
      .toBe(true);
    expect(await mark.textContent()).toBe(await page.evaluate(() => window.scenario.texts.theses[3]));
    await page.keyboard.press('Escape');
    await page.waitForSelector('.synopsis-overlay', { state: 'detached' });
    await page.keyboard.press('Escape');
    await page.waitForSelector('.app-right', { state: 'detached' });
  });

  test('Escape in a menu or a dialog closes only that', async () => {
    const page = await open();
    await openMain(page);
    await page.keyboard.press('Control+Shift+K');
    await page.locator('.synopsis-tools .icon-button').nth(1).click();
    await page.waitForSelector('.menu');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.menu', { state: 'detached' });
    expect(await page.locator('.synopsis-overlay').count()).toBe(1);
    await page.keyboard.press('Control+,');
    await page.waitForSelector('.settings');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.settings', { state: 'detached' });
    expect(await page.locator('.synopsis-overlay').count()).toBe(1);
  });

  test('sends with Enter, breaks the line with Shift+Enter, and a slash command makes a synopsis', async () => {
    const page = await open();
    await openMain(page);
    const input = page.locator('.composer-input');
    await input.fill('one');
    await input.press('Shift+Enter');
    await input.pressSequentially('two');
    await input.press('Enter');
    await page.locator('.message-said', { hasText: /one\s+two/u }).waitFor();
    expect(await input.inputValue()).toBe('');
    await input.fill('/конспект');
    await input.press('Enter');
    await page.waitForSelector('.synopsis-making');
  });
});

describe('material', { timeout: 60_000 }, () => {
  test('a dropped file becomes a document, a pasted address and a long text are offered', async () => {
    const page = await open();
    await openMain(page);
    await page.evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File(['text'], 'dropped.txt', { type: 'text/plain' }));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
    });
    await page.locator('.document-title', { hasText: 'dropped.txt' }).waitFor();
    const input = page.locator('.composer-input');
    await page.evaluate(() => navigator.clipboard.writeText('https://example.org/page'));
    await input.focus();
    await page.keyboard.press('Control+v');
    await page.locator('.composer-offer .button-accent').click();
    await page.locator('.document-title', { hasText: 'example.org/page' }).waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('слово '.repeat(900)));
    await input.focus();
    await page.keyboard.press('Control+v');
    expect(await input.inputValue()).toBe('');
    await page.locator('.composer-offer .button-quiet').click();
    expect((await input.inputValue()).length).toBe(5_400);
  });

  test('an answer shows no raw HTML, no remote image, and its links go through main', async () => {
    const page = await open();
    await openMain(page);
    const requests: string[] = [];
    page.on('request', request => requests.push(request.url()));
    await page.evaluate(() => {
      const { backend, main } = window.scenario;
      backend.putMessages(
        backend.newMessage(
          main.id,
          'assistant',
          '<img src="https://evil.example/a.png" onerror="alert(1)">\n\n![pixel](https://evil.example/b.png)\n\n[link](https://good.example/) [bad](javascript:alert(1)) hostile',
        ),
      );
    });
    const answer = page.locator('.markdown', { hasText: 'hostile' });
    await answer.waitFor();
    expect(await answer.locator('img, script, iframe').count()).toBe(0);
    await answer.locator('a', { hasText: 'link' }).click();
    expect(await page.evaluate(() => window.scenario.backend.calls.findLast(call => call.route === 'app.openLink')?.input)).toEqual({
      url: 'https://good.example/',
    });
    expect(await answer.locator('a[href^="javascript"]').count()).toBe(0);
    expect(requests).toEqual([]);
    expect(page.url()).not.toContain('good.example');
  });
});

test('formulas are set, prices are not, and what cannot be set is shown as it is written', async () => {
  const page = await open();
  await openMain(page);
  await page.evaluate(() => {
    const { backend, main } = window.scenario;
    backend.putMessages(
      backend.newMessage(
        main.id,
        'assistant',
        'It costs $5 for **one** and $10 for two.\n\nHere $a_1^2 + b_1$ and $\\frac{1$ and \\$x\\$.\n\n$$\n\\sum_{n=1}^{9} n \\href{javascript:alert(1)}{k}\n$$\n\n`$code$` formulas',
      ),
    );
  });
  const answer = page.locator('.markdown', { hasText: 'formulas' });
  await answer.locator('math').first().waitFor();
  expect(await answer.locator('math').first().locator('msubsup, msup, msub').count()).toBeGreaterThan(0);
  expect(await answer.textContent()).toContain('It costs $5 for one and $10 for two.');
  expect(await answer.locator('strong').textContent()).toBe('one');
  expect(await answer.textContent()).toContain('$\\frac{1$');
  expect(await answer.locator('code', { hasText: '$code$' }).count()).toBe(1);
  expect(await answer.locator('[href]').count()).toBe(0);
});

describe('what a job asks', { timeout: 60_000 }, () => {
  test('is told whole under the answer that waits, as data, and allowed with the keys alone', async () => {
    const page = await open('language=en&theme=light');
    await openMain(page);
    await page.evaluate(() => void window.scenario.putAsks());
    const card = page.locator('.transcript .ask-card');
    await card.waitFor();
    expect(await card.locator('.ask-destination').textContent()).toBe(
      'https://lists.example.org@upload.collector-service.example.net/v1/lists/2026-spring-planning/items?visibility=everyone',
    );
    expect(await card.locator('.ask-host').textContent()).toBe('upload.collector-service.example.net');
    expect(await card.locator('.ask-fields dt').allTextContents()).toEqual(['list', 'title', 'text', 'share']);
    expect(await card.locator('.ask-fields dd').nth(2).textContent()).toBe(
      '**Allowed** <b>before</b>\n1. Budget ⟨U+202E⟩tser⟨U+202C⟩\n2. Dates',
    );
    expect(await card.locator('.ask-fields b, .ask-fields strong').count()).toBe(0);
    await card.getByRole('button', { name: 'Show exactly what will be sent' }).click();
    const payload = await card.locator('.ask-payload').textContent();
    expect(payload).toContain('"**Allowed** <b>before</b>\\n1. Budget ⟨U+202E⟩tser⟨U+202C⟩\\n2. Dates"');
    expect(payload).not.toMatch(/[\u202A-\u202E]/u);
    expect(await card.locator('.ask-payload b, .ask-payload strong').count()).toBe(0);
    // Nothing is cut off: the address has all its lines, and the payload scrolls.
    expect(
      await card
        .locator('.ask-destination')
        .evaluate(element => [
          element.scrollWidth <= element.clientWidth || element.clientWidth === 0,
          getComputedStyle(element).textOverflow,
        ]),
    ).toEqual([true, 'clip']);
    await card.locator('.ask-payload').focus();
    await card.getByRole('button', { name: 'Allow', exact: true }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Allow for this task');
    await page.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });
    expect(
      await page.evaluate(() =>
        window.scenario.backend.calls.filter(({ route }) => route === 'approvals.answer').map(({ input }) => input),
      ),
    ).toMatchObject([{ decision: 'allow', scope: 'job', answer: null }]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('log');
    await expect.poll(() => page.locator('[aria-live=polite]').allTextContents()).toContain('Allowed, the task goes on.');
  });

  test('cannot be allowed by a click that was on its way when the card came up', async () => {
    const page = await open('language=en&theme=light');
    await openMain(page);
    const wasDisabled = await page.evaluate(async () => {
      window.scenario.putAsks();
      for (;;) {
        const button = document.querySelector<HTMLButtonElement>('.ask-card .button-accent');
        if (button) return button.disabled;
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
    });
    expect(wasDisabled).toBe(true);
  });

  test('is answered from the list of tasks, in words or by a choice; a second window is told that it was too late', async () => {
    const page = await open('language=en&theme=dark');
    await openMain(page);
    await page.evaluate(() => void window.scenario.putAsks());
    await page.keyboard.press('Control+j');
    await page.getByRole('button', { name: 'Answer the task “Find sources”' }).click();
    const field = page.getByRole('dialog').getByRole('textbox', { name: 'Your answer' });
    await field.fill('2019 to 2024');
    await page.getByRole('dialog').getByRole('button', { name: 'Answer', exact: true }).and(page.locator(':enabled')).waitFor();
    await field.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const choice = page.locator('.asks-of-chat .ask-card');
    expect(await choice.locator('.ask-note').first().textContent()).toBe('Task “Compare three leases”');
    // The other window was quicker, and this one has not heard of it.
    await page.evaluate(() => window.scenario.backend.approvals.beQuicker());
    await choice.getByRole('button', { name: 'Term' }).click();
    await page.getByText('This has been answered already. The first answer stands.').first().waitFor();
    await choice.getByRole('button', { name: 'Term' }).click();
    await choice.waitFor({ state: 'detached' });
    expect(
      await page.evaluate(() =>
        window.scenario.backend.calls.flatMap(({ route, input }) =>
          route === 'approvals.answer' ? [(input as { answer: string }).answer] : [],
        ),
      ),
    ).toEqual(['2019 to 2024', 'Term', 'Term']);
  });

  test.each(['language=ru&theme=light', 'language=en&theme=dark'])('is free of axe violations (%s)', async query => {
    const page = await open(query);
    await openMain(page);
    await page.evaluate(() => void window.scenario.putAsks());
    await page.locator('.ask-card .button-accent:enabled').first().waitFor();
    const inChat = await violations(page);
    await page.keyboard.press('Control+j');
    await page.locator('.job-row-main').first().click();
    await page.locator('.inspector .ask-card').waitFor();
    await page.locator('.inspector .ask-card .button-quiet:enabled').waitFor();
    expect([inChat, await violations(page)]).toEqual([[], []]);
  });
});

describe('long lists', { timeout: 60_000 }, () => {
  test('a chat of a thousand messages keeps few of them in the document and stays at its end while an answer grows', async () => {
    const page = await open();
    await page.evaluate(() => {
      const { backend, main } = window.scenario;
      for (let at = 0; at < 1_000; at += 1) {
        const message = backend.newMessage(
          main.id,
          at % 2 === 0 ? 'person' : 'assistant',
          `Сообщение ${at}. ${'Длинный текст ответа. '.repeat(at % 9)}`,
        );
        backend.messages.set(message.id, message);
      }
    });
    await openMain(page);
    await page.locator('.message', { hasText: 'Сообщение 999.' }).waitFor();
    expect(await page.locator('.message').count()).toBeLessThan(60);
    await page.evaluate(() => {
      const { backend, main } = window.scenario;
      const answer = backend.newMessage(main.id, 'assistant', '', { state: 'streaming' });
      for (let at = 1; at <= 40; at += 1)
        backend.putMessages({ ...answer, text: `Абзац ответа.\n\n`.repeat(at) + (at === 40 ? 'Самый конец.' : '') });
    });
    const end = page.locator('.markdown', { hasText: 'Самый конец.' });
    await end.waitFor();
    await expect
      .poll(() =>
        page.evaluate(() => {
          const scroll = document.querySelector('.transcript-scroll');
          return scroll ? Math.round(scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight) : -1;
        }),
      )
      .toBeLessThan(4);
    // Earlier pages come in above without moving what is read.
    await page.evaluate(() => {
      const scroll = document.querySelector('.transcript-scroll');
      if (scroll) scroll.scrollTop = 0;
    });
    await expect
      .poll(() => page.evaluate(() => window.scenario.backend.calls.filter(call => call.route === 'messages.list').length))
      .toBeGreaterThan(1);
  });

  test('a thousand queued jobs are a few rows', async () => {
    const page = await open();
    await openMain(page);
    await page.evaluate(() => {
      const { backend, main } = window.scenario;
      for (let at = 0; at < 1_000; at += 1) backend.putJob(backend.newJob('document.import', main.id, `Файл ${at}.pdf`));
    });
    await page.keyboard.press('Control+j');
    await page.waitForSelector('.job-row');
    expect(await page.locator('.job-row').count()).toBeLessThan(40);
    await page.locator('.strip-tasks', { hasText: /1\s?000 в очереди/u }).waitFor();
  });
});

describe('a synopsis over the conversation', { timeout: 60_000 }, () => {
  test('leaves the composer, and what it covers is out of reach', async () => {
    const page = await open();
    await openMain(page);
    await page.keyboard.press('Alt+k');
    await page.waitForSelector('.synopsis-overlay .synopsis-title');
    expect(await page.locator('.app-chat').evaluate(element => (element as HTMLElement).inert)).toBe(true);
    const [overlay, composer] = [await page.locator('.synopsis-overlay').boundingBox(), await page.locator('.composer').boundingBox()];
    if (!overlay || !composer) throw new Error('The overlay or the composer is not on the screen.');
    expect(overlay.y + overlay.height).toBeLessThanOrEqual(composer.y);
    // Every stop of the Tab key is on the screen and uncovered.
    for (let at = 0; at < 60; at += 1) {
      await page.keyboard.press('Tab');
      const reached = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body) return true;
        return focused.closest('[inert]') === null;
      });
      expect(reached).toBe(true);
    }
    await page.locator('.composer-input').fill('и ещё вопрос');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.synopsis-overlay', { state: 'detached' });
  });

  test('a citation keeps its place when the source opens beside it, and so does a docked synopsis', async () => {
    const page = await open();
    await openMain(page);
    await page.keyboard.press('Alt+k');
    const chip = page.locator('.synopsis-overlay .citation').nth(14);
    await chip.scrollIntoViewIfNeeded();
    await chip.evaluate(element => element.scrollIntoView({ block: 'center' }));
    const before = await chip.boundingBox();
    await chip.click();
    await page.waitForSelector('.reader');
    const after = await chip.boundingBox();
    if (!before || !after) throw new Error('The citation is not on the screen.');
    expect(Math.abs(after.y - before.y)).toBeLessThan(30);

    await page.locator('.synopsis-overlay-bar .icon-button').nth(-2).click();
    const docked = page.locator('.app-right .synopsis-scroll');
    await docked.evaluate(element => element.scrollTo(0, 500));
    await expect.poll(() => docked.evaluate(element => element.scrollTop)).toBe(500);
    await docked
      .locator('.citation')
      .nth(10)
      .evaluate(element => (element as HTMLElement).click());
    await page.waitForSelector('.reader');
    await page.locator('.tab', { hasText: 'Конспект' }).click();
    await expect.poll(() => docked.evaluate(element => element.scrollTop)).toBe(500);
  });
});

describe('trouble', { timeout: 60_000 }, () => {
  test('a lost channel is said at the foot, a full disk too, and both go away', async () => {
    const page = await open('language=en&theme=dark');
    await openMain(page);
    await page.evaluate(() => window.scenario.backend.loseChannel());
    await page.locator('.strip-trouble', { hasText: 'connection' }).waitFor();
    await page.evaluate(() => window.scenario.backend.reopenChannel());
    await page.waitForSelector('.strip-trouble', { state: 'detached' });
    await page.evaluate(() => window.scenario.backend.changeStatus({ storage: 'full' }));
    await page.locator('.strip-trouble', { hasText: 'disk is full' }).waitFor();
  });

  test('a removed chat can be taken back', async () => {
    const page = await open();
    await openMain(page);
    const row = page.locator('.session-row-open');
    await row.hover();
    await row.locator('.session-menu').click();
    await page.locator('.menu-item-danger').click();
    await page.locator('.toast-action').click();
    await page.locator('.session-row-open', { hasText: 'лекция и дворы' }).waitFor();
  });

  test('a notice covers nothing, speaks the present language, stays under the pointer and goes by itself', async () => {
    const page = await open('language=ru&theme=light', { width: 900, height: 600 });
    await page.clock.install();
    await openMain(page);
    const row = page.locator('.session-row-open');
    await row.hover();
    await row.locator('.session-menu').click();
    await page.locator('.menu-item-danger').click();
    const toast = page.locator('.toast', { hasText: 'удалён' });
    await toast.waitFor();
    await page.keyboard.press('Control+j');
    await page.waitForSelector('.job-panel, .app-tasks');
    const box = await toast.boundingBox();
    if (!box) throw new Error('The notice is not on the screen.');
    const covered = await page.evaluate(
      ({ x, y, width, height }) =>
        [...document.querySelectorAll('button, input, textarea, [role="tab"]')].filter(control => {
          const at = control.getBoundingClientRect();
          const meets = at.left < x + width && at.right > x && at.top < y + height && at.bottom > y;
          return meets && at.width > 1 && control.closest('.toast') === null;
        }).length,
      box,
    );
    expect(covered).toBe(0);
    await page.evaluate(() => window.scenario.backend.changeSettings({ language: 'en' }));
    const english = page.locator('.toast', { hasText: 'is deleted' });
    await english.hover();
    await page.clock.runFor(60_000);
    await english.waitFor();
    await page.mouse.move(10, 10);
    await page.clock.runFor(13_000);
    await english.waitFor({ state: 'detached' });
  });

  test('language and theme change at once', async () => {
    const page = await open();
    await page.keyboard.press('Control+,');
    await page.locator('.segment', { hasText: 'English' }).click();
    await page.locator('.dialog-title', { hasText: 'Settings' }).waitFor();
    await page.locator('.segment', { hasText: 'Dark' }).click();
    await expect
      .poll(() => page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']]))
      .toEqual(['en', 'dark']);
  });
});

describe('answers of a model', { timeout: 60_000 }, () => {
  const drawn = (page: Page): Promise<void> =>
    page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
  const placeOf = (page: Page): Promise<{ top: number; left: number }> =>
    page.locator('.transcript-scroll').evaluate(element => ({
      top: element.scrollTop,
      left: element.scrollHeight - element.scrollTop - element.clientHeight,
    }));
  async function growTo(page: Page, pieces: number): Promise<void> {
    await page.evaluate(async count => {
      const { answers, backend } = window.scenario;
      const answer =
        [...backend.messages.values()].find(({ state }) => state === 'pending' || state === 'streaming') ?? answers.ask().answer;
      for (let at = 0; at < count; at += 1) {
        answers.write(answer.id, `Paragraph ${at} of an answer that grows.\n\n`);
        await new Promise(requestAnimationFrame);
      }
    }, pieces);
    await drawn(page);
  }

  test('who reads the end follows it, and who reads above is left in peace', async () => {
    const page = await open('language=en&theme=light', { width: 900, height: 600 });
    await openMain(page);
    await growTo(page, 40);
    await expect.poll(async () => (await placeOf(page)).left).toBeLessThan(48);
    await page.locator('.transcript-scroll').hover();
    await page.mouse.wheel(0, -300);
    await page.locator('.transcript-end').waitFor();
    const before = await placeOf(page);
    const seen = page.locator('.markdown p', { hasText: 'Paragraph 30 of' });
    const boxBefore = await seen.boundingBox();
    await growTo(page, 40);
    expect((await placeOf(page)).top).toBe(before.top);
    expect(await seen.first().boundingBox()).toEqual(boxBefore);
    expect((await placeOf(page)).left).toBeGreaterThan(before.left);
  });

  test('code is copied as it was written', async () => {
    const page = await open();
    await openMain(page);
    await page.evaluate(() => void window.scenario.answers.answered());
    await page.locator('.code-block button').click();
    await page.locator('.toast').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^setup_difference = [\s\S]+года"\)$/u);
  });

  test('links to a task, a section and a quoted passage are copied where each of them is seen', async () => {
    const page = await open();
    await openMain(page);
    const copied = async () => {
      await page.locator('.toast', { hasText: 'Ссылка скопирована' }).waitFor();
      await page.locator('.toast .icon-button').click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await page.evaluate(() => window.scenario.fillJobs());
    await page.keyboard.press('Control+j');
    const row = page.locator('.job-row').first();
    await row.hover();
    await row.getByRole('button', { name: /^Копировать ссылку: / }).click();
    expect(await copied()).toMatch(/^konspekt:\/\/job\/[0-9a-f-]{36}$/u);
    await page.keyboard.press('Control+j');

    await page.keyboard.press('Control+Shift+K');
    await page.locator('[data-section="theses"]').hover();
    await page.locator('[data-section="theses"] .section-menu').click();
    await page.getByRole('menuitem', { name: 'Копировать ссылку' }).click();
    expect(await copied()).toMatch(/^konspekt:\/\/synopsis\/[0-9a-f-]{36}\?section=theses$/u);

    await page.locator('.items-theses .citation').first().hover();
    await page.locator('.citation-card').getByRole('button', { name: 'Копировать ссылку' }).click();
    expect(await copied()).toMatch(/^konspekt:\/\/source\/[0-9a-f]{64}\?chat=[0-9a-f-]{36}&document=[0-9a-f-]{36}&start=\d+&end=\d+$/u);
  });

  test('a question is changed with the keyboard alone, and its versions are gone between', async () => {
    const page = await open('language=en&theme=light');
    await openMain(page);
    await page.evaluate(() => void window.scenario.answers.answered());
    const pencil = page.getByRole('button', { name: 'Change and ask again' }).last();
    await pencil.focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: 'Changed message' });
    await page.keyboard.type(' In one line.');
    await page.keyboard.press('Escape');
    await expect.poll(() => pencil.evaluate(element => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await field.fill('Which way is cheaper?');
    await page.keyboard.press('Enter');
    await page.locator('.message-said', { hasText: 'Which way is cheaper?' }).waitFor();
    await page.getByRole('group', { name: 'Version 2 of 2' }).getByRole('button', { name: 'Previous version' }).click();
    await page.locator('.message-said', { hasText: 'Compare the costs' }).waitFor();
    await page.locator('.code-block').waitFor();
  });

  test('a message goes to the background by key, by command and by switch', async () => {
    const page = await open('language=en&theme=light');
    await openMain(page);
    await page.evaluate(() => window.scenario.answers.connect());
    const sent = () =>
      page.evaluate(() =>
        window.scenario.backend.calls
          .filter(({ route }) => route === 'messages.send')
          .map(({ input }) => [(input as { text: string }).text, (input as { inBackground: boolean }).inBackground]),
      );
    const input = page.locator('.composer-input');
    await input.fill('by key');
    await page.keyboard.press('Control+Shift+Enter');
    await expect.poll(() => input.inputValue()).toBe('');
    await input.fill('/background by command');
    await page.keyboard.press('Enter');
    await expect.poll(() => input.inputValue()).toBe('');
    const button = page.getByRole('button', { name: 'In background' });
    await button.click();
    await input.fill('by switch');
    await page.keyboard.press('Enter');
    await expect.poll(() => input.inputValue()).toBe('');
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false');
    await input.fill('an ordinary one');
    await page.keyboard.press('Enter');
    await expect.poll(sent).toEqual([
      ['by key', true],
      ['by command', true],
      ['by switch', true],
      ['an ordinary one', false],
    ]);
  });

  test.each(['language=ru&theme=light', 'language=en&theme=dark'])(
    'their states are free of axe violations (%s)',
    async query => {
      const page = await open(query, { width: 900, height: 600 });
      await openMain(page);
      const found: Record<string, readonly string[]> = {};
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.connect();
        answers.answered();
      });
      await page.locator('.message-steps-open').click();
      await page.waitForSelector('.message-steps');
      found['whole'] = await violations(page);
      await page.locator('.message-person .message-actions button').last().click();
      await page.waitForSelector('.message-editor');
      found['changed'] = await violations(page);
      await page.keyboard.press('Escape');
      await page.evaluate(() => {
        const { answers } = window.scenario;
        answers.failed('stream_cut');
        answers.background();
        answers.write(answers.ask().answer.id, 'It grows');
      });
      // Who changed a question reads there, and goes to the end by hand.
      await page.locator('.transcript-end').click();
      await page.waitForSelector('.message-streaming');
      await page.locator('.composer-background').click();
      found['growing'] = await violations(page);
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    },
    120_000,
  );
});
