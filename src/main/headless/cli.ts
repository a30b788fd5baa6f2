#!/usr/bin/env node
// The oldest Node-API that the SQLite driver runs on; below it the driver ends the process without a word.
const neededNapi = 10;

if (Number(process.versions.napi) < neededNapi) {
  process.stderr.write(`Konspekt needs Node 22.12 or newer, and this is ${process.version}. Run it as "npm run konspekt -- …" from its folder, which brings the right one.\n`);
  process.exit(2);
}

const { runCommandLine } = await import('./command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
// Exit is a deliberate act: whatever a library left open must not keep a finished command alive.
process.exit();

export {};
