import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { ru } from '../../renderer/i18n/ru.ts';
import { menuCommands, type MenuCommand } from '../../shared/domain/command-keys.ts';
import { menuFor } from './menu-template.ts';
import { shellWordsFor } from './words.ts';

const itemsOf = (menu: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));

test('the menu of macOS has every command once, with the keys of the window, and runs it', () => {
  const ran: MenuCommand[] = [];
  const menu = menuFor('darwin', 'Konspekt', { words: shellWordsFor('en'), open: () => undefined, run: id => void ran.push(id) });
  expect(menu.map(({ label }) => label)).toEqual(['Konspekt', 'File', 'Edit', 'View', 'Go', 'Window', 'Help']);
  for (const { click, accelerator } of itemsOf(menu)) if (accelerator !== undefined) (click as () => void)();
  expect(ran.toSorted()).toEqual(menuCommands.toSorted());
  expect(itemsOf(menu).find(({ label }) => label === en.commands.back)?.accelerator).toBe('CommandOrControl+[');
  expect(itemsOf(menu).find(({ label }) => label === en.commands.newChat)?.accelerator).toBe('CommandOrControl+N');
});

test('elsewhere it keeps the keys for editing and size, and takes none of the window’s', () => {
  const menu = menuFor('linux', 'Konspekt', { words: shellWordsFor('ru'), open: () => undefined, run: () => undefined });
  expect(menu.map(({ label }) => label)).toEqual(['Правка', 'Вид']);
  expect(itemsOf(menu).filter(({ accelerator }) => accelerator !== undefined)).toEqual([]);
});

test('a command has one name in the menu and in the window', () => {
  for (const [language, window] of [
    ['ru', ru],
    ['en', en],
  ] as const)
    for (const id of menuCommands) expect(shellWordsFor(language).commands[id], id).toBe(window.commands[id]);
});
