import { modelled, ModelledEmitter } from '../modelled.ts';
import { note, record, type RecordedTray } from '../record.ts';

const EVENTS = [
  'click',
  'right-click',
  'double-click',
  'middle-click',
  'mouse-up',
  'mouse-down',
  'mouse-enter',
  'mouse-leave',
  'mouse-move',
  'drop',
  'drop-files',
  'drop-text',
  'drag-enter',
  'drag-leave',
  'drag-end',
  'balloon-show',
  'balloon-click',
  'balloon-closed',
] as const;
type Image = Electron.NativeImage | string;

/** No icon is drawn anywhere; the last values stay readable for specs (`process.standIn.record.trays`). */
class TrayClass
  extends ModelledEmitter
  implements
    Pick<
      Electron.Tray,
      | 'setToolTip'
      | 'setTitle'
      | 'getTitle'
      | 'setImage'
      | 'setPressedImage'
      | 'setContextMenu'
      | 'popUpContextMenu'
      | 'closeContextMenu'
      | 'destroy'
      | 'isDestroyed'
      | 'setIgnoreDoubleClickEvents'
    >
{
  image: Image;
  toolTip = '';
  title = '';
  contextMenu: Electron.Menu | null = null;
  #destroyed = false;

  constructor(image: Image) {
    super('Tray', EVENTS);
    this.image = image;
    note('Tray', image);
    record.trays.push(this as unknown as RecordedTray);
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Tray is destroyed');
  }

  setToolTip(toolTip: string): void {
    this.#alive();
    this.toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.#alive();
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setImage(image: Image): void {
    this.#alive();
    this.image = image;
  }

  setPressedImage(image: Image): void {
    this.#alive();
    note('Tray.setPressedImage', image);
  }

  setIgnoreDoubleClickEvents(ignore: boolean): void {
    note('Tray.setIgnoreDoubleClickEvents', ignore);
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.#alive();
    this.contextMenu = menu;
  }

  popUpContextMenu(menu?: Electron.Menu): void {
    this.#alive();
    note('Tray.popUpContextMenu', menu ?? this.contextMenu);
  }

  closeContextMenu(): void {
    note('Tray.closeContextMenu');
  }

  destroy(): void {
    this.#destroyed = true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }
}

export const Tray = modelled('Tray', TrayClass);
