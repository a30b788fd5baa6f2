import type { z } from 'zod';
import type { Settings } from '../../shared/domain/settings.ts';
import { withEarlierSettings } from './earlier-settings.ts';

export const settingsFileName = 'settings';

/** The part of `conf` and of electron-store that is used here; the latter is made of the former. */
export interface KeyValueFile {
  readonly store: Record<string, unknown>;
  set(values: Record<string, unknown>): void;
}

export interface SettingsFile {
  get(): Settings;
  /** Writes at once; throws when the disk refuses. */
  change(changes: Partial<Settings>): Settings;
}

/** A value that does not fit, from a hand-edited or newer file, falls back to its own default and harms no other. */
export function createSettingsFile(file: KeyValueFile, schema: z.ZodObject<Record<keyof Settings, z.ZodType>>): SettingsFile {
  function read(): Settings {
    const stored = withEarlierSettings(file.store);
    const valid: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(schema.shape)) {
      const parsed = field.safeParse(stored[key]);
      if (parsed.success) valid[key] = parsed.data;
      else valid[key] = field.parse(undefined);
    }
    return schema.parse(valid) as Settings;
  }
  let current = read();
  return {
    get: () => current,
    change(changes) {
      const next = schema.parse({ ...current, ...changes }) as Settings;
      file.set({ ...next });
      current = next;
      return next;
    },
  };
}
