/** One command of a gate. It runs on this Node, in the folder that is checked; exit code 0 is a pass. */
export interface Check {
  readonly name: string;
  /** A script, relative to the project's folder, and its parameters. */
  readonly command: readonly [script: string, ...parameters: string[]];
}

/** Every TypeScript project: one per environment, so that `document` in shared or `process` in the window does not compile. */
const TYPESCRIPT_PROJECTS = ['src/shared', 'src/main', 'src/preload', 'src/workers', 'src/renderer', 'test', 'tools'] as const;

/** Every gate by name, in the order a person wants to hear of them. */
export const gates = {
  types: TYPESCRIPT_PROJECTS.map((project): Check => ({
    name: `types of ${project}`,
    command: ['node_modules/typescript/bin/tsc', '-p', project],
  })),
  lint: [{ name: 'lint', command: ['node_modules/oxlint/bin/oxlint', '--format=unix'] }],
  format: [{ name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check'] }],
  dead: [{ name: 'dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints', '--reporter=compact'] }],
  lock: [{ name: 'lock file', command: ['tools/gates/lock-completeness.ts'] }],
} as const satisfies Record<string, readonly Check[]>;

export type GateName = keyof typeof gates;
export const gateNames = Object.keys(gates) as readonly GateName[];
