// Plain JavaScript on purpose: it must be able to run on an old Node in order to say that the Node is too old.

/** Electron 45 embeds Node 24; the stand-in relies on its type stripping, module hooks and built-in SQLite. */
const NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) !== NODE_MAJOR) {
  console.error(
    `stand-in: Node ${process.versions.node} cannot run the Electron stand-in; put Node ${NODE_MAJOR} first on PATH ` +
      'or name it in KONSPEKT_STANDIN_NODE.',
  );
  process.exit(2);
}
const { boot } = await import('./boot.ts');
await boot(process.argv.slice(2));
