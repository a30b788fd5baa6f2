import { modelled, ModelledEmitter, notModelled } from '../modelled.ts';
import { openWindows } from '../open-windows.ts';
import { note } from '../record.ts';
import { app } from './app.ts';

type ItemOptions = Electron.MenuItemConstructorOptions;

/** What a role does by itself when it is clicked, as far as the stand-in has something to do it to. */
const ROLE_ACTIONS: Partial<Record<NonNullable<ItemOptions['role']>, () => void>> = {
  quit: () => app.quit(),
  close: () => openWindows.focused()?.window.close(),
  minimize: () => openWindows.focused()?.window.minimize(),
  reload: () => openWindows.focused()?.webContents.reload(),
  forceReload: () => openWindows.focused()?.webContents.reload(),
};

let lastCommandId = 0;

class MenuItemClass {
  readonly commandId = ++lastCommandId;
  id: string;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  type: NonNullable<ItemOptions['type']>;
  role: ItemOptions['role'];
  accelerator: string | null;
  icon: ItemOptions['icon'];
  registerAccelerator: boolean;
  submenu: MenuClass | undefined;
  menu: MenuClass | undefined;
  /** What the person's click does: checkboxes turn, then the app's handler or the role runs. */
  readonly click: () => void;

  constructor(options: ItemOptions) {
    const { submenu, click, role } = options;
    this.id = options.id ?? '';
    this.label = options.label ?? role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.role = role;
    this.accelerator = options.accelerator ?? null;
    this.icon = options.icon;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.submenu =
      submenu === undefined ? undefined : Array.isArray(submenu) ? MenuClass.build(submenu) : (submenu as unknown as MenuClass);
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    const item = modelled<this>('MenuItem', this);
    this.click = () => {
      if (!item.enabled) return;
      if (item.type === 'checkbox') item.checked = !item.checked;
      if (item.type === 'radio') {
        for (const other of item.menu?.items ?? []) if (other.type === 'radio') other.checked = other === item;
      }
      const focusedWindow = openWindows.focused();
      if (click !== undefined) return click(item as unknown as Electron.MenuItem, focusedWindow?.window, {} as Electron.KeyboardEvent);
      if (role === undefined) return;
      const action = ROLE_ACTIONS[role];
      if (action === undefined) throw notModelled(`MenuItem role '${role}'`);
      action();
    };
    return item;
  }
}

let applicationMenu: MenuClass | null = null;

class MenuClass extends ModelledEmitter {
  readonly items: MenuItemClass[] = [];

  constructor() {
    super('Menu', ['menu-will-show', 'menu-will-close']);
  }

  static build(template: readonly (ItemOptions | Electron.MenuItem)[]): MenuClass {
    const menu = new MenuClass();
    for (const entry of template) menu.append(entry instanceof MenuItemClass ? entry : new MenuItemClass(entry as ItemOptions));
    return menu;
  }

  static buildFromTemplate(template: readonly (ItemOptions | Electron.MenuItem)[]): MenuClass {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    return MenuClass.build(template);
  }

  static setApplicationMenu(menu: MenuClass | null): void {
    applicationMenu = menu;
    note('Menu.setApplicationMenu', menu);
  }

  static getApplicationMenu(): MenuClass | null {
    return applicationMenu;
  }

  append(item: MenuItemClass): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: MenuItemClass): void {
    item.menu = this;
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItemClass | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  popup(options: Electron.PopupOptions = {}): void {
    note('Menu.popup', this, options);
    this.emit('menu-will-show', {});
  }

  closePopup(): void {
    note('Menu.closePopup', this);
    this.emit('menu-will-close', {});
  }
}

export const Menu = modelled('Menu', MenuClass);
export const MenuItem = modelled('MenuItem', MenuItemClass);
