import type { Command } from 'commander';
import type { Run } from './command-context.ts';
import {
  changeNotes,
  decideProposal,
  diffVersions,
  listStale,
  listVersions,
  refreshSections,
  regenerateSection,
  restoreVersion,
  undoVersion,
} from './commands/versions.ts';
import { count } from './count-argument.ts';

/** The verbs of `konspekt synopsis` for what is there already. A file of such a name is given as `./versions`. */
export function addVersionVerbs(synopsis: Command, run: Run): void {
  synopsis.helpCommand(false);
  const verb = (name: string, description: string): Command =>
    synopsis.command(name).description(description).argument('<chat>', 'the chat, by its id, title or a part of that');

  verb('versions', 'the versions, newest first: number, when, what it came of, who made it')
    .option('--json', 'as JSON', false)
    .action(run(async (ctx, chat: string, options: { json: boolean }) => listVersions(ctx, chat, options)));
  verb('diff', 'what became of one version in another (default: of the one before in the newest)')
    .option('--from <number>', 'the earlier version', count)
    .option('--to <number>', 'the later version', count)
    .option('--json', 'as JSON', false)
    .action(
      run(async (ctx, chat: string, options: { from?: number; to?: number; json: boolean }) =>
        diffVersions(ctx, chat, { from: options.from ?? null, to: options.to ?? null, json: options.json }),
      ),
    );
  verb('restore', 'a new version with the sections of an earlier one; notes stay as they are')
    .argument('<number>', 'the version', count)
    .action(run(async (ctx, chat: string, number: number) => restoreVersion(ctx, chat, number)));
  verb('undo', 'take the last change back; twice brings it back').action(run(async (ctx, chat: string) => undoVersion(ctx, chat)));
  verb('stale', 'sections that do not know of all that the chat holds, and why')
    .option('--json', 'as JSON', false)
    .action(run(async (ctx, chat: string, options: { json: boolean }) => listStale(ctx, chat, options)));
  verb('refresh', 'make outdated sections anew, as a proposal')
    .argument('[section...]', 'these sections, outdated or not')
    .action(run(async (ctx, chat: string, sections: string[]) => refreshSections(ctx, chat, sections)));
  verb('accept', 'take what is proposed into the next version')
    .argument('[section...]', 'of these sections alone')
    .action(run(async (ctx, chat: string, sections: string[]) => decideProposal(ctx, chat, sections, true)));
  verb('reject', 'leave the sections as they are')
    .argument('[section...]', 'these sections alone')
    .action(run(async (ctx, chat: string, sections: string[]) => decideProposal(ctx, chat, sections, false)));
  verb('regenerate', 'make one section anew')
    .argument('<section>', 'its name')
    .option('--instruction <text>', 'what you want of it; needs a model')
    .action(
      run(async (ctx, chat: string, section: string, options: { instruction?: string }) =>
        regenerateSection(ctx, chat, section, options.instruction ?? null),
      ),
    );
  verb('note', 'write a note of your own, or list the notes')
    .argument('[text]', 'Markdown')
    .option('--after <section>', 'below this section (default: at the top)')
    .option('--remove <number>', 'remove the note of this number', count)
    .action(
      run(async (ctx, chat: string, text: string | undefined, options: { after?: string; remove?: number }) =>
        changeNotes(ctx, chat, text ?? null, { after: options.after ?? null, remove: options.remove ?? null }),
      ),
    );
}
