import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { Citation, SourceRef } from '../../shared/domain/synopsis.ts';
import type { Location } from '../../shared/contract/app.ts';
import { destinationOf, formatAddress, isMeantForProgram } from '../../shared/contract/address.ts';
import type { Speech } from '../i18n/format.ts';
import type { Actions } from './actions.ts';
import { goTo } from './go-to.ts';
import type { Services } from './services.ts';
import { keysOf, type Host } from './shortcut-keys.ts';
import type { KeyedCommand } from '../../shared/domain/command-keys.ts';

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('A component of the window was rendered outside ServicesContext; wrap it in the provider.');
  return services;
}

export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('A component of the window was rendered outside ActionsContext; wrap it in the provider.');
  return actions;
}

export function useSpeech(): Speech {
  return useStore(useServices().app, state => state.speech);
}

/** The program around the window. Until it has answered, a browser: what works there works everywhere. */
export function useHost(): Host {
  return useStore(useServices().app, state => state.opening?.host ?? 'headless');
}

/** The keys to show for a command in this host. */
export function useKeys(): (command: KeyedCommand) => string {
  const host = useHost();
  return useCallback(command => keysOf(command, host), [host]);
}

/** Puts the address of a place on the clipboard. */
export function useCopyLink(): (place: Location) => void {
  const actions = useActions();
  return useCallback(place => void actions.copyText(formatAddress(place), ({ t }) => t.places.linkCopied), [actions]);
}

/** Puts the address of a quoted passage on the clipboard, in the chat that is open. */
export function useCopyCitationLink(): (citation: Citation) => void {
  const { view } = useServices();
  const copyLink = useCopyLink();
  return useCallback(
    ({ snapshotHash, source, start, end }) => {
      const { sessionId } = view.getState();
      if (sessionId === null || start === null || end === null) return;
      const documentId = source.kind === 'document' ? source.documentId : null;
      copyLink({ kind: 'passage', sessionId, snapshotHash, documentId, start, end });
    },
    [view, copyLink],
  );
}

/** Opens a link: a place of the program in the window, any other outside of it; or says why it does not open. */
export function useOpenLink(): (url: string) => void {
  const services = useServices();
  const { client, toasts } = services;
  return useCallback(
    url => {
      if (isMeantForProgram(url)) return void goTo(services, destinationOf(url));
      void client.call('app.openLink', { url }).then(result => {
        if (!result.ok) toasts.say({ key: 'link', text: speech => speech.error(result.error.code), tone: 'problem' });
      });
    },
    [services, client, toasts],
  );
}

/** Says an error code as a sentence; null is no error and says nothing. */
export function useSayError(): (code: string | null) => void {
  const { toasts } = useServices();
  return useCallback(
    code => {
      if (code !== null) toasts.say({ key: `error:${code}`, text: speech => speech.error(code), tone: 'problem' });
    },
    [toasts],
  );
}

/** Names a source as the person knows it, also after it was taken out of the chat. */
export function useSourceTitle(): (source: SourceRef) => string {
  const { documents } = useServices();
  const { t } = useSpeech();
  const byId = useStore(documents, state => state.byId);
  return useCallback(
    source => {
      if (source.kind === 'chat') return t.sources.chatSource;
      return byId.get(source.documentId)?.title ?? t.sources.unknown;
    },
    [byId, t],
  );
}

/** Tells which citation's passage is shown now, so that the way back to it is seen. */
export function useIsOpenCitation(): (citation: Citation) => boolean {
  const { view } = useServices();
  const shown = useStore(view, state => (state.rightOpen && state.rightTab === 'sources' ? state.source : null));
  return useCallback(
    ({ snapshotHash, start, end }) =>
      shown?.range != null && shown.snapshotHash === snapshotHash && shown.range.start === start && shown.range.end === end,
    [shown],
  );
}

export function useOpenCitation(): (citation: Citation) => void {
  const { view } = useServices();
  return useCallback(citation => view.openCitation(citation), [view]);
}
