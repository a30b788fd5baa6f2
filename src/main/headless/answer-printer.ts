import { printableText } from './printable.ts';

export interface AnswerPrinter {
  /** The text reads like this now. */
  show(text: string): void;
  /** This is how it ends. Prints what is missing, and a line break after it. */
  end(text: string): void;
}

/**
 * Prints an answer while it is written. What is on a terminal cannot be taken back: a text that is being written anew is
 * printed on once it is longer than what is there, and where it reads otherwise in the end, that is printed as a whole. A
 * file or another program gets the finished text alone.
 */
export function createAnswerPrinter(out: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>, anew: () => void): AnswerPrinter {
  let printed = '';
  function goOn(text: string): boolean {
    const clean = printableText(text);
    if (!clean.startsWith(printed)) return false;
    if (clean.length > printed.length) out.write(clean.slice(printed.length));
    printed = clean;
    return true;
  }
  return {
    show(text) {
      if (out.isTTY) goOn(text);
    },
    end(text) {
      if (!goOn(text)) {
        out.write('\n');
        anew();
        out.write(printableText(text));
      }
      if (text !== '' || printed !== '') out.write('\n');
    },
  };
}
