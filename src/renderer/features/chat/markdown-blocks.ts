const fence = /^\s{0,3}(`{3,}|~{3,})/u;
const continuesList = /^(\s{2,}|\s*([-*+]|\d{1,9}[.)])\s)/u;

/**
 * Cuts Markdown into blocks that can be rendered on their own, so that a growing answer renders only its last block again.
 * A cut is made at a blank line outside code fences, unless the next line may belong to the same list. Joined with `\n\n`
 * the blocks are the text again, up to the number of blank lines between them.
 */
export function splitMarkdownBlocks(text: string): readonly string[] {
  // A link or footnote definition may be used anywhere: such a text stays whole.
  if (/^\s{0,3}\[[^\]]+\]:\s/mu.test(text)) return [text];
  const blocks: string[] = [];
  let block: string[] = [];
  let openFence: string | null = null;
  let blank = false;
  let inList = false;

  function cut(): void {
    if (block.length > 0) blocks.push(block.join('\n'));
    block = [];
  }

  for (const line of text.split('\n')) {
    if (openFence === null && line.trim() === '') {
      blank = true;
      continue;
    }
    if (openFence === null && blank) {
      const joins = inList && continuesList.test(line);
      if (joins) block.push('');
      else {
        cut();
        inList = false;
      }
    }
    blank = false;
    const mark = fence.exec(line)?.[1];
    if (mark !== undefined) {
      if (openFence === null) openFence = mark;
      else if (mark.startsWith(openFence) && line.trim() === mark) openFence = null;
    } else if (openFence === null && continuesList.test(line) && line.trim() !== '') {
      inList ||= /^\s*([-*+]|\d{1,9}[.)])\s/u.test(line);
    }
    block.push(line);
  }
  cut();
  return blocks;
}
