import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BrowserShown } from './browser-job.ts';
import type { Citation, SectionKind, Template } from '../../shared/domain/synopsis.ts';
import { createPlaceHistory } from './place-history.ts';
import { jobGroups, type JobGroup } from '../../shared/domain/job.ts';
import { settingsPages, type SettingsPage } from '../../shared/domain/settings-page.ts';
import { sessionId, type DocumentId, type JobId, type MessageId, type SessionId, type Sha256 } from '../../shared/domain/ids.ts';

/** A place in a stored source; `range` is what a citation points at. */
export interface OpenSource {
  readonly snapshotHash: Sha256;
  readonly documentId: DocumentId | null;
  readonly range: { readonly start: number; readonly end: number } | null;
  /** The quote was not found: there is no place to show. */
  readonly missing: boolean;
  /** Counts up, so that clicking the same citation again scrolls to it again. */
  readonly opening: number;
}

/** How a source with pages is looked at: its stored text, or the pages of its original. */
export const sourceForms = ['text', 'original'] as const;
export type SourceForm = (typeof sourceForms)[number];

/** Documents whose form is remembered; the ones chosen longest ago are forgotten. */
const formsKept = 200;

/** What a link led to inside of what is open, until it has been scrolled to. */
export type Sought =
  | { readonly what: 'message'; readonly sessionId: SessionId; readonly messageId: MessageId }
  | { readonly what: 'section'; readonly sessionId: SessionId; readonly section: SectionKind };

/** What of the window makes a place that one goes back to, and where in its chat the person read (null: the end). */
type Place = Pick<
  ViewState,
  'sessionId' | 'libraryOpen' | 'synopsisOverlay' | 'rightOpen' | 'rightTab' | 'source' | 'inspectedJob' | 'browserShown'
> & { readonly reading: MessageId | null };

/** Two that look the same are one place, however often a passage was pressed and wherever its chat was scrolled to. */
function keyOfPlace({ sessionId: chat, libraryOpen, synopsisOverlay, rightOpen, rightTab, source, inspectedJob }: Place): string {
  if (libraryOpen) return 'library';
  const beside =
    !rightOpen || rightTab === 'browser'
      ? null
      : rightTab === 'sources'
        ? source && [source.snapshotHash, source.range]
        : rightTab === 'steps'
          ? inspectedJob
          : rightTab;
  return JSON.stringify([chat, synopsisOverlay, beside]);
}

export interface Ways {
  readonly back: boolean;
  readonly forward: boolean;
}

export type RightTab = 'synopsis' | 'sources' | 'browser' | 'steps';

export interface ViewState {
  readonly sessionId: SessionId | null;
  readonly sidebarOpen: boolean;
  readonly sidebarWidth: number;
  readonly rightOpen: boolean;
  readonly rightTab: RightTab;
  readonly rightWidth: number;
  readonly synopsisOverlay: boolean;
  /** All finished synopses, over the chat. */
  readonly libraryOpen: boolean;
  readonly source: OpenSource | null;
  /** What the person chose, by document, newest last. */
  readonly formsChosen: ReadonlyMap<string, SourceForm>;
  /** The form of a document for which nothing was chosen: the one chosen last. */
  readonly usualForm: SourceForm;
  /** How large pages are shown, 1 being their size on paper; null fits their width. */
  readonly pageZoom: number | null;
  readonly tasksOpen: boolean;
  readonly tasksHeight: number;
  /** Groups of the tasks panel that show their head alone. */
  readonly foldedGroups: readonly JobGroup[];
  readonly inspectedJob: JobId | null;
  readonly sought: Sought | null;
  /** Whether something was looked at before this place, and after it. */
  readonly ways: Ways;
  readonly browserShown: BrowserShown;
  /** The kind of material chosen for the next synopsis of the open chat; null for the chat's usual one. */
  readonly template: Template | null;
  readonly dialog:
    | 'settings'
    | 'shortcuts'
    | 'palette'
    | 'schedules'
    | 'health'
    | 'limits'
    | 'models'
    | 'mcp'
    | 'asks'
    | 'reach'
    | 'autoExport'
    | 'diagnostics'
    | 'notices'
    | null;
  /** The page that the settings show, and open with the next time. */
  readonly settingsPage: SettingsPage;
  /** The chat whose new schedule the dialog opens with. */
  readonly scheduleFor: SessionId | null;
  /** The saved recipe whose new schedule the dialog opens with. */
  readonly scheduleRecipe: string | null;
  /** The chat or the job whose limits the dialog shows. */
  readonly limitsOf: LimitsOf | null;
  /** The job whose questions the dialog shows. */
  readonly asksOf: JobId | null;
}

