import { z } from 'zod';
import { settings as settingsSchema, type Settings } from '../../../shared/domain/settings.ts';

/**
 * SECURITY: switches, numbers and choices from a list as they are. Of what the person has typed or picked (hosts, paths) only
 * whether there is any, so a setting that is added later gives nothing away by itself.
 */
export function shownSettings(settings: Settings): Record<string, unknown> {
  const { shape } = settingsSchema;
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => {
      const field: unknown = shape[key as keyof Settings].unwrap();
      if (typeof value === 'number' || typeof value === 'boolean' || field instanceof z.ZodEnum) return [key, value];
      if (Array.isArray(value)) return [key, `${value.length} set`];
      return [key, value === null || value === '' ? 'not set' : 'set'];
    }),
  );
}
