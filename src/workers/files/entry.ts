import { serve } from '../runtime/serve.ts';
import { writeSynopsisFile } from './write-synopsis-file.ts';

serve({ worker: 'files', tasks: { 'synopsis.file': writeSynopsisFile } });
