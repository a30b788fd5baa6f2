import type { Agent } from './agent.ts';
import { analyst } from './analyst.ts';
import { assistant } from './assistant.ts';
import { browser } from './browser.ts';
import { planner } from './planner.ts';
import { sourceFinder } from './source-finder.ts';
import { synopsisManager } from './synopsis-manager.ts';

/** Who can work on a task. */
export const allAgents: readonly Agent[] = [assistant, synopsisManager, planner, analyst, sourceFinder, browser];
