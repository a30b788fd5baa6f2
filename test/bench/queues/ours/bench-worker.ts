/** The program's own worker runtime with tasks that do nothing, for `our-host.ts`. */
import { serve } from '../../../../src/workers/runtime/serve.ts';
import { machineMs } from '../clock.ts';

const say = (what: 'started' | 'aborted'): string => `${what} ${machineMs()}`;
/** With the rest of a section about a kilobyte of JSON. */
const text = 'x'.repeat(560);

serve({
  worker: 'agent',
  tasks: {
    'chat.answer': async (input, context) => {
      if (input.question === 'hang') {
        context.log('info', say('started'));
        await new Promise<void>((_, reject) => {
          context.signal.addEventListener('abort', () => {
            context.log('info', say('aborted'));
            reject(new Error('stopped'));
          });
        });
      }
      return { note: 'no_model', text: String(machineMs()), citations: [] };
    },
    /** As many steps as its title says. */
    'synopsis.make': async (input, context) => {
      const [kind] = input.sections;
      const source = input.sources[0];
      if (kind !== 'summary' || source === undefined) throw new Error('The bench asks for a summary of one source.');
      const citation = {
        source: source.source,
        snapshotHash: source.snapshotHash,
        quote: 'q',
        prefix: '',
        suffix: '',
        start: 0,
        end: 1,
        page: null,
        messageId: null,
        support: 'verified' as const,
      };
      for (let n = 0; n < Number(input.title); n += 1) {
        await context.step(`section:${n}`, () => ({
          kind,
          items: [{ id: `summary-${n}`, text, citations: [citation] }],
          emptyReason: null,
          provenance: { kind: 'extractive' as const, version: 'bench' },
        }));
      }
      return { coverage: [], issues: [] };
    },
  },
});
