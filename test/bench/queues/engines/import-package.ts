/**
 * A package of this folder's own lock, which the program does not depend on and the type checker never sees. Each engine
 * states the few calls it makes as the type it asks for.
 */
export async function importPackage<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}
