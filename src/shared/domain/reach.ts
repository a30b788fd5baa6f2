import { z } from 'zod';
import { folderId } from './ids.ts';
import { secretState } from './provider.ts';
import { webSearchView } from './web-search.ts';

/** As `agentReach` takes them; more would be no choice of single folders. */
export const folderCountLimit = 50;

/** A folder of the person's whose files agents may read, and write to after asking. */
export const grantedFolder = z.strictObject({
  id: folderId,
  /** Its real path when it was granted. */
  path: z.string().min(1).max(4_096),
  mayWrite: z.boolean(),
});
export type GrantedFolder = z.output<typeof grantedFolder>;

/** What agents may reach outside the program, as the person has set it up. */
export const reachView = z.strictObject({
  webSearch: webSearchView.nullable(),
  /** In the order they were granted. */
  folders: z.array(grantedFolder).max(folderCountLimit),
  /** How the key of the search would be kept. */
  secrets: secretState,
  /** Whether this host has a dialog for folders; where it has one, it is the only way. */
  hasFolderDialog: z.boolean(),
});
export type ReachView = z.output<typeof reachView>;
