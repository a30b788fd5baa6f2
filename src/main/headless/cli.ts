#!/usr/bin/env node
// The oldest Node-API that the SQLite driver runs on; below it the driver ends the process without a word.
const neededNapi = 10;

if (Number(process.versions.napi) < neededNapi) {
  process.stderr.write(
    `Konspekt needs Node 22.12 or newer, and this is ${process.version}. Run it as "npm run konspekt -- …" from its folder, which brings the right one.\n`,
  );
  process.exit(2);
}

// A reader that has seen enough (`konspekt jobs | head`) closes the pipe; that is no failure, and the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(1);
  });
}

const { runCommandLine } = await import('./command-line.ts');
const exitCode = await runCommandLine(process.argv.slice(2));
// What was printed must be out before the deliberate exit: pipes are written behind our back.
await Promise.all([process.stdout, process.stderr].map(stream => new Promise<unknown>(resolve => stream.write('', resolve))));
process.exit(exitCode);

export {};
