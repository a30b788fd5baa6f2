import { z } from 'zod';

/** A model as its provider calls it. */
export const modelId = z.string().min(1).max(200);
