/** One drain of ours alone, for `node --cpu-prof`: `node --cpu-prof test/bench/queues/ours/profile-ours.ts [jobs] [one|best|enqueue]`. */
import { benchFolder } from '../../program/bench-folder.ts';
import { ourContestant } from './our-contestant.ts';

using folder = benchFolder();
const jobs = Number(process.argv[2] ?? 5_000);
const mode = process.argv[3] ?? 'best';
const session = await ourContestant(folder.path).open();
const before = process.cpuUsage();
if (mode === 'enqueue') {
  const ms = await session.enqueueBulk(jobs);
  const { user, system } = process.cpuUsage(before);
  console.log(`${Math.round((jobs / ms) * 1_000)} jobs/s, ${((user + system) / jobs).toFixed(1)} µs of processor a job`);
} else {
  const { ms, cpuMicros } = await session.drain(mode === 'one' ? 'one' : 'best', jobs);
  console.log(`${Math.round((jobs / ms) * 1_000)} jobs/s, ${((cpuMicros ?? 0) / jobs).toFixed(1)} µs of processor a job`);
}
await session.close();
