import { serve } from '../runtime/serve.ts';
import { importTask } from './import-document.ts';

serve({ worker: 'documents', tasks: { 'document.import': importTask } });
