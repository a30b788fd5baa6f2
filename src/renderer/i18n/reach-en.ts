import { pluralIn } from '../../shared/domain/plural.ts';
import type { ReachMessages } from './reach-messages.ts';

const n = pluralIn('en');

export const reachEn: ReachMessages = {
  reach: {
    title: 'Web and folders',
    lead: 'What the assistant can reach',
    search: 'Web search',
    searchHint:
      'The assistant’s queries go only to the service you connect. A page whose address you did not give and the search did not find opens after you allow it.',
    setUp: 'Connect a search',
    change: 'Change the search',
    kind: 'Service',
    kinds: { searxng: 'SearXNG', brave: 'Brave Search' },
    kindHint: {
      searxng: 'A server of your own or a public one. Its settings.yml must list json among the formats.',
      brave: 'A service with a key. It answers at https://api.search.brave.com.',
    },
    address: 'Address',
    key: 'Key',
    keyHint: { searxng: 'Usually not needed.', brave: 'You get one at brave.com/search/api.' },
    keyKept: 'A key is saved. Enter another one to replace it.',
    forgetKey: 'Forget the key',
    withKey: 'with a key',
    save: 'Save',
    cancel: 'Cancel',
    remove: 'Disconnect the search',
    test: 'Test',
    testing: 'Waiting for the search to answer…',
    tested: count => `The search works: ${n(count, { one: '# result', other: '# results' })} found.`,
    testedNothing: 'The service answers, but did not find even the most common word. Check its engines.',
    folders: 'Folders',
    foldersHint: 'The assistant sees only these folders. It opens no hidden or system files and no links that lead out.',
    noFolders: 'No folder is granted.',
    grant: 'Grant a folder…',
    grantThis: 'Grant the folder',
    grantPath: 'Folder',
    grantPathHint: 'Its whole path on the computer where the program runs.',
    mayWrite: 'May write',
    mayWriteTo: path => `May write: ${path}`,
    takeBack: path => `Take back: ${path}`,
    writeHint: 'Before each write the assistant asks you, and shows what it writes and where.',
  },
};
