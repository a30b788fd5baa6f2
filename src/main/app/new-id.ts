import { v7 } from 'uuid';
import type { z } from 'zod';

/** A new UUIDv7 under the brand of the given schema. */
export function newId<S extends z.ZodType<string>>(schema: S): z.output<S> {
  return schema.parse(v7()) as z.output<S>;
}
