import { wire } from '../../src/renderer/app/wiring.ts';
import { createServices } from '../../src/renderer/state/services.ts';
import { createClient } from '../../src/shared/contract/client.ts';
import { createScenario } from './memory-scenario.ts';
import { inRussian } from './speech.ts';

/** When it is in the windows of these tests. */
export const windowNowMs = Date.UTC(2026, 4, 3, 12);

/** Lets every answer that is under way arrive. */
export async function settle(): Promise<void> {
  for (let at = 0; at < 60; at += 1) await Promise.resolve();
}

export async function openWindow(options: { focused?: boolean; onStart?: boolean } = {}) {
  const writtenDrafts: string[] = [];
  const attentive = new Set<() => void>();
  const scenario = createScenario('ru', { nowMs: windowNowMs });
  const services = createServices({
    client: createClient(scenario.backend.channel),
    speaking: inRussian,
    layout: { read: () => null, write: () => {} },
    drafts: { read: () => null, write: text => void writtenDrafts.push(text) },
  });
  wire(services, {
    isVisible: () => true,
    isFocused: () => options.focused ?? true,
    onChange(listener) {
      attentive.add(listener);
      return () => attentive.delete(listener);
    },
  });
  await settle();
  if (options.onStart !== true) services.view.openSession(scenario.main.id);
  await settle();
  return {
    ...scenario,
    services,
    writtenDrafts,
    /** The window was hidden, shown, left or come back to. */
    changeAttention(): void {
      for (const listener of attentive) listener();
    },
  };
}
