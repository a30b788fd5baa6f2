import { Check, ChevronDown, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { TagCount } from '../../../shared/domain/library.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';

/** All tags with how many synopses have them: one is chosen, renamed or deleted here. Nothing while there is none. */
export function TagFilter() {
  const { library } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const { tags, filter } = useStore(library);
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [removing, setRemoving] = useState<TagCount | null>(null);
  if (tags.length === 0) return null;

  function choose(tag: string | null): void {
    setOpen(false);
    void library.setFilter({ tag });
  }

  return (
    <>
      <Popover
        title={t.library.tags}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className="library-toggle" aria-pressed={filter.tag !== null}>
            <span className="truncate">{filter.tag ?? t.library.tags}</span>
            <ChevronDown aria-hidden />
          </button>
        }
      >
        <ul className="tag-filter">
          {filter.tag !== null && (
            <li>
              <button type="button" className="tag-choice" onClick={() => choose(null)}>
                {t.library.allTags}
              </button>
            </li>
          )}
          {tags.map(tag => (
            <li key={tag.name}>
              {renaming === tag.name ? (
                <TagName
                  name={tag.name}
                  onDone={to => {
                    setRenaming(null);
                    if (to !== null) void library.renameTag(tag.name, to).then(sayError);
                  }}
                />
              ) : (
                <>
                  <button type="button" className="tag-choice" aria-pressed={filter.tag === tag.name} onClick={() => choose(tag.name)}>
                    <span className="truncate">{tag.name}</span>
                    <span className="tag-count">{tag.count}</span>
                    {filter.tag === tag.name && <Check aria-hidden />}
                  </button>
                  <IconButton
                    size="s"
                    label={`${t.library.renameTag}: ${tag.name}`}
                    icon={<PencilLine />}
                    onClick={() => setRenaming(tag.name)}
                  />
                  <IconButton
                    size="s"
                    label={`${t.library.deleteTag}: ${tag.name}`}
                    icon={<Trash2 />}
                    onClick={() => {
                      setOpen(false);
                      setRemoving(tag);
                    }}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
      </Popover>
      <ConfirmDialog
        open={removing !== null}
        title={t.library.deleteTag}
        lead={removing === null ? '' : t.library.deleteTagLead(removing.name, removing.count)}
        confirm={t.common.remove}
        cancel={t.sectionMenu.cancel}
        onCancel={() => setRemoving(null)}
        onConfirm={() => {
          const tag = removing?.name ?? null;
          setRemoving(null);
          if (tag !== null) void library.removeTag(tag).then(sayError);
        }}
      />
    </>
  );
}

function TagName({ name, onDone }: { readonly name: string; readonly onDone: (to: string | null) => void }) {
  const { t } = useSpeech();
  const [text, setText] = useState(name);
  const wanted = text.replaceAll(/\s+/gu, ' ').trim();
  return (
    <form
      className="tag-form"
      onSubmit={event => {
        event.preventDefault();
        onDone(wanted === '' || wanted === name ? null : wanted);
      }}
    >
      <input
        className="field-control"
        value={text}
        maxLength={60}
        autoFocus
        aria-label={t.library.renameTo(name)}
        onChange={event => setText(event.target.value)}
        onBlur={() => onDone(null)}
        onKeyDown={event => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone(null);
        }}
      />
    </form>
  );
}
