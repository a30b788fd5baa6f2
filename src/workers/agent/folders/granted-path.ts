import { lstat, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { AgentReach } from '../../../shared/contract/worker/agent-input.ts';
import { isHiddenName } from '../../../shared/domain/hidden-name.ts';

export type GrantedFolder = AgentReach['folders'][number];

/** Why a path is not for an agent; each has a sentence in `folder-words.ts`. */
export const pathFaults = [
  'no_folders',
  'not_granted',
  'no_write_right',
  'bad_name',
  'hidden',
  'leads_out',
  'folder_moved',
  'not_there',
  'no_parent',
  'is_folder',
  'no_file',
  'no_list',
  'is_there',
  'too_large',
  'not_text',
  'not_written',
  'no_access',
] as const;
export type PathFault = (typeof pathFaults)[number];

/** A path that an agent may not use, or a file that it cannot. */
export class PathRefused extends Error {
  readonly fault: PathFault;
  /** The path as the model wrote it. */
  readonly path: string;
  constructor(fault: PathFault, path: string) {
    super(`"${path}" cannot be used: ${fault}.`);
    this.name = 'PathRefused';
    this.fault = fault;
    this.path = path;
  }
}

/** A folder under the name that the model knows it by: its own name, numbered where two have the same. */
export interface NamedFolder extends GrantedFolder {
  readonly name: string;
}

/** A model is not told where on the disk a folder is: the path holds the name of the person's account. */
export function namedFolders(folders: readonly GrantedFolder[]): readonly NamedFolder[] {
  const known = new Set<string>();
  return folders.map(folder => {
    const own = basename(folder.path) || folder.path.replaceAll(/[/\\:]/gu, '');
    let name = own;
    for (let count = 2; known.has(folded(name)); count += 1) name = `${own} (${count})`;
    known.add(folded(name));
    return { ...folder, name };
  });
}

/** What the model's path means: a granted folder, and the names beneath it. */
export interface PathInFolder {
  readonly folder: NamedFolder;
  /** None of them is `..`, hidden, or empty. */
  readonly segments: readonly string[];
  /** With the folder's name, as the model is shown it. */
  readonly shown: string;
}

/**
 * Reads a path as a model writes it: `Notes/2024/plan.md`, the first part being the name of a granted folder, or an absolute
 * path within one. Touches no disk. Throws `PathRefused`.
 */
export function pathInFolder(path: string, folders: readonly GrantedFolder[]): PathInFolder {
  if (folders.length === 0) throw new PathRefused('no_folders', path);
  // oxlint-disable-next-line no-control-regex
  if (path.length > 4_096 || /[\u0000-\u001f\u007f]/u.test(path) || !path.isWellFormed()) throw new PathRefused('bad_name', path);
  const named = namedFolders(folders);
  const { folder, rest } = isAbsolute(path) ? absoluteIn(path, named) : namedIn(path, named);
  const segments = splitPath(rest).filter(segment => segment !== '' && segment !== '.');
  // SECURITY: never resolved on paper; what `..` means depends on links that only the disk knows.
  if (segments.includes('..')) throw new PathRefused('leads_out', path);
  if (segments.some(segment => segment.length > 255)) throw new PathRefused('bad_name', path);
  if (segments.some(isHiddenName)) throw new PathRefused('hidden', path);
  return { folder, segments, shown: [folder.name, ...segments].join('/') };
}

function namedIn(path: string, named: readonly NamedFolder[]): { folder: NamedFolder; rest: string } {
  const [first = '', ...rest] = splitPath(path.replace(/^\.[/\\]/u, ''));
  const folder = named.find(({ name }) => name === first) ?? named.find(({ name }) => folded(name) === folded(first));
  if (folder === undefined) throw new PathRefused('not_granted', path);
  return { folder, rest: rest.join('/') };
}

/** The deepest granted folder that holds the path as it is written; what it leads to is looked at when it is used. */
function absoluteIn(path: string, named: readonly NamedFolder[]): { folder: NamedFolder; rest: string } {
  if (splitPath(path).includes('..')) throw new PathRefused('leads_out', path);
  const [deepest] = named.filter(({ path: root }) => isWithin(root, path)).sort((a, b) => b.path.length - a.path.length);
  if (deepest === undefined) throw new PathRefused('not_granted', path);
  return { folder: deepest, rest: relative(deepest.path, path) };
}

/** Both marks part names on Windows; elsewhere a reversed one may be part of a name. */
function splitPath(path: string): string[] {
  return path.split(sep === '\\' ? /[/\\]/u : '/');
}

/** Whether a path is a folder or beneath it, by their spelling alone: both have to be real paths. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * The real path of something that is there. Looked up at each use: links may have changed since the folder was granted.
 *
 * @throws PathRefused `folder_moved`, `not_there`, `leads_out`, `hidden` or `no_access`
 */
export async function existingPath({ folder, segments, shown }: PathInFolder): Promise<string> {
  const root = await rootOf(folder, shown);
  const real = await realpath(join(root, ...segments)).catch(refuse(shown));
  assertInside(root, real, shown);
  return real;
}

/**
 * Where a file would be made: its parent's real path and its name. What stands there now is the caller's to look at.
 *
 * @throws PathRefused as `existingPath`, and `no_parent` or `is_folder`
 */
export async function placeForFile(place: PathInFolder): Promise<{ readonly parent: string; readonly name: string }> {
  const { folder, segments, shown } = place;
  const name = segments.at(-1);
  if (name === undefined) throw new PathRefused('is_folder', shown);
  const parent = await existingPath({ folder, segments: segments.slice(0, -1), shown }).catch((error: unknown) => {
    throw error instanceof PathRefused && error.fault === 'not_there' ? new PathRefused('no_parent', shown) : error;
  });
  if (!(await lstat(parent).catch(refuse(shown))).isDirectory()) throw new PathRefused('no_parent', shown);
  return { parent, name };
}

/** SECURITY: a granted folder is the one that was there when it was granted, not what a link put in its place leads to. */
async function rootOf(folder: GrantedFolder, shown: string): Promise<string> {
  const root = await realpath(folder.path).catch(() => {
    throw new PathRefused('folder_moved', shown);
  });
  if (root !== folder.path) throw new PathRefused('folder_moved', shown);
  return root;
}

function assertInside(root: string, real: string, shown: string): void {
  // SECURITY: after every link was followed; spelling of the path before that says nothing.
  if (!isWithin(root, real)) throw new PathRefused('leads_out', shown);
  const beneath = relative(root, real);
  if (beneath !== '' && beneath.split(sep).some(isHiddenName)) throw new PathRefused('hidden', shown);
}

/** Faults of the disk as a model can understand them. */
export function refuse(shown: string): (error: unknown) => never {
  return error => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new PathRefused('not_there', shown);
    if (code === 'ELOOP' || code === 'EMLINK') throw new PathRefused('leads_out', shown);
    if (code === 'ENAMETOOLONG' || code === 'EINVAL') throw new PathRefused('bad_name', shown);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EBUSY' || code === 'EROFS') throw new PathRefused('no_access', shown);
    if (code === 'EISDIR') throw new PathRefused('is_folder', shown);
    throw error;
  };
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
