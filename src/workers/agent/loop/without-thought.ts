const opening = '<think>';
const close = '</think>';

/**
 * Leaves out the thoughts that models behind plain local servers put before their answer, between `<think>` and `</think>`.
 * Only at the very beginning: further down it is something that is talked about.
 */
export function withoutThought(): { push(text: string): string; flush(): string } {
  let state: 'beginning' | 'thinking' | 'answering' = 'beginning';
  let held = '';

  function pass(): string {
    const out = held;
    held = '';
    return out;
  }
  return {
    push(text) {
      held += text;
      if (state === 'beginning') {
        const begun = held.trimStart();
        if (begun.startsWith(opening)) state = 'thinking';
        else if (opening.startsWith(begun)) return '';
        else state = 'answering';
      }
      if (state === 'thinking') {
        const end = held.indexOf(close);
        // The end of it may come in pieces; the thought itself is not kept.
        held = end === -1 ? held.slice(1 - close.length) : held.slice(end + close.length);
        if (end === -1) return '';
        state = 'answering';
      }
      return pass();
    },
    flush: () => (state === 'thinking' ? '' : pass()),
  };
}
