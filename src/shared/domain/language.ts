import { z } from 'zod';

/** Languages the window speaks and the built-in engine understands. */
export const languages = ['ru', 'en'] as const;
export const language = z.enum(languages);
export type Language = (typeof languages)[number];
