import type { Status } from '../../shared/contract/app.ts';

/** Also the names of the images in `resources/tray`. */
export type TrayLook = 'idle' | 'working' | 'needs-you';

/** What waits for the person outweighs what goes on without them. */
export function trayLook(status: Pick<Status, 'running' | 'waiting'>): TrayLook {
  if (status.waiting > 0) return 'needs-you';
  return status.running > 0 ? 'working' : 'idle';
}
