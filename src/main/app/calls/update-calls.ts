import type { HandlersOf } from '../../ipc/handlers.ts';
import type { UpdateDesk } from '../updates/update-desk.ts';

export function updateCalls(desk: Pick<UpdateDesk, 'state' | 'check' | 'download' | 'install'>): HandlersOf<'updates'> {
  return {
    'updates.read': desk.state,
    'updates.check': desk.check,
    'updates.download': desk.download,
    'updates.install': () => {
      desk.install();
      return {};
    },
  };
}
