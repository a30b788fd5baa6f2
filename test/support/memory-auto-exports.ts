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
  const view = (path: string, wanted: Pick<AutoExportView, 'mode' | 'sessions'>): AutoExportView => ({
    id: folderId.parse(uuid()),
    path,
    ...wanted,
    fileCount: 0,
    edited: none,
    deleted: none,
    last: null,
  });
  function add(path: string, wanted: Pick<AutoExportView, 'mode' | 'sessions'>): AutoExports {
    const known = folders.find(folder => folder.path === path);
    folders = [...folders.filter(folder => folder !== known), { ...view(path, wanted), ...(known !== undefined && { id: known.id }) }];
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
  return {
    handlers,
    /** Two folders: one that is as it should be, and one in which a person has worked. */
    fill() {
      const at = { errorCode: null, atMs: 0 };
      folders = [
        { ...view('/home/anna/Vault/Конспекты', { mode: 'mirror', sessions: null }), fileCount: 212, last: at },
        {
          ...view('/media/anna/Archive/Университет/Осенний семестр/Лекции и семинары', { mode: 'append', sessions: null }),
          fileCount: 31,
          edited: { count: 2, names: ['Кривая забывания.md', 'Управление проектом «Набережная».md'] },
          deleted: { count: 1, names: ['Черновик.md'] },
          last: { ...at, errorCode: 'folder_gone' },
        },
      ];
      now();
    },
  };
}
