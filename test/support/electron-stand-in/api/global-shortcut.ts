import { modelled } from '../modelled.ts';
import { note } from '../record.ts';

const registered = new Map<string, () => void>();

/** Shortcuts are remembered and never pressed. */
export const globalShortcut = modelled<Pick<Electron.GlobalShortcut, 'register' | 'unregister' | 'unregisterAll' | 'isRegistered'>>(
  'globalShortcut',
  {
    register(accelerator, callback) {
      if (registered.has(accelerator)) return false;
      registered.set(accelerator, callback);
      note('globalShortcut.register', accelerator);
      return true;
    },
    unregister: accelerator => void registered.delete(accelerator),
    unregisterAll: () => registered.clear(),
    isRegistered: accelerator => registered.has(accelerator),
  },
);
