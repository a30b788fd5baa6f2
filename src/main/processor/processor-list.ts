/** A processor or a run of them in the kernel's list format. */
const run = /^(\d+)(?:-(\d+))?$/u;

/**
 * The kernel's list of processors (cpuset(7), "List format": `0-3,8`) without its first. `null` when nothing is left or it is no such list.
 */
export function processorsButTheFirst(list: string): string | null {
  const [head = '', ...others] = list.split(',');
  const found = run.exec(head);
  if (found === null || !others.every(each => run.test(each))) return null;
  const first = Number(found[1]);
  const last = Number(found[2] ?? first);
  const rest = [...(last > first ? [last === first + 1 ? String(last) : `${first + 1}-${last}`] : []), ...others];
  return rest.length === 0 ? null : rest.join(',');
}
