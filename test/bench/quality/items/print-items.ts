import { measureItems } from './measure-items.ts';
import { itemKinds, readItems } from './read-items.ts';

/** What each figure has to be, in percent. */
const leastPrecision = 85;
const leastRecall = 60;

/**
 * `npm run bench:quality -- items [dev|test]`: the built-in engine's decisions, tasks, definitions, dates and questions against those
 * that a person has marked. Names each mistake on `dev` alone: nobody looks at those of `test`. Returns the exit code.
 */
export function printItems(asked: string | undefined): number {
  let isReached = true;
  for (const half of asked === 'dev' || asked === 'test' ? ([asked] as const) : (['dev', 'test'] as const)) {
    for (const language of ['ru', 'en'] as const) {
      const cases = readItems(half).filter(each => each.language === language);
      const rates = measureItems(cases);
      console.log(`\nitems · ${half} · ${language} (${cases.length} texts)`);
      for (const kind of itemKinds) {
        const { made, right, wanted, found, wrong, missed, withWho, withDue } = rates[kind];
        const precision = (100 * right) / Math.max(1, made);
        const recall = (100 * found) / Math.max(1, wanted);
        isReached &&= precision >= leastPrecision && recall >= leastRecall;
        const task = kind === 'tasks' ? ` · who ${withWho}, due ${withDue} of ${found}` : '';
        console.log(
          `  ${kind.padEnd(10)} precision ${precision.toFixed(0).padStart(3)} % (${right} of ${made}) · recall ${recall.toFixed(0).padStart(3)} % (${found} of ${wanted})${task}`,
        );
        if (half === 'test') continue;
        for (const what of wrong) console.log(`      wrong   ${what.replaceAll('\n', ' ')}`);
        for (const what of missed) console.log(`      missed  ${what.replaceAll('\n', ' ')}`);
      }
    }
  }
  return isReached ? 0 : 1;
}
