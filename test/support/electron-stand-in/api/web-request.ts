import { modelled } from '../modelled.ts';
import { matchesUrlPattern } from '../url-pattern.ts';

type Filter = Electron.WebRequestFilter;
type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;
type HeadersReceived = (
  details: Electron.OnHeadersReceivedListenerDetails,
  callback: (response: Electron.HeadersReceivedResponse) => void,
) => void;

/** One listener with its filter, as Electron keeps it: the last one set wins. */
interface Registered<L> {
  readonly urls: readonly string[];
  readonly types: readonly string[] | undefined;
  readonly listener: L;
}

export interface WebRequestModel {
  /** What the app calls. */
  readonly api: Pick<Electron.WebRequest, 'onBeforeRequest' | 'onHeadersReceived'>;
  readonly beforeRequest: (details: Electron.OnBeforeRequestListenerDetails) => Promise<Electron.CallbackResponse>;
  readonly headersReceived: (details: Electron.OnHeadersReceivedListenerDetails) => Promise<Electron.HeadersReceivedResponse>;
}

/** `session.webRequest`: requests as the app knows them (`app://…`), including those that `protocol.handle` answers. */
export function makeWebRequest(): WebRequestModel {
  let before: Registered<BeforeRequest> | undefined;
  let received: Registered<HeadersReceived> | undefined;

  const register = <L>(first: Filter | L | null, second: L | null | undefined): Registered<L> | undefined => {
    const filtered = second !== undefined;
    const listener = filtered ? second : (first as L | null);
    if (listener === null) return undefined;
    const { urls = [], types } = filtered ? (first as Filter) : {};
    for (const pattern of urls) matchesUrlPattern(pattern, 'about:blank'); // a pattern that is none is refused now
    return { urls, types, listener };
  };
  const applies = <L>(registered: Registered<L> | undefined, url: string, type: string): registered is Registered<L> =>
    registered !== undefined &&
    (registered.urls.length === 0 || registered.urls.some(pattern => matchesUrlPattern(pattern, url))) &&
    (registered.types === undefined || registered.types.length === 0 || registered.types.includes(type));

  return {
    api: modelled<WebRequestModel['api']>('session.webRequest', {
      onBeforeRequest: (first: Filter | BeforeRequest | null, second?: BeforeRequest | null) =>
        void (before = register<BeforeRequest>(first, second)),
      onHeadersReceived: (first: Filter | HeadersReceived | null, second?: HeadersReceived | null) =>
        void (received = register<HeadersReceived>(first, second)),
    }),
    async beforeRequest(details) {
      const current = before;
      if (!applies(current, details.url, details.resourceType)) return {};
      return new Promise(resolve => current.listener(details, resolve));
    },
    async headersReceived(details) {
      const current = received;
      if (!applies(current, details.url, details.resourceType)) return {};
      return new Promise(resolve => current.listener(details, resolve));
    },
  };
}
