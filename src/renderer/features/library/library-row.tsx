import { Tag } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { useSpeech } from '../../state/context.tsx';
import type { LibraryItem } from '../../state/library-store.ts';
import { MarkedSnippet } from '../../ui/marked-snippet.tsx';
import { TagEditor } from './tag-editor.tsx';

/** Tags that a row shows; the others are counted. */
const shownTags = 2;

interface LibraryRowProps {
  readonly item: LibraryItem;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export const LibraryRow = memo(
  function LibraryRow({ item, isCurrent, onOpen, onFocus, onKeyDown }: LibraryRowProps) {
    const speech = useSpeech();
    const { t } = speech;
    const [isEditing, setEditing] = useState(false);
    const meta = [
      speech.date(item.finishedAtMs, Date.now()),
      t.synopsis.templateName[item.template].toLocaleLowerCase(speech.language),
      t.library.sources(item.sourceCount),
      ...(item.language === speech.language ? [] : [t.synopsis.inLanguage[item.language]]),
    ];
    return (
      <>
        <button
          type="button"
          className="library-open"
          tabIndex={isCurrent ? 0 : -1}
          onClick={onOpen}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
        >
          <span className="library-title truncate" lang={item.language}>
            {item.title || t.synopsis.title}
          </span>
          {item.snippet && <MarkedSnippet snippet={item.snippet} />}
          <span className="library-meta truncate">
            {meta.join('\u00A0· ')}
            {item.isStale && <span className="library-stale">{t.library.stale}</span>}
            {item.issueCount > 0 && <span className="library-issues">{t.library.issues(item.issueCount)}</span>}
          </span>
        </button>
        {isEditing ? (
          <TagEditor item={item}>{tagButton()}</TagEditor>
        ) : (
          // A card for each row would be most of what scrolling costs; it is there from the first press on.
          tagButton(() => setEditing(true))
        )}
      </>
    );

    function tagButton(onPress?: () => void) {
      return (
        <button
          type="button"
          className="library-tags"
          tabIndex={isCurrent ? 0 : -1}
          aria-haspopup="dialog"
          {...(onPress === undefined ? {} : { onClick: onPress })}
        >
          <span className="visually-hidden">{t.library.tagsOf(item.title)}</span>
          {item.tags.slice(0, shownTags).map(tag => (
            <span key={tag} className="library-tag truncate">
              {tag}
            </span>
          ))}
          {item.tags.length > shownTags && <span className="library-tag">+{item.tags.length - shownTags}</span>}
          {item.tags.length === 0 && <Tag aria-hidden />}
        </button>
      );
    }
  },
  (before, after) => before.item === after.item && before.isCurrent === after.isCurrent,
);
