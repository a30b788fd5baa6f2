import type { ElementHandle, Page } from 'playwright-core';
import { effectOfAction, type BrowserAction, type BrowserActionName } from '../../shared/domain/browser.ts';
import { openMs, perform, type Acting } from './act.ts';
import { atMost } from './at-most.ts';
import { BrowserFault, PageQuestion, type BrowserSession, type OpenSession, type PagePicture } from './browser-session.ts';
import { dialogAnswerOf, mayBeAsked } from './dialog-answer.ts';
import { startFilterProxy, type Refusal, type RefusalReason } from './filter-proxy.ts';
import { launchBrowser, viewport } from './launch-browser.ts';
import { createLiveFrames } from './live-frames.ts';
import { locate } from './locate.ts';
import { readLoginSession } from './login-session.ts';
import { markPicture } from './mark-picture.ts';
import { boundedSnapshot, refsIn, snapshotChanges } from './page-snapshot.ts';
import { previewAction } from './preview.ts';
import { readFault } from './read-fault.ts';
import { createSecretCover } from './secret-cover.ts';
import { baredBoxes, coverColour, coverPicture, secretPlaces } from './secret-places.ts';
import { followTabs } from './session-tabs.ts';

/** Milliseconds a page may stand still before it counts as hung: a heavy one is busy for a few seconds. */
const hungMs = 10_000;
/** Milliseconds a page that is busy with what was pressed is waited for before it is looked at. */
const settleMs = 2_000;
/** Of a hundred: a picture for a card and a trace takes some 80 kB. */
const pictureQuality = 70;
/** Actions that are answered by the page itself. */
const asksPage: ReadonlySet<BrowserActionName> = new Set(['find', 'snapshot', 'read', 'extract']);
/** Milliseconds a page has to say where it shows secrets, or what it has stored: one that stands still says neither. */
const askedMs = 2_000;

const mib = 1_048_576;
const overfull = (heldBytes: number): string =>
  `The page held ${Math.round(heldBytes / mib)} MB of memory, more than a page may, and was ended. Open another one, or less of it at once.`;

const refusalWords: Readonly<Record<RefusalReason, (host: string) => string>> = {
  not_allowed: host => `The page led to ${host}, which is not in the plan of this task.`,
  private_address: host => `${host} is in the person's own network, and they have not allowed it in the settings.`,
  unknown_host: host => `There is no site called ${host}, or no network.`,
  unreachable: host => `${host} could not be connected to.`,
};
function refusalFault({ why }: Refusal, url: string): BrowserFault {
  const { host } = new URL(url);
  return new BrowserFault(why, refusalWords[why](host), host);
}

