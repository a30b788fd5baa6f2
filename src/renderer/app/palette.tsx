import { Dialog } from '@base-ui/react/dialog';
import { ListTree, MessageSquare, Quote, NotebookText, SquareChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Client } from '../../shared/contract/client.ts';
import type { CallOutput } from '../../shared/contract/contract.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { SessionView } from '../../shared/domain/session.ts';
import type { FoundMaterial } from '../../shared/contract/search.ts';
import { byTimer } from '../state/later.ts';
import type { Snippet } from '../../shared/domain/snippet.ts';
import { useHost, useServices, useSpeech } from '../state/context.tsx';
import { goTo } from '../state/go-to.ts';
import { Keys } from '../ui/keys.tsx';
import { commands, shownKeys, type Command, type CommandContext } from './commands.ts';
import { MarkedSnippet } from '../ui/marked-snippet.tsx';
import { createTypedSearch, type TypedSearch } from './typed-search.ts';
import '../ui/dialog.css';
import './palette.css';

function CommandKeys({ command }: { readonly command: Command }) {
  const keys = shownKeys(command, useHost());
  return keys === null ? null : <Keys combo={keys} />;
}

interface Entry {
  readonly key: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly aside: ReactNode;
  /** Where it was found: what tells two of one name apart. */
  readonly snippet?: Snippet | undefined;
  run(): void;
}

type FoundSynopsis = CallOutput<'synopses.list'>['synopses'][number];

interface Found {
  readonly chats: readonly SessionView[];
  readonly snippets: ReadonlyMap<SessionId, Snippet>;
  readonly synopses: readonly FoundSynopsis[];
  readonly jobs: readonly JobView[];
  readonly material: readonly FoundMaterial[];
}

const nothingFound: Found = { chats: [], snippets: new Map(), synopses: [], jobs: [], material: [] };

/** Rows of each kind: together they fit a small window without scrolling. */
const rowsPerKind = 6;

async function ask(client: Client, search: string): Promise<Found> {
  const query = { search, limit: rowsPerKind };
  const [chats, synopses, jobs, material] = await Promise.all([
    client.call('sessions.list', { ...query, withSnippets: true }),
    client.call('synopses.list', { ...query, withSnippets: true }),
    // Without words there is nothing to find a job by; the tasks panel lists them all.
    search === '' ? null : client.call('jobs.list', query),
    search === '' ? null : client.call('search.material', { typed: search, limit: rowsPerKind }),
  ]);
  return {
    chats: chats.ok ? chats.value.sessions : [],
    snippets: new Map(chats.ok ? chats.value.snippets?.map(({ sessionId, snippet }) => [sessionId, snippet]) : []),
    synopses: synopses.ok ? synopses.value.synopses : [],
    jobs: jobs?.ok === true ? jobs.value.jobs : [],
    material: material?.ok === true ? material.value.found : [],
  };
}

/** Somebody who has not typed for so long reads: longer than between two words, shorter than a glance down the list. */
const meaningPauseMs = 500;

const passageKey = ({ snapshotHash, start }: FoundMaterial): string => `${snapshotHash}-${start}`;

/** What meaning has found beside the words comes after what they have found. */
function withMeant(material: readonly FoundMaterial[], meant: readonly FoundMaterial[]): readonly FoundMaterial[] {
  const known = new Set(material.map(passageKey));
  return [...material, ...meant.filter(found => !known.has(passageKey(found)))];
}

