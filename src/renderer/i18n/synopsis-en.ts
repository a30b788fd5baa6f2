import { sectionNames } from '../../shared/domain/section-names.ts';
import { materialEn } from './material-en.ts';
import { pluralIn } from './plural.ts';
import type { SynopsisMessages } from './synopsis-messages.ts';

const n = pluralIn('en');
const sources = (count: number) => n(count, { one: '# source', other: '# sources' });
const { pages } = materialEn.documents;

export const synopsisEn: SynopsisMessages = {
  synopsis: {
    title: 'Synopsis',
    make: 'Make a synopsis',
    makeAgain: 'Make again',
    dock: 'Dock to the right',
    undock: 'Open as overlay',
    export: 'Export',
    copyMarkdown: 'Copy Markdown',
    exported: name => `Saved: ${name}`,
    handedOver: name => `Handed to the browser: ${name}`,
    versions: 'Versions',
    version: number => `Version ${number}`,
    versionState: { making: 'being made', ready: 'ready', failed: 'failed', cancelled: 'stopped' },
    making: 'Being made…',
    makingSection: name => `Being made: ${name}`,
    sectionsReady: (done, total) => `Sections ready: ${done} of ${total}`,
    queued: 'Queued: it begins as soon as there is room.',
    stopped: 'Stopped. Finished sections are kept.',
    failed: 'The synopsis failed.',
    failedKept: 'The finished sections below are kept.',
    extractive: 'Without a model: passages from your material',
    byModel: model => `Model: ${model}`,
    emptyTitle: 'No synopsis yet',
    emptyLead: 'It is made of the documents and messages of this chat. Every point leads to its place in the source.',
    created: date => date,
    begun: date => `begun ${date}`,
    inLanguage: { ru: 'in Russian', en: 'in English' },
    language: 'Language of the synopsis',
    languageAuto: 'As in the material',
    languageName: { ru: 'Russian', en: 'English' },
    options: 'Options…',
    optionsTitle: 'What it should be like',
    templateAuto: 'Auto',
    templateAutoHint: 'a meeting if all of the material is talk, otherwise an article',
    detail: 'Detail',
    detailLevel: { short: 'Short', standard: 'Standard', full: 'Full' },
    detailHint: {
      short: 'the essentials: up to 4 key points, fewer sections',
      standard: 'what matters: up to 8 key points',
      full: 'up to 16 key points, more terms, dates and figures',
    },
    template: 'Kind of material',
    templateName: { lecture: 'Lecture', meeting: 'Meeting', article: 'Article', research: 'Research', brief: 'Brief' },
    templateHint: {
      lecture: 'terms and questions to check yourself',
      meeting: 'decisions, tasks and dates',
      article: 'every section: key points, terms, dates, decisions, figures',
      research: 'figures, contradictions and open questions',
      brief: 'only what matters most',
    },
    notRead: (title, reason, more) =>
      `There is nothing to make a synopsis of: “${title}” was not read. ${reason}${more === 0 ? '' : ` Other documents not read: ${more}.`}`,
    joined: 'The synopsis of this chat is already being made. Here it is.',
    section: sectionNames.en,
    emptyReason: { nothing_found: 'none in the material', needs_model: 'needs a connected model' },
    who: 'Who',
    what: 'What to do',
    due: 'When',
    noOne: 'not named',
    noDue: 'not given',
    showAnswer: 'Show the answer',
    hideAnswer: 'Hide the answer',
    support: {
      verified: 'The quote is in the source word for word',
      approximate: 'The quote was found approximately',
      missing: 'The quote was not found in the source',
    },
    supportShort: { verified: '', approximate: 'approximate', missing: 'not found' },
    citation: number => `Quote ${number}`,
    coverage: 'What was read',
    coverageUsed: (used, total) => `${used} of ${sources(total)} read`,
    coverageAll: total => n(total, { one: '# source read', other: '# sources read' }),
    coverageComing: count => n(count, { one: '# source to read', other: '# sources to read' }),
    addedSince: (documents, messages) =>
      `Added since: ${[
        documents === 0 ? null : n(documents, { one: '# document', other: '# documents' }),
        messages === 0 ? null : n(messages, { one: '# message', other: '# messages' }),
      ]
        .filter(part => part !== null)
        .join(', ')}.`,
    update: 'Update the synopsis',
    coverageSkipped: count => `${count} skipped`,
    coverageFailed: count => `${count} not read`,
    coveragePages: (read, total) => (read === total ? pages(total) : `${read} of ${pages(total)}`),
    coverageIncomplete: 'not read in full',
    sourceState: { used: 'read', skipped: 'skipped', failed: 'not read' },
    sourceReason: {
      not_ready: 'was still being read',
      removed: 'read, and later removed from the chat',
      duplicate: 'repeats another source',
    },
    issue: {
      source_failed: count => n(count, { one: '# source was not read', other: '# sources were not read' }),
      source_incomplete: count => n(count, { one: '# source was not read in full', other: '# sources were not read in full' }),
      citation_missing: count => n(count, { one: '# quote was not found', other: '# quotes were not found' }),
      items_left_out: count =>
        n(count, { one: '# item was left out: nothing backs it', other: '# items were left out: nothing backs them' }),
      section_without_model: count =>
        n(count, {
          one: '# section was made by the built-in engine: the model could not',
          other: '# sections were made by the built-in engine: the model could not',
        }),
      too_little_text: () => 'there is little material, so the synopsis is short',
    },
    issues: 'Ready with remarks',
    ready: title => `The synopsis is ready: ${title}`,
    announceSection: name => `The section “${name}” is ready`,
    announceReady: 'The synopsis is ready',
    announceFailed: 'The synopsis failed',
  },
};
