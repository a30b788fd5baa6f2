import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { documentId, type DocumentId } from '../../shared/domain/ids.ts';
import { wire } from '../app/wiring.ts';
import { createServices } from './services.ts';
import { createViewStore } from './view-store.ts';
import { createClient } from '../../shared/contract/client.ts';
import { createScenario } from '../../../test/support/memory-scenario.ts';
import { settle, openWindow, windowNowMs } from '../../../test/support/open-window.ts';
import { inRussian } from '../../../test/support/speech.ts';

const anyDocument = (): DocumentId => documentId.parse(v7());

describe('the layout', () => {
  test('folded groups are remembered, and a spoilt memory folds none', () => {
    let written = '';
    const memory = { read: () => written, write: (text: string) => void (written = text) };
    const view = createViewStore(memory);
    view.foldGroup('done', true);
    view.foldGroup('failed', true);
    view.foldGroup('done', false);
    expect(createViewStore(memory).getState().foldedGroups).toEqual(['failed']);
    written = '{"foldedGroups":["strange","queued"]}';
    expect(createViewStore(memory).getState().foldedGroups).toEqual(['queued']);
    written = '{"foldedGroups":"done"}';
    expect(createViewStore(memory).getState().foldedGroups).toEqual([]);
  });

  test('how a document is looked at is remembered for it, and for those nothing was chosen for', () => {
    let written = '';
    const memory = { read: () => written, write: (text: string) => void (written = text) };
    const [report, book, scan] = [anyDocument(), anyDocument(), anyDocument()];
    const view = createViewStore(memory);
    expect(view.getState().usualForm).toBe('original');
    view.chooseForm(report, 'text');
    view.chooseForm(book, 'original');
    // The pages of this one cannot be shown: that says nothing of others.
    view.chooseForm(scan, 'text', true);
    view.setPageZoom(1.25);
    const again = createViewStore(memory).getState();
    expect([...again.formsChosen]).toEqual([
      [report, 'text'],
      [book, 'original'],
      [scan, 'text'],
    ]);
    expect([again.usualForm, again.pageZoom]).toEqual(['original', 1.25]);
    for (let other = 0; other < 300; other += 1) view.chooseForm(anyDocument(), 'text');
    expect(createViewStore(memory).getState().formsChosen.size).toBe(200);
    expect(createViewStore(memory).getState().formsChosen.has(report)).toBe(false);
    written = '{"formsChosen":[["a","upside down"],7],"usualForm":"film","pageZoom":"large"}';
    const { formsChosen, usualForm, pageZoom } = createViewStore(memory).getState();
    expect([formsChosen.size, usualForm, pageZoom]).toEqual([0, 'original', null]);
  });

  test('Escape closes what is on top, one after the other', async () => {
    const {
      services: { view },
    } = await openWindow();
    view.showSources();
    view.toggleTasks();
    view.showSynopsis();
    view.setDialog('settings');
    const open = (): unknown[] => [
      view.getState().dialog,
      view.getState().synopsisOverlay,
      view.getState().tasksOpen,
      view.getState().rightOpen,
    ];
    expect(view.closeTop()).toBe(true);
    expect(open()).toEqual([null, true, true, true]);
    view.closeTop();
    view.closeTop();
    expect(open()).toEqual([null, false, false, true]);
    view.closeTop();
    expect(view.closeTop()).toBe(false);
  });

  test('the synopsis is in one place at a time, and is remembered docked', async () => {
    const {
      services: { view },
    } = await openWindow();
    view.showSynopsis();
    expect(view.getState().synopsisOverlay).toBe(true);
    view.dockSynopsis(true);
    expect(view.getState()).toMatchObject({ synopsisOverlay: false, rightOpen: true, rightTab: 'synopsis' });
    expect(view.isSynopsisShown()).toBe(true);
    view.closeSynopsis();
    expect(view.getState()).toMatchObject({ synopsisOverlay: false, rightOpen: false });
    expect(view.isSynopsisShown()).toBe(false);
    view.showSynopsis();
    expect(view.getState().rightTab).toBe('synopsis');
    view.dockSynopsis(false);
    expect(view.getState()).toMatchObject({ synopsisOverlay: true, rightOpen: false });
  });

  test('the synopsis that covers a chat does not cover the next one, where something may be asked', async () => {
    const { services, demo } = await openWindow();
    const { view } = services;
    view.showSynopsis();
    view.openSession(demo.id);
    expect(view.getState().synopsisOverlay).toBe(false);
    view.dockSynopsis(true);
    view.openSession(null);
    expect(view.isSynopsisShown()).toBe(true);
  });

  test('the window opens in the chat it was closed in, and on the start page when that is gone', async () => {
    const scenario = createScenario('ru', { nowMs: windowNowMs });
    const open = async (stored: string) => {
      const services = createServices({
        client: createClient(scenario.backend.channel),
        speaking: inRussian,
        layout: { read: () => stored, write: () => {} },
        drafts: { read: () => null, write: () => {} },
      });
      wire(services, { isVisible: () => true, isFocused: () => true, onChange: () => () => {} });
      await settle();
      return services.view.getState().sessionId;
    };
    expect(await open(JSON.stringify({ sessionId: scenario.main.id }))).toBe(scenario.main.id);
    expect(await open(JSON.stringify({ sessionId: '01890000-0000-7000-8000-00000000ffff' }))).toBeNull();
    expect(await open('not json')).toBeNull();
    expect(await open('{"sessionId":5}')).toBeNull();
  });

  test('sizes stay within their limits', async () => {
    const {
      services: { view },
    } = await openWindow();
    view.resize('sidebarWidth', 5_000);
    expect(view.getState().sidebarWidth).toBe(420);
    view.resize('sidebarWidth', Number.NaN);
    expect(view.getState().sidebarWidth).toBe(264);
  });
});
