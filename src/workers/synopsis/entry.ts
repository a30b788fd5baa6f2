import { serve } from '../runtime/serve.ts';
import { exportSynopses } from './export-synopses.ts';
import { makeSynopsis } from './make-synopsis.ts';
import { removeFile } from './remove-file.ts';

serve({
  worker: 'synopsis',
  tasks: { 'synopsis.make': makeSynopsis, 'synopses.export': exportSynopses },
  compensations: { 'synopses.export': { 'remove-file': removeFile } },
});
