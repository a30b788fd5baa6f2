import { PencilLine, Trash2 } from 'lucide-react';
import { useContext, useId, useState } from 'react';
import type { NoteId } from '../../../shared/domain/ids.ts';
import type { SectionKind, SynopsisNote } from '../../../shared/domain/synopsis.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { currentOf } from '../../state/synopsis-store.ts';
import { MarkdownSlot } from '../../state/markdown-slot.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import './notes.css';

/** The note that is being written: one that is there, or a new one below a section. */
export interface NotePlace {
  readonly id: NoteId | null;
  readonly after: SectionKind | null;
}

interface NotesProps {
  readonly notes: readonly SynopsisNote[];
  readonly canEdit: boolean;
  readonly editing: NotePlace | null;
  readonly after: SectionKind | null;
  readonly onEdit: (place: NotePlace | null) => void;
}

/** A person's notes at one place of the synopsis, and the field for a new one. */
export function Notes({ notes, canEdit, editing, after, onEdit }: NotesProps) {
  const isNew = editing !== null && editing.id === null && editing.after === after;
  if (notes.length === 0 && !isNew) return null;
  return (
    <>
      {notes.map(note =>
        editing?.id === note.id ? (
          <NoteEditor key={note.id} note={note} after={note.after} onDone={() => onEdit(null)} />
        ) : (
          <Note key={note.id} note={note} canEdit={canEdit} onEdit={() => onEdit({ id: note.id, after: note.after })} />
        ),
      )}
      {isNew && <NoteEditor note={null} after={after} onDone={() => onEdit(null)} />}
    </>
  );
}

function Note({ note, canEdit, onEdit }: { readonly note: SynopsisNote; readonly canEdit: boolean; readonly onEdit: () => void }) {
  const { synopsis, toasts } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const { t, language } = useSpeech();
  const renderMarkdown = useContext(MarkdownSlot);

  async function remove(): Promise<void> {
    const code = await synopsis.removeNote(note.id);
    if (code !== null) return sayError(code);
    const made = currentOf(synopsis.getState())?.id ?? null;
    toasts.say({
      key: `note-removed:${note.id}`,
      text: said => said.t.notes.removed,
      action: { label: said => said.t.common.undo, run: () => void actions.undoSynopsis(made) },
    });
  }

  return (
    <section className="synopsis-section synopsis-note">
      <h3 lang={language}>{t.notes.title}</h3>
      <div className="synopsis-items">
        {renderMarkdown({ text: note.text })}
        {canEdit && (
          <span className="note-tools">
            <IconButton size="s" label={t.notes.edit} icon={<PencilLine />} onClick={onEdit} />
            <IconButton size="s" label={t.notes.remove} icon={<Trash2 />} onClick={() => void remove()} />
          </span>
        )}
      </div>
    </section>
  );
}

function NoteEditor({
  note,
  after,
  onDone,
}: {
  readonly note: SynopsisNote | null;
  readonly after: SectionKind | null;
  readonly onDone: () => void;
}) {
  const { synopsis } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const hintId = useId();
  const [text, setText] = useState(note?.text ?? '');
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    const wanted = text.trim();
    if (wanted === '' || busy) return;
    setBusy(true);
    const code = await synopsis.putNote({ noteId: note?.id ?? null, after, text: wanted });
    setBusy(false);
    // What was written is not lost to a failure.
    if (code !== null) return sayError(code);
    onDone();
  }

  return (
    <section className="synopsis-section synopsis-note">
      <h3>{t.notes.title}</h3>
      <div className="synopsis-items note-editor">
        <textarea
          value={text}
          rows={3}
          maxLength={20_000}
          autoFocus
          aria-label={t.notes.title}
          aria-describedby={hintId}
          placeholder={t.notes.placeholder}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
            if (event.key === 'Escape') {
              event.stopPropagation();
              if (text.trim() === (note?.text ?? '')) onDone();
            }
          }}
        />
        <span className="note-actions">
          <span id={hintId} className="note-hint">
            {t.notes.markdown}
          </span>
          <Button size="s" variant="quiet" onClick={onDone}>
            {t.sectionMenu.cancel}
          </Button>
          <Button size="s" variant="accent" disabled={busy || text.trim() === ''} onClick={() => void save()}>
            {t.notes.save}
          </Button>
        </span>
      </div>
    </section>
  );
}
