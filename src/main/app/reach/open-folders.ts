import type { Reach } from '../../store/reach/reach-repository.ts';
import { meetsData } from './grantable-folder.ts';

/** A folder as tools of agents and tasks are let into it. */
export interface OpenFolder {
  readonly path: string;
  readonly mayWrite: boolean;
}

/**
 * The folders that the person has granted.
 * SECURITY: looked at once more at each use, since the keys and every chat are in the program's data: one that has come to hold it, or
 * to lie in it, lets nobody in.
 */
export const openFolders = (reach: Pick<Reach, 'folders'>, dataDir: string): OpenFolder[] =>
  reach
    .folders()
    .filter(({ path }) => !meetsData(path, dataDir))
    .map(({ path, mayWrite }) => ({ path, mayWrite }));