/** Starts a browser of a task's own behind its own proxy. */
export async function openSession(given: OpenSession): Promise<BrowserSession> {
  given.signal.throwIfAborted();
  const proxy = await startFilterProxy(given.policy);
  const launched = await launchBrowser(given, proxy.port).catch(async (error: unknown) => {
    await proxy.close();
    throw error;
  });
  const { context } = launched;
  async function prepared(): ReturnType<typeof followTabs> {
    if (given.login?.session) await context.setStorageState(given.login.session);
    return followTabs(context, given.signal);
  }
  const tabs = await prepared().catch(async (error: unknown) => {
    await launched.close();
    await proxy.close();
    throw error;
  });
  const frames = createLiveFrames();
  const cover = createSecretCover({ user: given.login?.user ?? null, password: given.login?.password ?? null });
  const hidden: ElementHandle[] = [];
  const blocked = new Set<string>();
  /** What the policy has stopped is told to whoever asks; the network's own failures are not. */
  function refusedNow(): readonly Refusal[] {
    const taken = proxy.takeRefused();
    for (const { address, why } of taken) if (why === 'not_allowed' || why === 'private_address') blocked.add(address);
    return taken;
  }
  let wantsDownload = false;
  let personHolds = false;
  let last: { readonly page: Page; readonly url: string; readonly snapshot: string; readonly refs: ReadonlySet<string> } | null = null;

  context.setDefaultTimeout(openMs);
  const news: string[] = [];
  const watchDownloads = (page: Page): void => {
    page.on('download', download => {
      if (wantsDownload) return;
      news.push(`The page began to download “${download.suggestedFilename().slice(0, 200)}”; it was stopped.`);
      void download.cancel().catch(() => undefined);
    });
  };
  for (const page of context.pages()) watchDownloads(page);
  context.on('page', watchDownloads);

  /** A page that stands still answers nothing, and asking it waits for ever. */
  async function unlessHung<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<never>((_, fail) => {
      timer = setTimeout(() => {
        tabs.lose(tabs.shown());
        fail(new BrowserFault('page_hung', 'The page stands still and answers nothing. Open it again, or another one.'));
      }, hungMs);
    });
    try {
      return await Promise.race([work, hung]);
    } finally {
      clearTimeout(timer);
    }
  }

  function keepSnapshot(page: Page, taken: string): string {
    const snapshot = cover.text(taken);
    last = { page, url: page.url(), snapshot, refs: refsIn(snapshot) };
    return snapshot;
  }
  const titleOf = (page: Page): Promise<string> => page.title().catch(() => '');
  const askSnapshot = (page: Page): Promise<string> => page.ariaSnapshot({ mode: 'ai' });
  const takeSnapshot = async (page: Page): Promise<string> => keepSnapshot(page, await unlessHung(askSnapshot(page)));

  /**
   * Asks the page that stands there, which answers once it has taken in what was pressed, and waits for the page that was asked for by
   * that. Null where the answer is of a page that has left since, or there is none.
   */
  async function settled<T>(ask: (page: Page) => Promise<T>): Promise<T | null> {
    const page = tabs.shown();
    const isLeft = tabs.arrival(page) !== null;
    const answer = isLeft ? null : await atMost(settleMs, ask(page));
    const arrival = tabs.arrival(tabs.shown());
    if (arrival === null && page === tabs.shown()) return answer;
    if (arrival !== null) await atMost(openMs, arrival);
    return null;
  }

  const acting: Acting = {
    given,
    tabs,
    refs: () => (last !== null && last.page === tabs.shown() ? last.refs : new Set()),
    snapshot: takeSnapshot,
    hide(field) {
      hidden.push(field);
    },
    expectDownload(isWanted) {
      wantsDownload = isWanted;
    },
  };

  /**
   * What has changed since the last look, and the title. An action that changes the page settles by this look: that spares it a trip of its
   * own to the browser.
   */
  async function whatIsThere(settles: boolean): Promise<{ readonly told: string; readonly title: string }> {
    const before = last;
    const look = (asked: Page) => Promise.all([askSnapshot(asked), titleOf(asked)]);
    const taken = settles ? await settled(look) : null;
    const page = tabs.shown();
    const [snapshot, title] = taken ?? (await unlessHung(look(page)));
    const now = keepSnapshot(page, snapshot);
    const told =
      before !== null && before.page === page && before.url === page.url() ? snapshotChanges(before.snapshot, now) : boundedSnapshot(now);
    return { told, title };
  }

  async function usablePage(action: BrowserAction): Promise<Page> {
    const page = tabs.shown();
    if (!tabs.isLost(page)) return page;
    if (action.do === 'open' || action.do === 'tabs') {
      launched.takeOverfull();
      return tabs.renew();
    }
    throw new BrowserFault('page_crashed', 'The page has crashed or stands still. Open it again, or another one.');
  }

  async function inWords<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      given.signal.throwIfAborted();
      throw withoutSecrets(ofNetwork(ofMemory(readFault(error))));
    }
  }
  /** What pages ask meanwhile is answered as the action says; what they asked before it is no question of its own. */
  async function answering<T>(action: BrowserAction, work: () => Promise<T>): Promise<T> {
    tabs.takeQuestions();
    tabs.answerWith(dialogAnswerOf(action));
    try {
      return await inWords(work);
    } finally {
      tabs.answerWith(null);
    }
  }
  /** A page whose process was ended for what it held has crashed like any other. */
  function ofMemory(fault: Error): Error {
    const held = fault instanceof BrowserFault && fault.code === 'page_crashed' ? launched.takeOverfull() : null;
    return held === null ? fault : new BrowserFault('page_too_large', overfull(held));
  }
  /** The browser says only that there was no answer; the way out knows why. */
  function ofNetwork(fault: Error): Error {
    const refused = fault instanceof BrowserFault && fault.code === 'unreachable' ? refusedNow().at(-1) : undefined;
    return refused === undefined ? fault : refusalFault(refused, refused.address);
  }
  function withoutSecrets(fault: Error): Error {
    if (!(fault instanceof BrowserFault)) {
      const message = cover.text(fault.message);
      return message === fault.message ? fault : new Error(message);
    }
    const [message, subject] = [cover.text(fault.message), cover.text(fault.subject)];
    return message === fault.message && subject === fault.subject ? fault : new BrowserFault(fault.code, message, subject);
  }

  return {
    preview: action =>
      inWords(async () => {
        const page = await usablePage(action);
        return cover.deep(
          await unlessHung(previewAction(action, page, { refs: acting.refs(), snapshot: last?.snapshot ?? '', policy: given.policy })),
        );
      }),

    perform: action =>
      answering(action, async () => {
        if (personHolds) throw new BrowserFault('person_holds', 'The person has the browser in hand. Wait until it is given back.');
        const page = await usablePage(action);
        refusedNow();
        const work = perform(action, page, acting);
        // What acts on an element has a limit of its own; asking a page has none.
        const said = await (asksPage.has(action.do) ? unlessHung(work) : work);
        const settles = effectOfAction[action.do] !== 'read';
        const looks = said.text === undefined && action.do !== 'screenshot';
        if (settles && !looks) await settled(asked => asked.evaluate('0'));
        const { told, title } = looks ? await whatIsThere(settles) : { told: said.text ?? '', title: await titleOf(tabs.shown()) };
        const shown = tabs.shown();
        const refused = refusedNow().find(({ address }) => shown.url().startsWith(address));
        if (refused !== undefined) throw refusalFault(refused, shown.url());
        const also = [...tabs.takeNews(), ...news.splice(0)];
        const [question] = tabs.takeQuestions();
        if (question !== undefined && mayBeAsked(action))
          throw new PageQuestion(cover.text(question), cover.text([...also, told].join('\n')));
        return {
          url: cover.text(shown.url()),
          title: cover.text(title).slice(0, 500),
          text: cover.text([...also, told].join('\n')),
          file: said.file === undefined || said.file === null ? null : { ...said.file, name: cover.text(said.file.name) },
          rows: cover.deep(said.rows ?? null),
          staysOnPage: said.staysOnPage === true,
          httpError: said.httpError ?? null,
        };
      }),

    picture: marked =>
      inWords(async () => {
        const page = tabs.shown();
        const element = marked === undefined ? null : await locate(page, marked, acting.refs()).catch(() => null);
        await element?.scrollIntoViewIfNeeded({ timeout: settleMs }).catch(() => undefined);
        const taken = await unlessHung(
          page.screenshot({
            type: 'jpeg',
            quality: pictureQuality,
            mask: [...secretPlaces(page, cover.words)],
            maskColor: coverColour,
            animations: 'allow',
            caret: 'initial',
          }),
        );
        const typed = await Promise.all(hidden.map(field => field.boundingBox().catch(() => null)));
        const size = page.viewportSize() ?? viewport;
        const jpeg = await coverPicture(
          taken,
          typed.filter(each => each !== null),
          size.width,
        );
        const box = element === null ? null : await element.boundingBox().catch(() => null);
        return { jpeg: box === null ? jpeg : await markPicture(jpeg, box), ...size } satisfies PagePicture;
      }),

    nextFrame: signal =>
      inWords(async () => {
        const page = tabs.shown();
        const picture = await frames.next(page, signal);
        if (picture === null || cover.words.length === 0) return picture;
        // SECURITY: a picture of which nobody can say whether it shows a secret is not shown.
        const boxes = await atMost(askedMs, baredBoxes(page, cover.words, hidden));
        return boxes === null ? null : { ...picture, jpeg: await coverPicture(picture.jpeg, boxes, picture.width) };
      }),
    stopFrames: () => frames.stop(),

    hold(byPerson) {
      personHolds = byPerson;
    },

    input: events =>
      inWords(async () => {
        const page = tabs.shown();
        for (const event of events) {
          if (event.type === 'text') await page.keyboard.insertText(event.text);
          else if (event.type === 'key') await page.keyboard[event.what](event.key);
          else if (event.type === 'wheel') {
            await page.mouse.move(event.x, event.y);
            await page.mouse.wheel(event.dx, event.dy);
          } else if (event.what === 'move') await page.mouse.move(event.x, event.y);
          else {
            await page.mouse.move(event.x, event.y);
            await page.mouse[event.what]({ button: event.button });
          }
        }
      }),

    tabs: () =>
      Promise.all(
        tabs.all().map(async (page, index) => ({
          index,
          title: cover.text(await page.title().catch(() => '')).slice(0, 500),
          url: cover.text(page.url()).slice(0, 4_096),
          isShown: page === tabs.shown(),
        })),
      ),

    takeBlocked() {
      refusedNow();
      const taken = [...blocked];
      blocked.clear();
      return taken.map(cover.text);
    },

    loginSession: async () => (given.login === null ? null : atMost(askedMs, readLoginSession(context, given.login))),

    async close() {
      await frames.stop();
      await launched.close();
      await proxy.close();
    },
  };
}
