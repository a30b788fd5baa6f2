import type { z } from 'zod';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

/** What the program remembers of itself (when it was last seen, whether the queue is paused); not the person's settings. */
export interface SettingsState {
  /** Null when it was never set or does not fit the schema any more. */
  get<T>(key: string, schema: z.ZodType<T>): T | null;
  set(key: string, value: unknown, atMs: number): void;
}

export function createSettingsState(db: Database): SettingsState {
  const get = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?');
  const set = db.prepare<{ key: string; value: string; atMs: number }>(`
    INSERT INTO setting (key, value, updated_at_ms) VALUES (@key, @value, @atMs)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at_ms = excluded.updated_at_ms`);
  return {
    get(key, schema) {
      const row = get.get(key);
      if (row === undefined) return null;
      const parsed = schema.safeParse(JSON.parse(row.value));
      return parsed.success ? parsed.data : null;
    },
    set(key, value, atMs) {
      inWriteTransaction(db, () => {
        set.run({ key, value: JSON.stringify(value), atMs });
      });
    },
  };
}
