/** The times of a zip begin with 1980 and have no zone: what was made before is dated there. */
export function zipTime(at: Date): Date {
  return at.getUTCFullYear() < 1980 ? new Date(1980, 0, 1) : at;
}
