import type { HandlersOf } from '../../ipc/handlers.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

type LibraryRoute = 'synopses.list' | 'synopses.tags' | 'synopses.setTags' | 'synopses.renameTag' | 'synopses.removeTag';

/** All finished synopses, and the person's own words for them. The same change twice is done once. */
export function libraryCalls({ store, reader }: CallContext): Pick<HandlersOf<'synopses'>, LibraryRoute> {
  return {
    // A page without a search is found by its place; any other is looked for beside main.
    'synopses.list': ({ withSnippets, ...page }) => {
      const isNarrowed =
        page.search !== '' || page.template !== null || page.language !== null || page.withIssues || page.isStale || page.tag !== null;
      if (!isNarrowed) return store.library.list(page);
      return reader.searchSynopses({ ...page, withSnippets: withSnippets && page.search !== '' });
    },
    'synopses.tags': () => ({ tags: store.library.tags() }),
    'synopses.setTags': ({ synopsisId, tags }) => ({ tags: expectFound(store.library.setTags(synopsisId, tags), 'synopsis', synopsisId) }),
    'synopses.renameTag': ({ from, to }) => {
      expectFound(store.library.renameTag(from, to) ? true : null, 'tag', from);
      return {};
    },
    'synopses.removeTag': ({ tag }) => {
      expectFound(store.library.removeTag(tag) ? true : null, 'tag', tag);
      return {};
    },
  };
}
