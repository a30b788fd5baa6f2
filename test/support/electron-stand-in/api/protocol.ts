import { modelled } from '../modelled.ts';
import { isPageScheme, registerPageScheme } from '../page-url.ts';
import { note } from '../record.ts';
import { runtime } from '../runtime.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;
type Modelled = Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;

const handlers = new Map<string, SchemeHandler>();

/** What answers `scheme:` addresses, if the app said. */
export function schemeHandler(scheme: string): SchemeHandler | undefined {
  return handlers.get(scheme);
}

/** Only schemes that were registered as `standard` and `secure` are modelled: they are served on a secure https origin. */
export const protocol: Modelled = modelled<Modelled>('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (runtime.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    note('protocol.registerSchemesAsPrivileged', schemes);
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error(
          `stand-in: the scheme '${scheme}' is not modelled unless it is both standard and secure; give it those privileges or run on the real Electron.`,
        );
      }
      registerPageScheme(scheme);
    }
  },
  handle(scheme, handler) {
    if (!runtime.isReady) throw new Error('protocol.handle can only be used after app is ready');
    if (!isPageScheme(scheme))
      throw new Error(`stand-in: protocol.handle('${scheme}') is not modelled for a scheme that registerSchemesAsPrivileged did not name.`);
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler as SchemeHandler);
  },
  unhandle(scheme) {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: scheme => handlers.has(scheme),
});
