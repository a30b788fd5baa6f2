import type { Database } from '../../../src/main/store/connection.ts';
import type { FailPoints } from './fail-points.ts';

const running: ReadonlySet<PropertyKey> = new Set(['run', 'get', 'all']);

/** What a statement is called by: its first words, up to the table it speaks of. */
export function nameOfStatement(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*|\s+/gu, ' ')
    .trim()
    .slice(0, 48);
}

/** A connection with a point before and after each run of a prepared statement. */
export function withStatementPoints(db: Database, points: FailPoints): Database {
  function wrapStatement(statement: object, name: string): object {
    return new Proxy(statement, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          if (!running.has(property)) {
            const result: unknown = Reflect.apply(value, target, given);
            // `pluck` and its like give the statement back.
            return result === target ? wrapStatement(target, name) : result;
          }
          points.reach(`sql ${name}:before`);
          const result: unknown = Reflect.apply(value, target, given);
          points.reach(`sql ${name}:after`);
          return result;
        };
      },
    });
  }
  return new Proxy(db, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, given);
        return property === 'prepare' && typeof result === 'object' && result !== null
          ? wrapStatement(result, nameOfStatement(String(given[0])))
          : result;
      };
    },
  });
}
