/** Port: where the engine says what it did. Fields are ids, codes and counts, never payloads. */
export interface EngineLog {
  (level: 'debug' | 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, string | number | boolean | null>>): void;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
