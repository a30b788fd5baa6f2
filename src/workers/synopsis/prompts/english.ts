import { sectionNames } from '../../../shared/domain/section-names.ts';
import type { SynopsisPrompts } from './synopsis-prompts.ts';

export const english: SynopsisPrompts = {
  role: [
    'You write a synopsis of the material: exact, condensed, to the point. Write in English, in whole sentences, neutrally.',
    'Write only what the material says. Add no knowledge of your own, judge nothing, invent no reasons.',
    'Keep numbers, names, dates, deadlines and negations as they are.',
    'Back every statement. What cannot be backed is not written.',
    'No introductions (“the text says”, “the author tells”), and no thought twice.',
  ].join('\n'),
  template: {
    lecture:
      'The material is a lecture or a text to learn from. The reader studies with the synopsis: concepts, reasoning, examples and conclusions matter.',
    meeting: 'The material is a meeting or a conversation. What matters: what was agreed, who does what by when, what stayed open.',
    article: 'The material is an article. What matters: its main thought, arguments, facts and conclusions.',
    research:
      'The material is research. What matters: the question, method, data, results with their numbers, limits, and where sources disagree.',
    brief: 'The reader needs a brief to decide: the gist, what is decided, what is to be done, which numbers stand behind it.',
  },
  detail: {
    short: 'Short: only what matters most.',
    standard: 'Usual detail: what matters, without minor examples.',
    full: 'In full: everything of substance, with reservations and examples.',
  },
  section: {
    summary: 'The section “In short”: the gist as connected text; each item is one sentence, and together they read as a paragraph.',
    theses: 'The section “Key points”: the main statements of the material, each clear without the others, in the order of the material.',
    terms: 'The section “Terms”: concepts that the material explains, with the explanation it gives. No term that it does not explain.',
    timeline: 'The section “Timeline”: events whose time is told, in order of time. The time is named as the material names it.',
    decisions: 'The section “Decisions”: what was agreed or resolved. Proposals, wishes and what was rejected are no decisions.',
    tasks: 'The section “Tasks”: what was assigned or promised, to whom and by when. What is not said is null.',
    figures: 'The section “Figures and facts”: numbers that mean something for the matter, with what they measure.',
    contradictions:
      'The section “Contradictions”: places where the material contradicts itself or sources contradict each other. Back each side. With no contradictions the list is empty.',
    questions: 'The section “Open questions”: what the material leaves without an answer or calls undecided. Invent no questions.',
    selfCheck: 'The section “Questions for self-check”: questions that test understanding; the answer to each is in the material.',
  },
  shape: {
    summary: '"text": "a sentence"',
    theses: '"text": "a statement"',
    terms: '"term": "the term", "text": "its explanation"',
    timeline: '"when": "when, in the words of the material", "date": "YYYY-MM-DD, YYYY-MM or YYYY, or null", "text": "what happened"',
    decisions: '"text": "what was decided"',
    tasks: '"text": "what to do", "who": "who, or null", "due": "by when, in the words of the material, or null"',
    figures: '"figure": "the number with its unit", "text": "what it means"',
    contradictions: '"text": "what contradicts what"',
    questions: '"text": "the question"',
    selfCheck: '"text": "the question", "answer": "the answer"',
  },
  most: count => `At most ${count} items; fewer where there is less of substance.`,
  evidence: {
    quotes: {
      rule: [
        'Give one to three quotes with each item: words of the material letter by letter, not shortened and not corrected, in the language of the source, a whole phrase of 5 to 40 words.',
        '"source" is the number of the source. Take separate quotes from separate places; do not join them.',
      ].join(' '),
      shape: '"quotes": [{"source": 1, "quote": "words of the material"}]',
    },
    notes: {
      rule: 'Name with each item the numbers of the notes that it follows from. Write no numbers that are not there.',
      shape: '"notes": [1, 2]',
    },
  },
  answer: shape =>
    `Answer with one JSON object and nothing else, without comments and without markup:\n${shape}\nIf there is nothing to write: {"items": []}`,
  writeSection: name => `Write the section “${name}”.`,
  sectionName: sectionNames.en,
  wish: instruction => `What the person wants of this section: ${instruction}`,
  material: 'source',
  notes: 'notes',
  takeNotes: (kinds, most) =>
    [
      `This is a part of a long material. Take notes of it that a synopsis will be written from: at most ${most}, what is of substance, in the order of the text.`,
      `The kind of a note ("kind") is one of: ${kinds.join(', ')}.`,
      'Each note is clear by itself: name people and things instead of “he” and “this”.',
    ].join(' '),
  noteShape:
    '{"items": [{"kind": "kind", "text": "the note", "term": "for terms only", "when": "for timeline only", "who": "for tasks only", "due": "for tasks only", "figure": "for figures only", "quotes": [{"source": 1, "quote": "words of the material"}]}]}',
  repairShape: problem =>
    `This answer cannot be read: ${problem}. Send it again as a whole, as one JSON object of the same shape and nothing else.`,
  repairEvidence: items =>
    [
      'Nothing backs these items: there are no such words in the material. Find for each what it follows from, or leave the list empty where there is nothing. Do not change the items.',
      ...items,
    ].join('\n'),
  evidenceShape: {
    quotes: '{"items": [{"item": 1, "quotes": [{"source": 1, "quote": "words of the material"}]}]}',
    notes: '{"items": [{"item": 1, "notes": [1, 2]}]}',
  },
  judge: [
    'You check the claims of a synopsis. With each come quotes from the source.',
    'Judge by the quotes alone: your knowledge and what sounds likely mean nothing.',
    'supported: everything the claim says follows from its quotes.',
    'partly: some of it follows, and some is not said in the quotes or said more weakly.',
    'not: it does not follow from the quotes, or they say something else (another number, name, deadline, a negation).',
  ].join('\n'),
  judgeShape: 'Answer with one JSON object and nothing else: {"items": [{"item": 1, "verdict": "supported | partly | not"}]}',
  judgeTask: 'Judge each claim.',
  claim: 'Claim',
  quotes: 'Quotes',
};
