import { serve } from '../runtime/serve.ts';
import { readBundle } from './read-bundle.ts';
import { writeSynopsisFile } from './write-synopsis-file.ts';

serve({ worker: 'files', tasks: { 'synopsis.file': writeSynopsisFile, 'bundle.read': readBundle } });