export type LimitsOf = { readonly scope: 'session'; readonly subject: SessionId } | { readonly scope: 'job'; readonly subject: JobId };

/** Widths and heights in CSS pixels. What is outside would make a pane unreadable or push the chat out. */
export const paneLimits = {
  sidebarWidth: { min: 200, max: 420, start: 264 },
  rightWidth: { min: 320, max: 820, start: 460 },
  tasksHeight: { min: 140, max: 560, start: 260 },
} as const;
export type PaneSize = keyof typeof paneLimits;

export interface ViewStore extends StoreApi<ViewState> {
  /** The chat that was open when the window was last closed; it may be gone by now. */
  readonly lastSession: SessionId | null;
  openSession(sessionId: SessionId | null): void;
  /** The window opens there: nothing was looked at before. */
  startAt(sessionId: SessionId): void;
  isSynopsisShown(): boolean;
  /** Shows the synopsis where it was last: docked, or over the window. */
  showSynopsis(): void;
  closeSynopsis(): void;
  dockSynopsis(docked: boolean): void;
  /** The person speaks to the chat: what lies over the conversation makes way. */
  showConversation(): void;
  /** How far down something was left, in whatever it is kept in: CSS pixels, segments, pages; 0 when it was not read yet. */
  placeIn(what: string): number;
  keepPlaceIn(what: string, place: number): void;
  /** With `onlyHere`, what is usual stays as it was. */
  chooseForm(documentId: DocumentId, form: SourceForm, onlyHere?: boolean): void;
  setPageZoom(zoom: number | null): void;
  /** Leads to something in what is open, which is to be scrolled to. */
  seek(sought: Sought): void;
  /** It was scrolled to, or is not there. */
  found(): void;
  /** The message at the upper edge of a chat; null at its end. */
  keepReading(sessionId: SessionId, messageId: MessageId | null): void;
  /** What is opened on the way is no place of its own in the history. */
  asOneStep(going: () => Promise<void>): Promise<void>;
  /** Shows the place before or after this one, the nearest whose chat there still is; false when there is none. */
  travel(step: -1 | 1, isThere: (chat: SessionId) => Promise<boolean>): Promise<boolean>;
  openLibrary(): void;
  toggleLibrary(): void;
  closeLibrary(): void;
  showSources(): void;
  openSource(source: Omit<OpenSource, 'opening'>): void;
  openCitation(citation: Citation): void;
  closeSource(): void;
  toggleRight(tab: RightTab): void;
  setRightTab(tab: RightTab): void;
  closeRight(): void;
  toggleSidebar(): void;
  toggleTasks(): void;
  foldGroup(group: JobGroup, folded: boolean): void;
  /** With null the inspector closes. */
  inspect(jobId: JobId | null): void;
  /** Opens the pane of the browser, with null on what goes on in the chat. */
  showBrowser(shown: BrowserShown): void;
  setTemplate(template: Template | null): void;
  setDialog(dialog: ViewState['dialog']): void;
  openSettings(page: SettingsPage): void;
  /** With a chat, the form for its schedule; without one, the list. */
  openSchedules(forSession: SessionId | null): void;
  /** The form for a schedule of this recipe, in the open chat. */
  openRecipeSchedule(recipeId: string): void;
  openLimits(of: LimitsOf): void;
  openAsks(of: JobId): void;
  resize(pane: PaneSize, px: number): void;
  /** Closes what is on top; false when nothing was. */
  closeTop(): boolean;
}

/** Where the layout is remembered; the browser's storage or nothing. */
export interface LayoutMemory {
  read(): string | null;
  write(text: string): void;
}

