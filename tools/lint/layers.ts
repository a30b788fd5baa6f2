/**
 * Who may import whom: the one table behind the lint rule and the table in docs/ARCHITECTURE.md. A layer's files may always import
 * each other. Tests beside the code are not bound by it: they take whatever proves the code.
 */
export interface Layer {
  /** The folder (or, for a composition root, the file) under `src/`. */
  readonly name: string;
  /** Layers it may import. */
  readonly imports: readonly string[];
  /** Layers it may only take types from: it implements their ports and never calls them. */
  readonly typesFrom: readonly string[];
  /** Packages it may import; `any` leaves it to the reserved packages below. */
  readonly packages: readonly string[] | 'any';
  /** Whether it may import `node:*`. */
  readonly node: boolean;
}

const everyPartOfMain = ['shared', 'system', 'main/app', 'main/engine', 'main/store', 'main/workers', 'main/ipc'] as const;

export const layers: readonly Layer[] = [
  { name: 'shared', imports: [], typesFrom: [], packages: ['zod'], node: false },
  { name: 'main/processor', imports: [], typesFrom: [], packages: [], node: true },
  { name: 'system', imports: [], typesFrom: [], packages: [], node: true },
  { name: 'main/engine', imports: ['shared'], typesFrom: [], packages: ['croner', 'zod'], node: false },
  {
    name: 'main/store',
    imports: ['shared', 'main/processor'],
    typesFrom: ['main/engine'],
    packages: ['@orama/stemmers', 'better-sqlite3', 'zod'],
    node: true,
  },
  { name: 'main/workers', imports: ['shared', 'system', 'main/processor'], typesFrom: ['main/engine'], packages: ['zod'], node: true },
  { name: 'main/ipc', imports: ['shared', 'main/engine', 'main/store'], typesFrom: [], packages: ['ws', 'zod'], node: true },
  {
    name: 'main/app',
    imports: ['shared', 'system', 'main/engine', 'main/store', 'main/workers', 'main/ipc'],
    typesFrom: [],
    packages: 'any',
    node: true,
  },
  { name: 'main/desktop', imports: everyPartOfMain, typesFrom: [], packages: 'any', node: true },
  { name: 'main/headless', imports: everyPartOfMain, typesFrom: [], packages: 'any', node: true },
  { name: 'main/index.ts', imports: [...everyPartOfMain, 'main/desktop'], typesFrom: [], packages: 'any', node: true },
  { name: 'preload', imports: ['shared'], typesFrom: [], packages: ['electron'], node: false },
  { name: 'workers/files', imports: ['shared', 'system', 'workers'], typesFrom: [], packages: 'any', node: true },
  { name: 'workers', imports: ['shared', 'system'], typesFrom: [], packages: 'any', node: true },
  {
    name: 'renderer',
    imports: ['shared'],
    typesFrom: [],
    packages: [
      '@base-ui/react',
      '@tanstack/react-virtual',
      'lucide-react',
      'mdast-util-gfm',
      'micromark-extension-gfm',
      'pdfjs-dist',
      'react',
      'react-dom',
      'react-markdown',
      'remark-math',
      'temml',
      'zod',
      'zustand',
    ],
    node: false,
  },
];

/** Packages only these layers may import, whatever their `packages` say. */
export const reservedPackages: Readonly<Record<string, readonly string[]>> = {
  // The parts without Electron run headless, in workers and in tests; one stray import ends that.
  electron: ['main/desktop', 'main/index.ts', 'preload'],
  'electron-store': ['main/desktop', 'main/index.ts'],
  // One process owns the database, through one folder. A deck of cards is a database too, made in memory and nobody's else.
  'better-sqlite3': ['main/store', 'workers/files'],
};
