import { schemeHandler } from '../api/protocol.ts';
import { sessionModel } from '../api/session.ts';
import { appOrigin, toAppUrl, toPageHeader, toPageUrl } from '../page-url.ts';
import { browser } from './browser.ts';
import type { CdpSession } from './cdp-connection.ts';

type Headers = Record<string, string[]>;
/** Chromium's words for why a request failed (DevTools protocol, Network.ErrorReason). */
type ErrorReason = 'Aborted' | 'BlockedByClient' | 'AddressUnreachable' | 'Failed';

/** What is used of the DevTools event Fetch.requestPaused. */
interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly responseStatusCode?: number;
  readonly responseStatusText?: string;
  readonly responseErrorReason?: string;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

/** The page that a request belongs to, as far as navigations have to be asked about. Addresses are the app's. */
export interface RequestOwner {
  readonly targetId: string;
  readonly webContents: Electron.WebContents;
  /** Whether the app lets the page go there (`will-frame-navigate`, `will-navigate`). */
  readonly allowsNavigation: (url: string, isMainFrame: boolean) => boolean;
  readonly allowsRedirect: (url: string, isMainFrame: boolean) => boolean;
}

const owners = new Map<string, RequestOwner>();

export const requestOwners = {
  add: (frameId: string, owner: RequestOwner): void => void owners.set(frameId, owner),
  remove: (frameId: string): void => void owners.delete(frameId),
};

/** Electron's names for what a request is for. */
const RESOURCE_TYPES: Readonly<Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']>> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
  WebSocket: 'webSocket',
};
const FIRST_REDIRECT = 300;
const LAST_REDIRECT = 399;

const toEntries = (headers: Readonly<Record<string, string | string[]>>): { name: string; value: string }[] =>
  Object.entries(headers).flatMap(([name, values]) => [values].flat().map(value => ({ name, value: toPageHeader(value) })));

/** From now on every request of every page passes here, before it leaves and when its answer comes. */
export async function routeRequests(): Promise<void> {
  const { cdp } = await browser();
  const root = cdp.browser;
  root.on('Fetch.requestPaused', paused => {
    const isAnswer = paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined;
    const handled = isAnswer ? answer(root, paused) : ask(root, paused);
    handled.catch((error: unknown) => {
      // The page may be gone by now, which ends its requests; anything else is a mistake to be seen.
      if (!/Invalid InterceptionId|has gone/.test(String(error))) console.error('stand-in: a request was lost:', error);
    });
  });
  await root.send('Fetch.enable', {
    patterns: [
      { urlPattern: '*', requestStage: 'Request' },
      { urlPattern: '*', requestStage: 'Response' },
    ],
  });
}

function detailsOf(paused: Paused): Electron.OnBeforeRequestListenerDetails {
  const owner = owners.get(paused.frameId);
  const isMainFrame = paused.frameId === owner?.targetId;
  const details = {
    id: Number.parseInt(paused.requestId.replace(/\D/g, ''), 10) || 0,
    url: toAppUrl(paused.request.url),
    method: paused.request.method,
    resourceType:
      paused.resourceType === 'Document' ? (isMainFrame ? 'mainFrame' : 'subFrame') : (RESOURCE_TYPES[paused.resourceType] ?? 'other'),
    referrer: toAppUrl(paused.request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
    uploadData: [],
    ...(owner === undefined ? {} : { webContentsId: owner.webContents.id, webContents: owner.webContents }),
  };
  return details as unknown as Electron.OnBeforeRequestListenerDetails;
}

/** A request before it leaves: may the page go there, does the app cancel it, does the app's own scheme answer it? */
async function ask(root: CdpSession, paused: Paused): Promise<void> {
  const { requestId, request, frameId } = paused;
  const url = toAppUrl(request.url);
  const owner = owners.get(frameId);
  const fail = (errorReason: ErrorReason): Promise<unknown> => root.send('Fetch.failRequest', { requestId, errorReason });
  if (paused.resourceType === 'Document' && owner !== undefined) {
    const isMainFrame = frameId === owner.targetId;
    if (paused.redirectedRequestId === undefined && !owner.allowsNavigation(url, isMainFrame)) return void (await fail('Aborted'));
  }
  const decision = await sessionModel.webRequest.beforeRequest(detailsOf(paused));
  if (decision.cancel === true) return void (await fail('BlockedByClient'));
  if (decision.redirectURL !== undefined) {
    const location = toPageUrl(decision.redirectURL);
    return void (await root.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 307,
      responseHeaders: [{ name: 'location', value: location }],
    }));
  }
  if (owner !== undefined && paused.resourceType === 'Document' && frameId === owner.targetId && /^https?:/.test(request.url)) {
    await sessionModel.permissions.apply(root, owner.webContents, { url, origin: appOrigin(url) }, new URL(request.url).origin);
  }
  if (url === request.url) return void (await root.send('Fetch.continueRequest', { requestId }));
  await serve(root, paused, url, fail);
}

