import { serve } from '../runtime/serve.ts';
import { answer } from './answer.ts';

serve({ worker: 'agent', tasks: { 'chat.answer': answer } });
