import type { Health } from '../../../shared/contract/health.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';

export function healthCalls(read: () => Health): HandlersOf<'health'> {
  return { 'health.read': read };
}
