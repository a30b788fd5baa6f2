import { ModelledEmitter } from '../modelled.ts';

/** The one display that there is: an ordinary full-HD screen with a 40 pixel panel. */
const BOUNDS: Electron.Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const WORK_AREA: Electron.Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };

const display = {
  id: 1,
  label: 'stand-in',
  bounds: BOUNDS,
  workArea: WORK_AREA,
  size: { width: BOUNDS.width, height: BOUNDS.height },
  workAreaSize: { width: WORK_AREA.width, height: WORK_AREA.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
} as Electron.Display;

class Screen
  extends ModelledEmitter
  implements
    Pick<
      Electron.Screen,
      'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
    >
{
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): Electron.Display {
    return { ...display };
  }

  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }

  getDisplayMatching(): Electron.Display {
    return this.getPrimaryDisplay();
  }

  getDisplayNearestPoint(): Electron.Display {
    return this.getPrimaryDisplay();
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();