type Layout = Pick<
  ViewState,
  'sessionId' | 'sidebarOpen' | 'sidebarWidth' | 'rightWidth' | 'tasksHeight' | 'foldedGroups' | 'usualForm' | 'pageZoom'
> & {
  docked: boolean;
  formsChosen: readonly (readonly [string, SourceForm])[];
};

function readLayout(memory: LayoutMemory): Partial<Layout> {
  try {
    const value: unknown = JSON.parse(memory.read() ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function clamp(pane: PaneSize, px: unknown): number {
  const { min, max, start } = paneLimits[pane];
  return typeof px === 'number' && Number.isFinite(px) ? Math.round(Math.min(max, Math.max(min, px))) : start;
}

const isForm = (value: unknown): value is SourceForm => sourceForms.some(form => form === value);

function readForms(value: unknown): Map<string, SourceForm> {
  const pairs: readonly unknown[] = Array.isArray(value) ? value : [];
  return new Map(
    pairs.flatMap(pair => (Array.isArray(pair) && typeof pair[0] === 'string' && isForm(pair[1]) ? [[pair[0], pair[1]] as const] : [])),
  );
}

/** What is open where. Lives in the window alone; only the layout is remembered. */
export function createViewStore(memory: LayoutMemory): ViewStore {
  const layout = readLayout(memory);
  let docked = layout.docked === true;
  let openings = 0;
  const places = new Map<string, number>();
  const store = createStore<ViewState>(() => ({
    sessionId: null,
    sidebarOpen: layout.sidebarOpen !== false,
    sidebarWidth: clamp('sidebarWidth', layout.sidebarWidth),
    rightOpen: false,
    rightTab: 'sources',
    rightWidth: clamp('rightWidth', layout.rightWidth),
    synopsisOverlay: false,
    libraryOpen: false,
    source: null,
    formsChosen: readForms(layout.formsChosen),
    usualForm: isForm(layout.usualForm) ? layout.usualForm : 'original',
    pageZoom: typeof layout.pageZoom === 'number' && layout.pageZoom > 0 ? layout.pageZoom : null,
    tasksOpen: false,
    tasksHeight: clamp('tasksHeight', layout.tasksHeight),
    foldedGroups: jobGroups.filter(group => Array.isArray(layout.foldedGroups) && layout.foldedGroups.includes(group)),
    inspectedJob: null,
    sought: null,
    ways: { back: false, forward: false },
    browserShown: null,
    template: null,
    dialog: null,
    settingsPage: settingsPages[0],
    scheduleFor: null,
    scheduleRecipe: null,
    limitsOf: null,
    asksOf: null,
  }));

  const history = createPlaceHistory(keyOfPlace);
  const reading = new Map<SessionId, MessageId | null>();
  /** Several may be on their way at once; the last to arrive makes the step. */
  let onTheWay = 0;
  /** The way that is being gone, with those that wait for it. */
  let travelling: Promise<boolean> = Promise.resolve(false);
  function placeNow(): Place {
    const { sessionId: chat, libraryOpen, synopsisOverlay, rightOpen, rightTab, source, inspectedJob, browserShown } = store.getState();
    const read = chat === null ? null : (reading.get(chat) ?? null);
    return { sessionId: chat, libraryOpen, synopsisOverlay, rightOpen, rightTab, source, inspectedJob, browserShown, reading: read };
  }
  /** The same object while nothing has changed, so that nobody is told of it. */
  function waysNow(): Ways {
    const { ways } = store.getState();
    const [back, forward] = [history.peek(-1) !== null, history.peek(1) !== null];
    return ways.back === back && ways.forward === forward ? ways : { back, forward };
  }
  function tellWays(): void {
    const ways = waysNow();
    if (ways !== store.getState().ways) store.setState({ ways });
  }
  const arrive = (): void => {
    if (onTheWay > 0) return;
    history.visit(placeNow());
    tellWays();
  };
  arrive();
  store.subscribe(arrive);

  function remember(): void {
    const {
      sessionId: open,
      sidebarOpen,
      sidebarWidth,
      rightWidth,
      tasksHeight,
      foldedGroups,
      formsChosen,
      usualForm,
      pageZoom,
    } = store.getState();
    const remembered: Layout = {
      sessionId: open,
      sidebarOpen,
      sidebarWidth,
      rightWidth,
      tasksHeight,
      foldedGroups,
      docked,
      formsChosen: [...formsChosen],
      usualForm,
      pageZoom,
    };
    memory.write(JSON.stringify(remembered));
  }

  function isSynopsisShown({ synopsisOverlay, rightOpen, rightTab }: ViewState): boolean {
    return synopsisOverlay || (rightOpen && rightTab === 'synopsis');
  }

  function showSynopsis(): void {
    const place = docked ? { rightOpen: true, rightTab: 'synopsis' as const, synopsisOverlay: false } : { synopsisOverlay: true };
    store.setState({ ...place, libraryOpen: false });
  }

  function closeSynopsis(): void {
    const { rightTab } = store.getState();
    store.setState({ synopsisOverlay: false, ...(rightTab === 'synopsis' ? { rightOpen: false } : {}) });
  }

  function openSource(source: Omit<OpenSource, 'opening'>): void {
    openings += 1;
    store.setState({ source: { ...source, opening: openings }, rightOpen: true, rightTab: 'sources' });
  }

  async function go(step: -1 | 1, isThere: (chat: SessionId) => Promise<boolean>): Promise<boolean> {
    const from = history.peek(step, 0);
    for (let past = 1; ; past += 1) {
      const place = history.peek(step, past);
      if (place === null) {
        // Whatever lay that way was passed over: its chats are gone. Unless the person went elsewhere while they were asked for.
        if (history.peek(step, 0) === from) history.forget(step);
        tellWays();
        return false;
      }
      if (place.sessionId !== null) {
        const exists = await isThere(place.sessionId);
        // The person has gone elsewhere while it was asked for: there they stay.
        if (history.peek(step, past) !== place) return false;
        if (!exists) continue;
      }
      history.move(step, past);
      const { reading: read, ...shown } = place;
      const { sessionId: chat } = shown;
      const sought: Sought | null = chat === null || read === null ? null : { what: 'message', sessionId: chat, messageId: read };
      openings += 1;
      const source = shown.source && { ...shown.source, opening: openings };
      onTheWay += 1;
      // The chat first: what listens to it may close what another chat had beside it.
      if (store.getState().sessionId !== chat) store.setState({ sessionId: chat, template: null });
      store.setState({ ...shown, source, sought, dialog: null, ways: waysNow() });
      onTheWay -= 1;
      remember();
      return true;
    }
  }

  function openSession(next: SessionId | null): void {
    if (store.getState().libraryOpen) store.setState({ libraryOpen: false });
    if (store.getState().sessionId === next) return;
    // What was opened over or beside a chat was that chat's: over the next one it would hide what that one asks.
    store.setState({ sessionId: next, source: null, template: null, browserShown: null, synopsisOverlay: false });
    remember();
  }

  return {
    ...store,
    lastSession: sessionId.safeParse(layout.sessionId).data ?? null,
    openSession,
    startAt(first) {
      openSession(first);
      history.forget(-1);
      tellWays();
    },
    showSynopsis,
    closeSynopsis,
    isSynopsisShown: () => isSynopsisShown(store.getState()),
    dockSynopsis(next) {
      docked = next;
      if (!next) closeSynopsis();
      showSynopsis();
      remember();
    },
    showConversation() {
      const { synopsisOverlay, libraryOpen } = store.getState();
      if (synopsisOverlay || libraryOpen) store.setState({ synopsisOverlay: false, libraryOpen: false });
    },
    placeIn: text => places.get(text) ?? 0,
    keepPlaceIn: (text, place) => void places.set(text, place),
    chooseForm(documentId, form, onlyHere = false) {
      const { formsChosen, usualForm } = store.getState();
      const others = [...formsChosen].filter(([id]) => id !== documentId).slice(1 - formsKept);
      store.setState({ formsChosen: new Map([...others, [documentId, form]]), usualForm: onlyHere ? usualForm : form });
      remember();
    },
    setPageZoom(pageZoom) {
      store.setState({ pageZoom });
      remember();
    },
    seek: sought => store.setState({ sought }),
    found: () => store.setState({ sought: null }),
    keepReading(chat, messageId) {
      reading.set(chat, messageId);
      if (onTheWay === 0 && store.getState().sessionId === chat) history.update(placeNow());
    },
    async asOneStep(going) {
      onTheWay += 1;
      try {
        await going();
      } finally {
        onTheWay -= 1;
        arrive();
      }
    },
    travel(step, isThere) {
      // One after the other: each begins where the one before it has led.
      const arrival = travelling.then(() => go(step, isThere));
      travelling = arrival.catch(() => false);
      return arrival;
    },
    openLibrary: () => store.setState({ libraryOpen: true }),
    toggleLibrary: () => store.setState({ libraryOpen: !store.getState().libraryOpen }),
    closeLibrary: () => store.setState({ libraryOpen: false }),
    showSources: () => store.setState({ rightOpen: true, rightTab: 'sources' }),
    openSource,
    openCitation(citation) {
      const { start, end } = citation;
      openSource({
        snapshotHash: citation.snapshotHash,
        documentId: citation.source.kind === 'document' ? citation.source.documentId : null,
        range: start !== null && end !== null ? { start, end } : null,
        missing: citation.support === 'missing',
      });
    },
    closeSource: () => store.setState({ source: null }),
    toggleRight(tab) {
      const { rightOpen, rightTab } = store.getState();
      store.setState(rightOpen && rightTab === tab ? { rightOpen: false } : { rightOpen: true, rightTab: tab });
    },
    setRightTab(rightTab) {
      if (rightTab === 'synopsis') {
        docked = true;
        remember();
      }
      store.setState({ rightTab, ...(rightTab === 'synopsis' ? { synopsisOverlay: false } : {}) });
    },
    closeRight: () => store.setState({ rightOpen: false }),
    toggleSidebar() {
      store.setState({ sidebarOpen: !store.getState().sidebarOpen });
      remember();
    },
    toggleTasks: () => store.setState({ tasksOpen: !store.getState().tasksOpen }),
    foldGroup(group, folded) {
      const rest = store.getState().foldedGroups.filter(each => each !== group);
      store.setState({ foldedGroups: folded ? [...rest, group] : rest });
      remember();
    },
    inspect(inspectedJob) {
      if (inspectedJob) return store.setState({ inspectedJob, rightOpen: true, rightTab: 'steps' });
      // Its tab goes with it.
      const isOnTop = store.getState().rightTab === 'steps';
      store.setState({ inspectedJob: null, ...(isOnTop ? { rightOpen: false, rightTab: 'sources' } : {}) });
    },
    showBrowser: browserShown => store.setState({ browserShown, rightOpen: true, rightTab: 'browser' }),
    setTemplate(next) {
      store.setState({ template: next });
    },
    setDialog: dialog => store.setState({ dialog, scheduleFor: null, scheduleRecipe: null, limitsOf: null, asksOf: null }),
    openSettings: settingsPage => store.setState({ dialog: 'settings', settingsPage }),
    openSchedules: scheduleFor => store.setState({ dialog: 'schedules', scheduleFor, scheduleRecipe: null }),
    openRecipeSchedule: scheduleRecipe => store.setState({ dialog: 'schedules', scheduleFor: store.getState().sessionId, scheduleRecipe }),
    openAsks: asksOf => store.setState({ dialog: 'asks', asksOf }),
    openLimits: limitsOf => store.setState({ dialog: 'limits', limitsOf }),
    resize(pane, px) {
      const size = clamp(pane, px);
      switch (pane) {
        case 'sidebarWidth':
          store.setState({ sidebarWidth: size });
          break;
        case 'rightWidth':
          store.setState({ rightWidth: size });
          break;
        case 'tasksHeight':
          store.setState({ tasksHeight: size });
      }
      remember();
    },
    closeTop() {
      const now = store.getState();
      if (now.dialog) store.setState({ dialog: null });
      else if (now.libraryOpen) store.setState({ libraryOpen: false });
      else if (now.synopsisOverlay) store.setState({ synopsisOverlay: false });
      else if (now.tasksOpen) store.setState({ tasksOpen: false });
      else if (now.rightOpen) store.setState({ rightOpen: false });
      else return false;
      return true;
    },
  };
}
