/** better-sqlite3 13 is built against Node-API 10 and crashes without a word on a Node that lacks it. */
const NODE_API = 10;
/** The first Node that runs .ts files without a flag, which the tools and tests rely on; newer than every dependency's own floor. */
const NODE_FLOOR = [22, 18];

/** Whether a Node with these `process.versions` can run the program and its tools. */
export const nodeIsRecentEnough = (versions) => {
  const [major, minor] = versions.node.split('.').map(Number);
  const atFloor = major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]);
  return Number(versions.napi) >= NODE_API && atFloor;
};
