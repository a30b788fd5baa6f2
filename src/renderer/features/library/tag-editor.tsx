import { Plus, X } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import type { LibraryItem } from '../../state/library-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';

/** The tags of one synopsis, added and taken off in a small card. */
export function TagEditor({ item, children }: { readonly item: LibraryItem; readonly children: ReactElement }) {
  const { t } = useSpeech();
  // It is put in by the press that opens it.
  const [open, setOpen] = useState(true);
  return (
    <Popover title={t.library.tags} align="end" open={open} onOpenChange={setOpen} trigger={children}>
      {open && <TagList item={item} />}
    </Popover>
  );
}

function TagList({ item }: { readonly item: LibraryItem }) {
  const { library } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const listId = useId();
  const known = useStore(library, state => state.tags);
  const [name, setName] = useState('');

  const save = (tags: readonly string[]): void => void library.setTags(item.synopsisId, tags).then(sayError);
  function add(): void {
    const wanted = name.replaceAll(/\s+/gu, ' ').trim();
    if (wanted === '') return;
    save([...item.tags, wanted]);
    setName('');
  }

  return (
    <div className="tag-editor">
      {item.tags.length > 0 && (
        <ul className="tag-list">
          {item.tags.map(tag => (
            <li key={tag} className="library-tag">
              <span className="truncate">{tag}</span>
              <button type="button" aria-label={t.library.removeTag(tag)} onClick={() => save(item.tags.filter(each => each !== tag))}>
                <X aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="tag-form"
        onSubmit={event => {
          event.preventDefault();
          add();
        }}
      >
        <input
          className="field-control"
          list={listId}
          value={name}
          maxLength={60}
          autoFocus
          aria-label={t.library.newTag}
          placeholder={t.library.newTag}
          onChange={event => setName(event.target.value)}
        />
        <datalist id={listId}>
          {known
            .filter(tag => !item.tags.includes(tag.name))
            .map(tag => (
              <option key={tag.name}>{tag.name}</option>
            ))}
        </datalist>
        <IconButton label={t.library.addTag} icon={<Plus />} disabled={name.trim() === ''} onClick={add} />
      </form>
    </div>
  );
}
