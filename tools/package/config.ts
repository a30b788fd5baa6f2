import type { Configuration } from 'electron-builder';
import { fuses } from './fuses.ts';

/** Names the maintainer of a `.deb`, as `Name <address>`: the format has no package without one. */
export const maintainerVariable = 'KONSPEKT_MAINTAINER';

/** Where newer versions are published: `https://…` of a folder, or `github:owner/name`. Without it the package never looks for one. */
export const updatesVariable = 'KONSPEKT_UPDATES';

/** Licences of others and the bill of materials, as they are put beside the program; from the project's folder on. */
export const noticesFolder = 'out/notices';

/** Of what the packages bring with them, only what runs. Patterns of electron-builder, later ones over earlier ones. */
const shipped = [
  'out/**',
  '!out/{.build-stamp,notices}',
  '!out/notices/**',
  '!out/*/bundled-packages.json',
  'resources/**',
  'package.json',
  '!node_modules/**/*.{map,ts,mts,cts,tsx,flow,md,markdown}',
  '!node_modules/**/{test,tests,__tests__,example,examples,docs,benchmark,benchmarks}/**',
  // SQLite's sources and the binaries of the other systems: 27 MB of which 2.5 are loaded.
  '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
  '!node_modules/better-sqlite3/{deps,src}/**',
  '!node_modules/better-sqlite3/prebuilds/*.node',
  'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
  // Of pdf.js the build for Node with its data; the window has its own in `out/renderer`.
  '!node_modules/pdfjs-dist/{build,web,types,image_decoders}/**',
  '!node_modules/pdfjs-dist/legacy/{web,image_decoders}/**',
  '!node_modules/pdfjs-dist/legacy/build/*.min.mjs',
  '!node_modules/pdfjs-dist/legacy/build/pdf.sandbox.mjs',
];

/** What is packaged, for electron-builder. Certificates and passwords come from the environment in electron-builder's own variables. */
export function packageConfig(environment: NodeJS.ProcessEnv): Configuration {
  const maintainer = environment[maintainerVariable];
  return {
    appId: 'app.konspekt.desktop',
    productName: 'Konspekt',
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    directories: { output: 'dist', buildResources: 'resources' },
    files: shipped,
    extraResources: [{ from: noticesFolder, to: 'notices' }],
    // In the bundle on macOS, in the registry of the installer, as the MimeType of the desktop entry on Linux.
    protocols: [{ name: 'Konspekt', schemes: ['konspekt'] }],
    asar: true,
    // Prebuilt for Node-API, which Electron has: there is nothing to rebuild.
    npmRebuild: false,
    electronFuses: fuses,
    publish: publishedAt(environment[updatesVariable]),
    icon: 'resources/icons/konspekt-512.png',
    mac: {
      category: 'public.app-category.productivity',
      target: ['dmg', 'zip'],
      hardenedRuntime: true,
      // Follows the credentials in the environment: unsigned where there are none.
      gatekeeperAssess: false,
    },
    win: { target: ['nsis'] },
    // Into the person's own programs, without an administrator; what they have written stays when it is removed.
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
    linux: {
      target: ['AppImage', 'deb'],
      executableName: 'konspekt',
      category: 'Office',
      synopsis: 'Synopses with evidence from your documents and chats',
      ...(maintainer === undefined ? {} : { maintainer }),
    },
  };
}

/** What the package is told of its updates. Throws a sentence about an address that is none. */
function publishedAt(address: string | undefined): NonNullable<Configuration['publish']> | null {
  if (address === undefined || address === '') return null;
  const github = /^github:([\w.-]+)\/([\w.-]+)$/u.exec(address);
  if (github?.[1] !== undefined && github[2] !== undefined) return { provider: 'github', owner: github[1], repo: github[2] };
  // SECURITY: the list of versions carries the hashes that a download is checked against, so it must come from who it says.
  if (URL.parse(address)?.protocol === 'https:') return { provider: 'generic', url: address };
  throw new Error(`${updatesVariable} is "${address}": write https://… of the folder with the packages, or github:owner/name.`);
}
