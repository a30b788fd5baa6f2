import type { Plugin } from 'vite';

/** Written beside each bundle: the folders of packages whose code is in it, from the project's folder on. */
export const bundledPackagesFile = 'bundled-packages.json';

const modules = '/node_modules/';
const nameAtStart = /^(?:@[^/]+\/)?[^/]+/u;

/** Notes which packages a bundle has taken in: what is shipped of them has to be named with its licence. */
export function bundledPackages(): Plugin {
  return {
    name: 'bundled-packages',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const item of Object.values(bundle)) {
        for (const id of item.type === 'chunk' ? item.moduleIds : item.originalFileNames) {
          const folder = packageFolder(id.replaceAll('\\', '/'));
          if (folder !== null) folders.add(folder);
        }
      }
      this.emitFile({ type: 'asset', fileName: bundledPackagesFile, source: JSON.stringify([...folders].sort(), null, 2) });
    },
  };
}

/** `node_modules/name`, with the packages around it: one name may stand in two of them in different versions. */
function packageFolder(module: string): string | null {
  const first = module.indexOf(modules);
  if (first < 0) return null;
  const within = module.lastIndexOf(modules) + modules.length;
  const name = nameAtStart.exec(module.slice(within))?.[0];
  return name === undefined ? null : module.slice(first + 1, within) + name;
}
