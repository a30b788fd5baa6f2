import { parentPort } from '../../../src/workers/runtime/parent-port.ts';
import { runPortFixture } from './port-fixture.ts';

runPortFixture(parentPort());
