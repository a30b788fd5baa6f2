import { pluralIn } from '../../shared/domain/plural.ts';
import type { RecipeMessages } from './recipe-messages.ts';

const n = pluralIn('en');

export const recipeEn: RecipeMessages = {
  recipes: {
    offered: 'What may be another thing next time',
    offeredHint: 'The recipe asks for what is ticked before it starts; it begins with the value of this task.',
    asParam: value => `Ask before starting: “${value}”`,
    paramName: value => `What to call “${value}”`,
    badName: 'It takes letters, digits, hyphens or underscores, without spaces.',
    takenName: 'There is one of that name already.',
    secrets: names => `Secrets are not kept, and the recipe asks for them each time: ${names}.`,
    lost: count =>
      `${n(count, { one: '# step is', other: '# steps are' })} left out of the recipe: what they meant on the page cannot be found again.`,
    secretHint: 'The recipe does not keep it; the record of this run does.',

    atTimes: 'At set times…',
    atTimesOf: name => `The recipe “${name}” at set times`,
    edit: 'Edit',
    editOf: name => `The recipe “${name}”`,
    sites: 'Sites',
    sitesHint: 'With commas between them. The recipe goes to no other site.',
    usualOf: param => `Usual value: ${param}`,
    step: number => `Step ${number}`,
    why: 'What this step is for',
    field: {
      url: 'Address',
      text: 'Text',
      option: 'What to choose',
      key: 'Key',
      dialog: 'Answer if the page asks: yes, no or words',
      ms: 'Milliseconds',
      path: 'File',
      words: 'Words on the page',
      address: 'Part of the address',
      rows: 'Selector of the rows',
      target: 'Element',
    },
    up: number => `Move step ${number} up`,
    down: number => `Move step ${number} down`,
    remove: number => `Delete step ${number}`,
    add: 'Add a step',
    added: {
      open: 'Open a page',
      wait: 'Wait for words on the page',
      assert: 'Check words on the page',
      read: 'Read the page',
    },
    newWords: 'words on the page',
    save: 'Save changes',
    changed: name => `The recipe “${name}” was changed.`,

    stoppedAt: number => `The recipe stopped at step ${number}`,
    expected: 'Expected',
    seen: 'Seen',
    toSettings: 'Open settings',
    mayBeEmpty: 'There may be no rows',
    cure: 'What to do',
    mend: 'Mend the recipe',
    makeSynopsis: 'Make a synopsis',

    scheduled: title => `Recipe: ${title}`,
    newTitle: 'A recipe at set times',
    which: 'Recipe',
    gone: 'This recipe is gone. Remove the schedule.',
    showRun: 'Show the result',
  },
};
