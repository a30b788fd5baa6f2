import type { Command } from 'commander';

/** A word that is no command of `group` is said to be none: the default command would take it for an argument of its own. */
export function refuseUnknownVerb(group: Command, usual: Command): void {
  usual.allowExcessArguments();
  usual.hook('preAction', () => {
    const [word] = usual.args;
    if (word === undefined) return;
    const verbs = group.commands.map(command => command.name()).join(', ');
    group.error(`error: there is no command "${group.name()} ${word}". There are: ${verbs}.`, { code: 'commander.unknownCommand' });
  });
}
