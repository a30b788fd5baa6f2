import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { folderId } from '../../src/shared/domain/ids.ts';
import type { GrantedFolder, ReachView } from '../../src/shared/domain/reach.ts';
import { defaultSearchUrls, type WebSearchView } from '../../src/shared/domain/web-search.ts';

interface MemoryReachDeps {
  readonly uuid: () => string;
  readonly refuse: (code: 'not_found' | 'search_unauthorized') => never;
  readonly changed: (view: ReachView) => void;
  readonly revision: () => number;
}

type ReachCall = Extract<CallName, `reach.${string}`>;
type ReachHandlers = { readonly [N in ReachCall]: (args: CallArgs<N>) => CallOutput<N> };

/** What agents may reach, of the host in memory. Its dialog always picks the same folder; a key that begins with "bad" is not accepted. */
export function createMemoryReach({ uuid, refuse, changed, revision }: MemoryReachDeps) {
  let webSearch: WebSearchView | null = null;
  let isBadKey = false;
  let folders: GrantedFolder[] = [];
  const view = (): ReachView => ({ webSearch, folders, secrets: 'strong', hasFolderDialog: true });
  function now(): ReachView {
    changed(view());
    return view();
  }
  const have = (id: string) => folders.find(folder => folder.id === id) ?? refuse('not_found');
  function grant(path: string, mayWrite: boolean): ReachView {
    folders = [...folders.filter(folder => folder.path !== path), { id: folderId.parse(uuid()), path, mayWrite }];
    return now();
  }

  const handlers: ReachHandlers = {
    'reach.get': () => ({ ...view(), revision: revision() }),
    'reach.saveSearch': ({ kind, url, key }) => {
      isBadKey = key.is === 'new' && key.value.startsWith('bad');
      const hasKey = key.is === 'new' || (key.is === 'kept' && webSearch?.hasKey === true);
      webSearch = { kind, url: url ?? defaultSearchUrls[kind] ?? '', hasKey };
      return now();
    },
    'reach.removeSearch': () => {
      webSearch = null;
      return now();
    },
    'reach.testSearch': () => (isBadKey ? refuse('search_unauthorized') : { count: 10, firstTitle: 'Wikipedia', ms: 640 }),
    'reach.chooseFolder': ({ mayWrite }) => grant('/home/anna/Notes', mayWrite),
    'reach.grantFolder': ({ path, mayWrite }) => grant(path, mayWrite),
    'reach.changeFolder': ({ folderId: id, mayWrite }) => {
      const changedOne = { ...have(id), mayWrite };
      folders = folders.map(folder => (folder.id === id ? changedOne : folder));
      return now();
    },
    'reach.removeFolder': ({ folderId: id }) => {
      have(id);
      folders = folders.filter(folder => folder.id !== id);
      return now();
    },
  };
  return { handlers };
}