/** The app's own scheme: its handler's Response becomes Chromium's, headers and all. */
async function serve(root: CdpSession, paused: Paused, url: string, fail: (reason: ErrorReason) => Promise<unknown>): Promise<void> {
  const { requestId } = paused;
  const handler = schemeHandler(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) return void (await fail('AddressUnreachable'));
  let response: Response;
  let body: Buffer;
  try {
    response = await handler(toRequest(paused, url));
    body = Buffer.from(await response.arrayBuffer());
  } catch (error) {
    console.error(`stand-in: the protocol handler failed for ${url}:`, error);
    return void (await fail('Failed'));
  }
  const answered: Headers = {};
  for (const [name, value] of response.headers) (answered[name] ??= []).push(value);
  const { cancel, responseHeaders = answered } = await sessionModel.webRequest.headersReceived({
    ...detailsOf(paused),
    statusCode: response.status,
    statusLine: `HTTP/1.1 ${response.status} ${response.statusText}`,
    responseHeaders: answered,
  } as Electron.OnHeadersReceivedListenerDetails);
  if (cancel === true) return void (await fail('BlockedByClient'));
  if (!redirectAllowed(paused, response.status, response.headers.get('location'))) return void (await fail('Aborted'));
  await root.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: toEntries(responseHeaders),
    body: body.toString('base64'),
    ...(response.statusText === '' ? {} : { responsePhrase: response.statusText }),
  });
}

function toRequest({ request }: Paused, url: string): Request {
  const entries = request.postDataEntries ?? [];
  const body = Buffer.concat(entries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, toAppUrl(value)]));
  return new Request(url, { method: request.method, headers, ...(body.length === 0 ? {} : { body }) });
}

/** An answer from this machine's own servers (nothing else can be reached), before the page sees it. */
async function answer(root: CdpSession, paused: Paused): Promise<void> {
  const { requestId, responseStatusCode, responseHeaders = [] } = paused;
  if (responseStatusCode === undefined) return void (await root.send('Fetch.continueRequest', { requestId }));
  const location = responseHeaders.find(({ name }) => name.toLowerCase() === 'location')?.value ?? null;
  if (!redirectAllowed(paused, responseStatusCode, location)) {
    return void (await root.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }));
  }
  const received: Headers = {};
  for (const { name, value } of responseHeaders) (received[name] ??= []).push(value);
  const decision = await sessionModel.webRequest.headersReceived({
    ...detailsOf(paused),
    statusCode: responseStatusCode,
    statusLine: `HTTP/1.1 ${responseStatusCode} ${paused.responseStatusText ?? ''}`,
    responseHeaders: received,
  } as Electron.OnHeadersReceivedListenerDetails);
  if (decision.cancel === true) return void (await root.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
  await root.send('Fetch.continueResponse', {
    requestId,
    ...(decision.responseHeaders === undefined
      ? {}
      : { responseCode: responseStatusCode, responseHeaders: toEntries(decision.responseHeaders) }),
  });
}

function redirectAllowed(paused: Paused, status: number, location: string | null): boolean {
  const owner = owners.get(paused.frameId);
  const isRedirect = status >= FIRST_REDIRECT && status <= LAST_REDIRECT && location !== null;
  if (owner === undefined || paused.resourceType !== 'Document' || !isRedirect) return true;
  const target = toAppUrl(new URL(toPageUrl(location), paused.request.url).href);
  return owner.allowsRedirect(target, paused.frameId === owner.targetId);
}
