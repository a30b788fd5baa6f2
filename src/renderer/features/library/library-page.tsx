import { useVirtualizer } from '@tanstack/react-virtual';
import { X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { languages, type Language } from '../../../shared/domain/language.ts';
import { noFilter } from '../../../shared/domain/library.ts';
import { templates, type Template } from '../../../shared/domain/synopsis.ts';
import { bundleExtension } from '../../../shared/export/file-formats.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import type { LibraryItem } from '../../state/library-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { LibraryRow } from './library-row.tsx';
import { TagFilter } from './tag-filter.tsx';
import './library.css';

/** Heights in CSS pixels, the same as in the style sheet. */
const rowHeightPx = 62;
const foundRowHeightPx = 82;
/** Rows from the end at which the next page is asked for: a fast scroll does not reach it first. */
const aheadRows = 40;

/** All finished synopses of all chats. */
export function LibraryPage({ onOpen }: { readonly onOpen: (item: LibraryItem) => void }) {
  const { library, view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { items, loaded, failure, search, filter } = useStore(library);
  const titleRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    void library.open();
    titleRef.current?.focus();
    return () => library.close();
  }, [library]);
  const isNarrowed = search !== '' || JSON.stringify(filter) !== JSON.stringify(noFilter);

  return (
    <section className="library" aria-label={t.library.title}>
      <header className="library-bar">
        <h1 ref={titleRef} tabIndex={-1}>
          {t.library.title}
        </h1>
        <OpenFile />
        <IconButton label={t.library.close} keys="Esc" icon={<X />} onClick={() => view.closeLibrary()} />
      </header>
      <div className="library-tools">
        <SearchField
          label={t.library.search}
          clearLabel={t.common.clearSearch}
          initial={search}
          onSearch={text => void library.setSearch(text)}
        />
        <div className="library-filters">
          <select
            className="library-select"
            aria-label={t.synopsis.template}
            value={filter.template ?? ''}
            onChange={event => void library.setFilter({ template: templates.find(each => each === event.target.value) ?? null })}
          >
            <option value="">{t.library.allTemplates}</option>
            {templates.map((template: Template) => (
              <option key={template} value={template}>
                {t.synopsis.templateName[template]}
              </option>
            ))}
          </select>
          <select
            className="library-select"
            aria-label={t.synopsis.language}
            value={filter.language ?? ''}
            onChange={event => void library.setFilter({ language: languages.find(each => each === event.target.value) ?? null })}
          >
            <option value="">{t.library.allLanguages}</option>
            {languages.map((language: Language) => (
              <option key={language} value={language}>
                {t.synopsis.languageName[language]}
              </option>
            ))}
          </select>
          <Toggle label={t.library.isStale} on={filter.isStale} onChange={isStale => void library.setFilter({ isStale })} />
          <Toggle label={t.library.withIssues} on={filter.withIssues} onChange={withIssues => void library.setFilter({ withIssues })} />
          <TagFilter />
          {isNarrowed && (
            <Button
              size="s"
              variant="quiet"
              onClick={() => {
                void library.setFilter(noFilter);
              }}
              disabled={JSON.stringify(filter) === JSON.stringify(noFilter)}
            >
              {t.library.clearFilters}
            </Button>
          )}
        </div>
      </div>
      {failure !== null ? (
        <EmptyState lead={speech.error(failure)}>
          <Button onClick={() => void library.setFilter({})}>{t.common.retry}</Button>
        </EmptyState>
      ) : items.length === 0 ? (
        loaded && <EmptyState title={isNarrowed ? t.library.nothingFound : t.library.empty} lead={isNarrowed ? '' : t.library.emptyLead} />
      ) : (
        <Rows items={items} rowHeight={search === '' ? rowHeightPx : foundRowHeightPx} onOpen={onOpen} />
      )}
    </section>
  );
}

/** A synopsis that somebody saved elsewhere. */
function OpenFile() {
  const actions = useActions();
  const { t } = useSpeech();
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="s" variant="quiet" onClick={() => inputRef.current?.click()}>
        {t.synopsis.openFile}
      </Button>
      <input
        ref={inputRef}
        className="visually-hidden"
        type="file"
        accept={`.${bundleExtension}`}
        tabIndex={-1}
        aria-hidden
        onChange={event => {
          void actions.addFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

function Toggle({ label, on, onChange }: { readonly label: string; readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  return (
    <button type="button" className="library-toggle" aria-pressed={on} onClick={() => onChange(!on)}>
      {label}
    </button>
  );
}

/** Of the rows only those in sight exist. The Tab key has one stop per row's parts in sight; the arrows go from row to row. */
function Rows({
  items,
  rowHeight,
  onOpen,
}: {
  readonly items: readonly LibraryItem[];
  readonly rowHeight: number;
  readonly onOpen: (item: LibraryItem) => void;
}) {
  const { library, view } = useServices();
  const { t } = useSpeech();
  const next = useStore(library, state => state.next);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: at => items[at]?.synopsisId ?? at,
    initialOffset: view.placeIn('library'),
    overscan: 6,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [rowHeight, virtualizer]);
  const rows = virtualizer.getVirtualItems();
  const lastSeen = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (next !== null && lastSeen >= items.length - aheadRows) void library.loadMore();
  }, [library, next, lastSeen, items.length]);
  const currentAt = Math.min(current, items.length - 1);

  function onKeyDown(event: KeyboardEvent, at: number): void {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : step === undefined ? null : at + step;
    if (to === null) return;
    event.preventDefault();
    const target = Math.min(items.length - 1, Math.max(0, to));
    setCurrent(target);
    virtualizer.scrollToIndex(target);
    // A row that was out of sight is there after the next frame.
    requestAnimationFrame(() => scrollRef.current?.querySelector<HTMLElement>(`[data-at="${target}"] .library-open`)?.focus());
  }

  return (
    <div className="library-scroll" ref={scrollRef} onScroll={event => view.keepPlaceIn('library', event.currentTarget.scrollTop)}>
      <ul className="library-rows" aria-label={t.library.list} style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, key, start }) => {
          const item = items[index];
          return (
            item && (
              <li
                key={key}
                data-at={index}
                aria-setsize={next === null ? items.length : -1}
                aria-posinset={index + 1}
                className="library-row"
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                <LibraryRow
                  item={item}
                  isCurrent={index === currentAt}
                  onOpen={() => onOpen(item)}
                  onFocus={() => setCurrent(index)}
                  onKeyDown={event => onKeyDown(event, index)}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
