import type { AutoExports } from '../../src/shared/contract/auto-exports.ts';
import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import type { AutoExportView } from '../../src/shared/domain/auto-export.ts';
import { folderId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';

interface MemoryAutoExportsDeps {
  readonly uuid: () => string;
  readonly changed: (all: AutoExports) => void;
  readonly revision: () => number;
  readonly putJob: (title: string) => JobView;
}

type AutoExportCall = Extract<CallName, `autoExports.${string}`>;
type AutoExportHandlers = { readonly [N in AutoExportCall]: (args: CallArgs<N>) => CallOutput<N> };

/** Folders of the host in memory, whose dialog always picks the same one. */
export function createMemoryAutoExports({ uuid, changed, revision, putJob }: MemoryAutoExportsDeps) {
  let folders: AutoExportView[] = [];
  const all = (): AutoExports => ({ folders, hasFolderDialog: true });
  function now(): AutoExports {
    changed(all());
    return all();
  }
  const none = { count: 0, names: [] };
  function add(path: string, wanted: Pick<AutoExportView, 'mode' | 'sessions'>): AutoExports {
    const id = folders.find(folder => folder.path === path)?.id ?? folderId.parse(uuid());
    folders = [
      ...folders.filter(folder => folder.path !== path),
      { id, path, ...wanted, fileCount: 0, edited: none, deleted: none, last: null },
    ];
    return now();
  }
  const handlers: AutoExportHandlers = {
    'autoExports.list': () => ({ ...all(), revision: revision() }),
    'autoExports.choose': wanted => add('/home/anna/Vault', wanted),
    'autoExports.add': ({ path, ...wanted }) => ({ ...add(path, wanted), jobId: null }),
    'autoExports.remove': ({ folderId: id }) => {
      folders = folders.filter(folder => folder.id !== id);
      return now();
    },
    'autoExports.run': ({ folderId: id }) => ({ job: putJob(folders.find(folder => folder.id === id)?.path ?? '') }),
  };
  return { handlers };
}
