/** More would not be walked back through. */
const placesKept = 100;

/** What was looked at, in its order, and where in it the person is. */
export interface PlaceHistory<P> {
  /** Comes to a place: what lay ahead is forgotten. The same place again is no step. */
  visit(place: P): void;
  /** Keeps what is newest of the place that is shown, such as where it was scrolled to. */
  update(place: P): void;
  peek(step: -1 | 1, past?: number): P | null;
  /** Goes over `count` places. */
  move(step: -1 | 1, count: number): void;
  /** Nothing that lies that way is there any more. */
  forget(step: -1 | 1): void;
}

/** `keyOf` tells places apart. Pure: whoever uses it knows what a place is. */
export function createPlaceHistory<P>(keyOf: (place: P) => string): PlaceHistory<P> {
  let places: readonly P[] = [];
  let at = -1;
  return {
    visit(place) {
      const here = places[at];
      if (here !== undefined && keyOf(here) === keyOf(place)) return;
      places = [...places.slice(0, at + 1), place].slice(-placesKept);
      at = places.length - 1;
    },
    update(place) {
      places = places.map((each, index) => (index === at ? place : each));
    },
    peek: (step, past = 1) => places[at + step * past] ?? null,
    move(step, count) {
      at = Math.min(places.length - 1, Math.max(0, at + step * count));
    },
    forget(step) {
      places = step === 1 ? places.slice(0, at + 1) : places.slice(Math.max(0, at));
      if (step === -1) at = Math.min(at, 0);
    },
  };
}
