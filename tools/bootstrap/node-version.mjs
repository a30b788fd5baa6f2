/** better-sqlite3 13 is built against Node-API 10 and crashes without a word on a Node that lacks it. */
const NODE_API = 10;
/** The first Node that runs .ts files without a flag, which the tools and tests rely on; newer than every dependency's own floor. */
const NODE_FLOOR = { major: 22, minor: 18 };

/**
 * Whether a Node with these `process.versions` can run the program and its tools.
 * @type {(versions: { node: string, napi?: string | undefined }) => boolean}
 */
export const nodeIsRecentEnough = versions => {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  const atFloor = major > NODE_FLOOR.major || (major === NODE_FLOOR.major && minor >= NODE_FLOOR.minor);
  return Number(versions.napi ?? 0) >= NODE_API && atFloor;
};
