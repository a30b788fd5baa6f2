import { serve } from '../runtime/serve.ts';
import { importDocument } from './import-document.ts';

serve({ worker: 'documents', tasks: { 'document.import': importDocument } });
