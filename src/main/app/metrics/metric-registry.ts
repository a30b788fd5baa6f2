/**
 * Counters, gauges and histograms, and their text in the exposition format of Prometheus (version 0.0.4,
 * https://prometheus.io/docs/instrumenting/exposition_formats/). The format is some lines of text; the library for it
 * (prom-client) brings three more packages for exemplars and quantile sketches and was last released in 2024.
 *
 * A label has a fixed list of values, so the number of series is known when the program is written: a value that is not
 * in the list is counted as `other`.
 */
export type Labels = Readonly<Record<string, readonly string[]>>;
type Values<L extends Labels> = { readonly [K in keyof L]: string };

export interface Counter<L extends Labels> {
  add(values: Values<L>, by?: number): void;
}

export interface Histogram<L extends Labels> {
  observe(values: Values<L>, value: number): void;
  /** An upper bound of the value below which this share of all observations lies; null before the first. */
  quantile(share: number): number | null;
  count(): number;
}

export interface MetricRegistry {
  counter<L extends Labels>(name: string, help: string, labels: L): Counter<L>;
  /** `read` is called at every reading. */
  gauge<L extends Labels>(name: string, help: string, labels: L, read: () => Iterable<readonly [Values<L>, number]>): void;
  /** `bounds` are the upper bounds of the buckets, ascending. */
  histogram<L extends Labels>(name: string, help: string, labels: L, bounds: readonly number[]): Histogram<L>;
  /** Counted elsewhere since the process began, and read at every reading. */
  readCounter<L extends Labels>(name: string, help: string, labels: L, read: () => Iterable<readonly [Values<L>, number]>): void;
  text(): string;
}

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

const other = 'other';
const namePattern = /^[a-z][a-z0-9_]*$/u;

export function createMetricRegistry(): MetricRegistry {
  const families = new Map<string, () => string[]>();

  function declare(name: string, help: string, type: 'counter' | 'gauge' | 'histogram', lines: () => string[]): void {
    if (!namePattern.test(name)) throw new Error(`"${name}" is no name of a metric. Use small letters, digits and _.`);
    if (families.has(name)) throw new Error(`There are two metrics named ${name}. Give one of them another name.`);
    families.set(name, () => [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
      ...lines(),
    ]);
  }

  function fromReading<L extends Labels>(
    name: string,
    help: string,
    type: 'counter' | 'gauge',
    labels: L,
    read: () => Iterable<readonly [Values<L>, number]>,
  ): void {
    declare(name, help, type, () => {
      const sums = new Map<string, number>();
      for (const [values, value] of read()) {
        const key = labelText(labels, values);
        sums.set(key, (sums.get(key) ?? 0) + value);
      }
      return [...sums].map(([key, value]) => `${name}${braced(key)} ${value}`);
    });
  }

  return {
    counter(name, help, labels) {
      // Every series is there from the start: a rate over one that appears with its first event misses that event.
      const counts = new Map(combinations(labels).map(values => [labelText(labels, values), 0]));
      declare(name, help, 'counter', () => [...counts].map(([key, value]) => `${name}${braced(key)} ${value}`));
      return {
        add(values, by = 1) {
          const key = labelText(labels, values);
          counts.set(key, (counts.get(key) ?? 0) + by);
        },
      };
    },
    gauge(name, help, labels, read) {
      fromReading(name, help, 'gauge', labels, read);
    },
    readCounter(name, help, labels, read) {
      fromReading(name, help, 'counter', labels, read);
    },
    histogram(name, help, labels, bounds) {
      const make = () => ({ buckets: bounds.map(() => 0), sum: 0, count: 0 });
      const series = new Map(combinations(labels).map(values => [labelText(labels, values), make()]));
      declare(name, help, 'histogram', () =>
        [...series].flatMap(([key, { buckets, sum, count }]) => {
          let below = 0;
          const withBound = (bound: string) => braced(`${key}${key === '' ? '' : ','}le="${bound}"`);
          return [
            ...bounds.map((bound, at) => {
              below += buckets[at] ?? 0;
              return `${name}_bucket${withBound(String(bound))} ${below}`;
            }),
            `${name}_bucket${withBound('+Inf')} ${count}`,
            `${name}_sum${braced(key)} ${sum}`,
            `${name}_count${braced(key)} ${count}`,
          ];
        }),
      );
      return {
        observe(values, value) {
          const key = labelText(labels, values);
          const found = series.get(key) ?? make();
          series.set(key, found);
          const at = bounds.findIndex(bound => value <= bound);
          if (at !== -1) found.buckets[at] = (found.buckets[at] ?? 0) + 1;
          found.sum += value;
          found.count += 1;
        },
        quantile(share) {
          const all = [...series.values()];
          const total = all.reduce((sum, each) => sum + each.count, 0);
          if (total === 0) return null;
          let below = 0;
          for (const [at, bound] of bounds.entries()) {
            below += all.reduce((sum, each) => sum + (each.buckets[at] ?? 0), 0);
            if (below >= share * total) return bound;
          }
          return bounds.at(-1) ?? null;
        },
        count: () => [...series.values()].reduce((sum, each) => sum + each.count, 0),
      };
    },
    text: () => `${[...families.values()].flatMap(lines => lines()).join('\n')}\n`,
  };
}

/** Values come from lists in the program; they hold nothing that would need escaping, which `labelText` sees to. */
function labelText<L extends Labels>(labels: L, values: Values<L>): string {
  return Object.entries(labels)
    .map(([name, allowed]) => {
      const value = values[name] ?? other;
      return `${name}="${allowed.includes(value) ? value : other}"`;
    })
    .join(',');
}

function braced(labels: string): string {
  return labels === '' ? '' : `{${labels}}`;
}

function combinations<L extends Labels>(labels: L): Values<L>[] {
  const all = Object.entries(labels).reduce<Record<string, string>[]>(
    (made, [name, values]) => made.flatMap(each => values.map(value => ({ ...each, [name]: value }))),
    [{}],
  );
  // Built from the very entries of `labels`.
  return all as Values<L>[];
}
