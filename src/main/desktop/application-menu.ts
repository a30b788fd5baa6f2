import { app, Menu } from 'electron';
import { menuFor, type MenuParams } from './menu-template.ts';

/** Set anew when the language changes. */
export function setApplicationMenu(params: MenuParams): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuFor(process.platform, app.getName(), params)));
}