/** Everything by its name: chats and synopses are searched by main, actions here. */
export function Palette({ context }: { readonly context: CommandContext }) {
  const { client, view } = useServices();
  const { services } = context;
  const speech = useSpeech();
  const { t } = speech;
  const [text, setText] = useState('');
  const [{ chats, snippets, synopses, jobs, material }, setFound] = useState<Found>(nothingFound);
  const [meant, setMeant] = useState<{ readonly typed: string; readonly found: readonly FoundMaterial[] } | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<TypedSearch | null>(null);

  useEffect(() => {
    const typed = createTypedSearch({ ask: search => ask(client, search), show: setFound });
    searchRef.current = typed;
    return () => typed.stop();
  }, [client]);
  useEffect(() => {
    searchRef.current?.search(text.trim());
    setActive(0);
    setMeant(null);
    setIsLoading(false);
    const typed = text.trim();
    if (typed === '') return undefined;
    let isGone = false;
    let callOff = byTimer(askMeaning, meaningPauseMs);
    // A call of a model, so only what somebody has stopped typing is asked for; once more while main is still loading, which remembers its answer.
    function askMeaning(): void {
      void client.call('search.material', { typed, byMeaning: true, limit: rowsPerKind }).then(result => {
        if (isGone || !result.ok) return;
        setIsLoading(result.value.isLoading);
        if (result.value.byMeaning) setMeant({ typed, found: result.value.found });
        if (result.value.isLoading) callOff = byTimer(askMeaning, meaningPauseMs);
      });
    }
    return () => {
      isGone = true;
      callOff();
    };
  }, [client, text]);

  const groups = useMemo((): readonly { title: string; entries: readonly Entry[] }[] => {
    const wanted = text.trim().toLocaleLowerCase(speech.language);
    const actionEntries = commands
      .filter(command => command.inPalette && t.commands[command.id].toLocaleLowerCase(speech.language).includes(wanted))
      .map((command): Entry => ({
        key: command.id,
        icon: <SquareChevronRight aria-hidden />,
        label: t.commands[command.id],
        aside: <CommandKeys command={command} />,
        run: () => command.run(context),
      }));
    const all = [
      {
        title: t.commands.paletteChats,
        entries: chats.map((chat): Entry => ({
          key: chat.id,
          icon: <MessageSquare aria-hidden />,
          label: chat.title ?? t.common.untitledChat,
          aside: speech.date(chat.updatedAtMs, Date.now()),
          snippet: snippets.get(chat.id),
          run: () => view.openSession(chat.id),
        })),
      },
      {
        title: t.commands.paletteSynopses,
        entries: synopses.map((found): Entry => ({
          key: found.versionId,
          icon: <NotebookText aria-hidden />,
          label: found.title,
          aside: speech.date(found.finishedAtMs, Date.now()),
          snippet: found.snippet,
          run: () => void goTo(services, { kind: 'synopsis', sessionId: found.sessionId, versionId: found.versionId }),
        })),
      },
      { title: t.commands.paletteActions, entries: actionEntries },
      {
        title: t.jobs.title,
        entries: jobs.map((job): Entry => ({
          key: job.id,
          icon: <ListTree aria-hidden />,
          label: job.title,
          aside: t.jobs.kind[job.kind],
          run: () => view.inspect(job.id),
        })),
      },
      // The last group, and what comes later goes to its end: nothing moves under the pointer.
      {
        title: t.commands.paletteMaterial,
        entries: withMeant(material, meant?.found ?? []).map((found): Entry => ({
          key: passageKey(found),
          icon: <Quote aria-hidden />,
          label: found.title === '' ? t.common.untitledChat : found.title,
          aside: found.page === null ? null : t.common.page(found.page),
          snippet: found.snippet,
          run: () => {
            view.openSession(found.sessionId);
            const documentId = found.source.kind === 'document' ? found.source.documentId : null;
            view.openSource({
              snapshotHash: found.snapshotHash,
              documentId,
              range: { start: found.start, end: found.end },
              missing: false,
            });
          },
        })),
      },
    ];
    return all.filter(group => group.entries.length > 0);
  }, [text, chats, snippets, synopses, jobs, material, meant, speech, t, context, services, view]);
  const flat = groups.flatMap(group => group.entries);

  function choose(entry: Entry | undefined): void {
    if (!entry) return;
    view.setDialog(null);
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (active + step + flat.length) % Math.max(1, flat.length);
      setActive(next);
      listRef.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(flat[active]);
    }
  }

  return (
    <Dialog.Root
      open
      onOpenChange={open => {
        if (!open) view.setDialog(null);
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-scrim" />
        <Dialog.Popup className="palette" aria-label={t.commands.palette}>
          <input
            className="palette-input"
            role="combobox"
            aria-expanded
            aria-controls="palette-list"
            aria-activedescendant={flat[active] ? `palette-${flat[active].key}` : undefined}
            aria-label={t.commands.palette}
            placeholder={t.commands.palettePlaceholder}
            maxLength={200}
            value={text}
            onChange={event => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <div className="palette-list" id="palette-list" role="listbox" aria-label={t.commands.palette} ref={listRef}>
            {groups.map(group => (
              <div key={group.title} role="group" aria-label={group.title}>
                <div className="palette-group" aria-hidden>
                  {group.title}
                </div>
                {group.entries.map(entry => (
                  <button
                    type="button"
                    tabIndex={-1}
                    key={entry.key}
                    id={`palette-${entry.key}`}
                    role="option"
                    aria-selected={flat[active]?.key === entry.key}
                    className="palette-entry"
                    onPointerMove={() => setActive(flat.indexOf(entry))}
                    onClick={() => choose(entry)}
                  >
                    {entry.icon}
                    <span className="palette-words">
                      <span className="truncate">{entry.label}</span>
                      {entry.snippet && <MarkedSnippet snippet={entry.snippet} />}
                    </span>
                    <span className="palette-aside">{entry.aside}</span>
                  </button>
                ))}
              </div>
            ))}
          </div>
          {flat.length === 0 && <p className="palette-none">{t.commands.paletteEmpty}</p>}
          {/* There from the start: a screen reader tells what comes into a region that it knows. */}
          <div role="status">{isLoading && <p className="palette-none">{t.commands.paletteLoading}</p>}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
