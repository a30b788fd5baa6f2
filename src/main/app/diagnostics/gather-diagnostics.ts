import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, release, totalmem } from 'node:os';
import { diagnosticParts, type DiagnosticPart, type Diagnostics } from '../../../shared/contract/diagnostics.ts';
import type { Health } from '../../../shared/contract/health.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import { listBackups } from '../../store/backups.ts';
import type { OpenedStore } from '../../store/open-store.ts';
import { lastLogLines } from './last-log-lines.ts';
import { shownSettings } from './shown-settings.ts';

/** Programs and libraries whose version matters; Node's list also names small parts that nobody asks for. */
const namedVersions = ['node', 'electron', 'chrome', 'v8', 'sqlite', 'napi'] as const;

export interface GatherDiagnosticsParams {
  readonly version: string;
  readonly host: 'desktop' | 'headless';
  readonly systemLocale: string;
  readonly dataDir: string;
  readonly settings: () => Settings;
  readonly health: () => Health;
  readonly opened: Pick<OpenedStore, 'folder' | 'reader' | 'report'>;
  readonly now: () => number;
}

/** Gathers the parts of the bundle. SECURITY: each holds figures, codes and versions; nothing in it was typed by a person. */
export function createGatherDiagnostics(params: GatherDiagnosticsParams): () => Promise<Diagnostics> {
  const { version, host, systemLocale, dataDir, settings, health, now } = params;
  const { folder, reader, report } = params.opened;

  const gather: Readonly<Record<DiagnosticPart, () => unknown>> = {
    program: () => ({
      version,
      host,
      platform: process.platform,
      arch: process.arch,
      system: release(),
      systemLocale,
      processors: availableParallelism(),
      memoryBytes: totalmem(),
      versions: Object.fromEntries(
        namedVersions.flatMap(name => (process.versions[name] === undefined ? [] : [[name, process.versions[name]]])),
      ),
      at: new Date(now()).toISOString(),
    }),
    settings: () => shownSettings(settings()),
    health,
    database: async () => ({
      ...(await reader.countRows()),
      backups: listBackups(folder.backups).map(({ reason, takenAtMs, schema }) => ({
        reason,
        at: new Date(takenAtMs).toISOString(),
        schema,
      })),
      setAside: existsSync(folder.setAside) ? readdirSync(folder.setAside).length : 0,
    }),
    opening: () => ({
      ...report,
      // Of a damage what kind it was: SQLite's own sentences name rows.
      restored: report.restored === null ? null : { damage: report.restored.damage.kind, fromBackup: report.restored.backup !== null },
    }),
    log: () => lastLogLines(dataDir).join('\n'),
  };

  return async () => {
    const parts: Diagnostics['parts'] = [];
    for (const name of diagnosticParts) {
      const value = await gather[name]();
      parts.push({ name, text: typeof value === 'string' ? value : JSON.stringify(value, null, 2) });
    }
    return { id: randomUUID(), fileName: `konspekt-diagnostics-${new Date(now()).toISOString().slice(0, 10)}.txt`, parts };
  };
}
