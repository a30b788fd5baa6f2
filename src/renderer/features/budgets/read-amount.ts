/** Far below what the program takes at most, in any unit: what is above is a slip of the keys. */
const mostTyped = 10_000_000;

/** A number above zero as people type it, with spaces between thousands and either decimal sign; null for anything else. */
export function readAmount(text: string): number | null {
  const bare = text.replace(/\s/gu, '').replace(',', '.');
  if (!/^\d+(\.\d+)?$/u.test(bare)) return null;
  const amount = Number(bare);
  return amount > 0 && amount <= mostTyped ? amount : null;
}
