import type { Language } from '../../shared/domain/language.ts';

/**
 * Words that carry no topic. Written for this program and frozen here, because the ranking, the search index and the bench
 * figures all depend on them. All words are folded (lower case, «е» for «ё»).
 */
const russian = `
а без более больше будем будет будете будешь буду будут будучи бы был была были было быть в вам вами вас ваш ваша ваше ваши
вашего вашей вдоль вдруг ведь весь вместо вне во вовсе возможно вокруг вообще вот впрочем все всегда всего всей всем всеми
всему всех всею всю вся всякий вы где да давай давайте даже далее для до другая другие других другого другой другим другую
едва ее ей ему если есть еще ею же за зато зачем здесь и из или им имеет иметь именно ими имеют иногда их ибо как какая какие
каким каких какого какой какую каждая каждого каждое каждой каждом каждую каждый каждые конечно которая которого которое которой котором которую
которые который которых которым которыми кроме кто куда лишь либо лучше между меня мне мной много могла могли могло могут
мог может можно мои мой моя моего моей моем моих мы на над надо нам нами нас наш наша наше нашего нашей нашем наши наших
нашу не него нее ней некоторые некоторых нельзя нем нему несколько нет неужели ни нибудь никогда ним ними них ничего но ну
об оба обычно однако он она они оно опять от ото отчего очень перед по под подобный пока поскольку после потом потому почему почти при
про просто против путем раз разве ради с сам сама само самого самой самом самому сами самих самый самая самое самые
свое своего своей своем своему свои своим своими своих свой свою своя себе себя сейчас скорее слишком со собой совсем
состоит сразу среди стал стала стали стало столь столько сюда та так такая также такие таким таких такого такое такой такую там твой
твоя те тебе тебя тем теми теперь тех то тобой тогда того тоже той только том тому тот точно три ту тут ты у уж уже
хорошо хотел хоть хотя чего чей чем через что чтоб чтобы чье чьи чья чуть эта эти этим этими этих это этого этой этом этому
этот эту я является являются являлся являлась являлись свыше сквозь согласно вследствие около ввиду причем притом итак
поэтому затем ныне порой вполне весьма довольно достаточно например то-есть либо ли ль таки мол дескать якобы будто словно
`;

const english = `
a about above across after afterwards again against all almost alone along already also although always am among amongst an
and another any anyone anything are aren around as at away be became because become becomes been before being below beside
besides between beyond both but by came can cannot could couldn d did didn do does doesn doing don done down during each
either else enough etc even ever every everyone everything except few for from further get gets getting go goes going gone
got had hadn has hasn have haven having he hence her here hers herself him himself his how however i if in indeed instead
into is isn it its itself just least less let ll m made make makes many may maybe me might mine more moreover most mostly
much must mustn my myself near nearly neither never nevertheless no nobody none nor not nothing now of off often on once one
ones only onto or other others otherwise our ours ourselves out over own per perhaps quite rather re really s same shall she should
shouldn since so some someone something sometimes somewhat still such t than that the their theirs them themselves then there
therefore these they thing things this those though through throughout thus to together too toward towards under until unless
up upon us used using ve very was wasn we well went were weren what whatever when where whereas whether which while who
whoever whole whom whose why will with within without won would wouldn yes yet you your yours yourself yourselves
`;

/** Spoken padding: topic words neither in a meeting nor in a chat, kept out of the vectors of dialogues only. */
const russianFillers = `
ага алло блин верно вроде вообщем давно добрый день доброе утро вечер друзья здравствуйте здравствуй значит извини извините кажется
класс коллеги короче кстати ладно ммм мм наверное наверно ну ого ок окей отлично пасибо пожалуйста пока понял поняла понятно
понимаю правда привет приветствую прекрасно прикинь прости простите смотри смотрите слушай слушайте собственно согласен
согласна спасибо спс супер типа угу хм хорошо честно эм ээ слышно слышите думаю знаю знаешь знаете говорю скажи скажите хочу кароче
`;

const englishFillers = `
actually agreed ah alright anyway awesome basically bye cheers cool course everybody exactly fine folks glad good great guess
guys haha hello hey hi hm hmm honestly huh kinda kind know like literally look lovely mean mhm morning nice oh ok okay perfect please
pretty probably right say see sorry sounds sort stuff suppose sure thank thanks think totally uh um wait wanna want welcome
wonderful wow ya yeah yep yup
`;

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter(word => word !== ''));

export const stopWords: Readonly<Record<Language, ReadonlySet<string>>> = { ru: setOf(russian), en: setOf(english) };
export const fillerWords: Readonly<Record<Language, ReadonlySet<string>>> = { ru: setOf(russianFillers), en: setOf(englishFillers) };
