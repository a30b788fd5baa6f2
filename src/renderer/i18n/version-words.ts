import type { VersionHead } from '../../shared/domain/synopsis.ts';
import type { Speech } from './format.ts';

type Told = Pick<VersionHead, 'state' | 'trigger' | 'madeBy' | 'jobId'>;

/** What a version came of; of one that did not become ready, what became of it. */
export function describeVersion({ state, trigger }: Told, { t }: Speech): string {
  return state === 'ready' ? t.versions.trigger[trigger] : t.synopsis.versionState[state];
}

/** Who made a version: what made its new sections, and the person where a person took, restored or wrote them. */
export function authorOf({ madeBy, jobId }: Told, { t }: Speech): string {
  const makers = madeBy.map(each => (each.kind === 'extractive' ? t.versions.builtIn : each.model));
  return [...(jobId === null ? [t.versions.byYou] : []), ...makers].join(', ');
}
