import { serve } from '../runtime/serve.ts';
import { answer } from './answer.ts';
import { providerAsk } from './providers/provider-ask.ts';
import { agentRun } from './run-with-model.ts';

serve({ worker: 'agent', tasks: { 'chat.answer': answer, 'agent.run': agentRun, 'provider.ask': providerAsk } });
