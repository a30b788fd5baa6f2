import { z } from 'zod';
import { documentFormat, documentOrigin } from './document.ts';
import { sha256Hex } from './ids.ts';
import { sourceRef } from './synopsis.ts';

/**
 * A bundle is a zip: `manifest.json` of this schema, `synopsis.json` of `synopsisVersion`, `snapshots/<hash>.json` of
 * `snapshot` for each text that a quote points into, `trace.json` of `jobTrace` where the job is still known, and `synopsis.md` for whoever
 * has no Konspekt. A later version of it adds files and optional fields only; what cannot be read otherwise raises `version`.
 */
export const bundleManifest = z.strictObject({
  format: z.literal('konspekt'),
  version: z.literal(1),
  generator: z.string().max(100),
  /** ISO 8601. */
  savedAt: z.iso.datetime(),
  sources: z
    .array(
      z.strictObject({
        source: sourceRef,
        title: z.string().max(500),
        snapshotHash: sha256Hex,
        /** Null for the chat itself, and for a document that is no longer known. */
        origin: documentOrigin.nullable(),
        format: documentFormat.nullable(),
        byteCount: z.int().nonnegative().nullable(),
      }),
    )
    .max(2_001),
});
export type BundleManifest = z.output<typeof bundleManifest>;

/** Where each part lies in the zip. */
export const bundleParts = {
  manifest: 'manifest.json',
  synopsis: 'synopsis.json',
  trace: 'trace.json',
  markdown: 'synopsis.md',
  snapshot: (hash: string) => `snapshots/${hash}.json`,
} as const;
