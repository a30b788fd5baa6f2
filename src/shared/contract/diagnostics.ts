import { z } from 'zod';
import { call, offeredFile, savedFile } from './define.ts';

export const diagnosticParts = ['program', 'settings', 'health', 'database', 'opening', 'log'] as const;
export type DiagnosticPart = (typeof diagnosticParts)[number];

/**
 * What helps to find out why something goes wrong: versions, figures, codes and the log as it was redacted. No titles, texts,
 * names of files, addresses or keys.
 */
const diagnostics = z.strictObject({
  id: z.uuid(),
  fileName: z.string().max(255),
  parts: z.array(z.strictObject({ name: z.enum(diagnosticParts), text: z.string() })),
});
export type Diagnostics = z.output<typeof diagnostics>;

export const diagnosticRoutes = {
  /** Gathers it, for the person to read before anybody else does. Nothing is sent anywhere. */
  'diagnostics.read': call({ input: z.strictObject({}), output: diagnostics }),
  /** Writes what was read under `id`, and nothing newer, where the system's dialog says. */
  'diagnostics.save': call({
    input: z.strictObject({ id: z.uuid() }),
    output: savedFile,
    errors: ['not_found', 'no_dialog', 'cannot_write'],
  }),
  'diagnostics.offer': call({ input: z.strictObject({ id: z.uuid() }), output: offeredFile, errors: ['not_found', 'storage_full'] }),
} as const;
