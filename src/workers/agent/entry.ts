import { serve } from '../runtime/serve.ts';
import { answer } from './answer.ts';
import { embedPassages } from './embeddings/embed-passages.ts';
import { providerAsk } from './providers/provider-ask.ts';
import { agentRun } from './run-with-model.ts';
import { restoreFile } from './undo/restore-file.ts';
import { takeBackPart } from './undo/take-back-part.ts';

serve({
  worker: 'agent',
  tasks: { 'chat.answer': answer, 'agent.run': agentRun, 'provider.ask': providerAsk, 'passages.embed': embedPassages },
  compensations: { 'agent.run': { 'restore-file': ({ data }, context) => restoreFile(data, context), 'take-back-part': takeBackPart } },
});
