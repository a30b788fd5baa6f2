import { serve } from '../../../src/workers/runtime/serve.ts';
import { toldCompensations } from './effect-tasks.ts';
import { honestTasks } from './honest-tasks.ts';

serve({ worker: 'agent', tasks: honestTasks, compensations: toldCompensations });
