import { folderId as folderIdSchema } from '../../../shared/domain/ids.ts';
import { folderCountLimit, type ReachView } from '../../../shared/domain/reach.ts';
import { defaultSearchUrls } from '../../../shared/domain/web-search.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { readEndpointUrl } from '../models/endpoint-url.ts';
import type { AskWorker } from '../models/worker-questions.ts';
import { newId } from '../new-id.ts';
import { grantableFolder } from '../reach/grantable-folder.ts';
import { searchConnection, webSearchSecret } from '../reach/web-search-key.ts';
import { SecretsRefused, type Secrets } from '../secrets/secrets.ts';
import type { CallContext } from './call-context.ts';

export interface ReachCallsParams {
  readonly secrets: Secrets;
  readonly ask: AskWorker;
  /** The program's own folder, which nobody is let into. */
  readonly dataDir: string;
}

export function reachCalls(
  { store, events, chooseFolder, now }: Pick<CallContext, 'store' | 'events' | 'chooseFolder' | 'now'>,
  { secrets, ask, dataDir }: ReachCallsParams,
): HandlersOf<'reach'> {
  const { reach } = store;

  function view(): ReachView {
    const search = reach.webSearch();
    return {
      webSearch: search === null ? null : { ...search, hasKey: secrets.has(webSearchSecret) },
      folders: [...reach.folders()],
      secrets: secrets.state(),
      hasFolderDialog: chooseFolder !== null,
    };
  }
  function changed(): ReachView {
    const all = view();
    events.publish('reach.changed', all);
    return all;
  }
  function expectFolder(isThere: boolean): void {
    if (!isThere) throw new ExpectedError('not_found', 'This folder is not among the granted ones any more.');
  }
  function keepKey(value: string, acceptWeak: boolean): void {
    try {
      secrets.write(webSearchSecret, value, { acceptWeak });
    } catch (error) {
      if (error instanceof SecretsRefused) throw new ExpectedError(error.code, error.message);
      throw error;
    }
  }
  async function grant(path: string, mayWrite: boolean): Promise<ReachView> {
    const real = await grantableFolder(path, dataDir);
    const granted = reach.folders();
    if (granted.length >= folderCountLimit && !granted.some(folder => folder.path === real))
      throw new ExpectedError('too_many_folders', `${folderCountLimit} folders are granted; take one back first.`);
    reach.grant({ id: newId(folderIdSchema), path: real, mayWrite }, now());
    return changed();
  }

  return {
    'reach.get': () => ({ ...view(), revision: events.revision('reach.changed') }),
    'reach.saveSearch': ({ kind, url, key }) => {
      const before = reach.webSearch();
      const willHaveKey = key.is === 'new' || (key.is === 'kept' && secrets.has(webSearchSecret));
      const address = readEndpointUrl(url ?? defaultSearchUrls[kind] ?? '', willHaveKey);
      if (!address.ok) throw new ExpectedError(address.fault, `The address cannot be a search's: ${address.fault}.`);
      // Brave answers nobody without one; a server of one's own that speaks like it may.
      if (kind === 'brave' && !willHaveKey && address.url === defaultSearchUrls.brave)
        throw new ExpectedError('key_needed', 'Brave Search answers with a key alone; get one and enter it.');
      // SECURITY: a key given to one service is not sent to another because the address was changed.
      if (key.is === 'kept' && willHaveKey && before !== null && new URL(before.url).origin !== new URL(address.url).origin)
        throw new ExpectedError('key_for_another_address', 'The key was given for another address; enter it again for this one.');
      if (key.is === 'new') keepKey(key.value, key.acceptWeak);
      if (key.is === 'removed') secrets.remove(webSearchSecret);
      reach.setWebSearch({ kind, url: address.url }, now());
      return changed();
    },
    'reach.removeSearch': () => {
      secrets.remove(webSearchSecret);
      reach.setWebSearch(null, now());
      return changed();
    },
    'reach.testSearch': async (_, { signal }) => {
      if (reach.webSearch() === null) throw new ExpectedError('not_found', 'No search of the web is set up.');
      const connection = searchConnection(reach, secrets);
      if (connection === null)
        throw new ExpectedError('key_missing', 'The key was saved in another way and cannot be opened here; enter it again.');
      return (await ask({ ask: 'search', connection }, signal)).result;
    },
    'reach.chooseFolder': async ({ mayWrite }) => {
      if (chooseFolder === null)
        throw new ExpectedError('no_dialog', 'This host has no dialog to choose a folder with. Use "konspekt reach grant <folder>".');
      const path = await chooseFolder();
      return path === null ? view() : await grant(path, mayWrite);
    },
    'reach.grantFolder': async ({ path, mayWrite }) => {
      if (chooseFolder !== null)
        throw new ExpectedError('use_dialog', 'Where there is a window of the program, a folder is granted in its settings.');
      return await grant(path, mayWrite);
    },
    'reach.changeFolder': ({ folderId, mayWrite }) => {
      expectFolder(reach.setMayWrite(folderId, mayWrite, now()));
      return changed();
    },
    'reach.removeFolder': ({ folderId }) => {
      expectFolder(reach.remove(folderId));
      return changed();
    },
  };
}
