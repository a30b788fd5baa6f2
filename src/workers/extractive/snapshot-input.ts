import type { TaskInput } from '../../shared/contract/worker/tasks.ts';

/** A source as the synopsis task names it; the engine itself never opens `path`. */
export type SnapshotInput = TaskInput<'synopsis.make'>['sources'][number];
