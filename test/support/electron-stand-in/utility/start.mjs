// `--import`ed into every utility process before its entry: `process.parentPort`, and no `electron` to import.
await import('./parent-port.ts');
