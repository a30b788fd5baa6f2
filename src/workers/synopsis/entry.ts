import { serve } from '../runtime/serve.ts';
import { makeSynopsis } from './make-synopsis.ts';

serve({ worker: 'synopsis', tasks: { 'synopsis.make': makeSynopsis } });
