import { serve } from '../runtime/serve.ts';
import { autoExport } from './auto-export.ts';
import { exportSynopses } from './export-synopses.ts';
import { makeSynopsis } from './make-synopsis.ts';
import { removeFile } from './remove-file.ts';

serve({
  worker: 'synopsis',
  tasks: {
    'synopsis.make': makeSynopsis,
    'synopses.export': exportSynopses,
    'synopsis.autoexport': autoExport,
    // The packages that call models are loaded by the first job that needs them.
    'synopsis.audit': async (input, context) => (await import('./audit-synopsis.ts')).auditSynopsis(input, context),
  },
  compensations: { 'synopses.export': { 'remove-file': removeFile } },
});
