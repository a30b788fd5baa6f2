import { serve } from '../runtime/serve.ts';
import { answer } from './answer.ts';
import { providerAsk } from './providers/provider-ask.ts';

serve({ worker: 'agent', tasks: { 'chat.answer': answer, 'provider.ask': providerAsk } });
