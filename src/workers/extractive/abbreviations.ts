/**
 * Abbreviations after which `Intl.Segmenter` breaks a sentence that goes on. Folded, without the final point; inner points
 * and spaces are dropped before the look-up («т. е.» is looked up as «е»).
 */
const setOf = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter(word => word !== ''));

/** A name, a number or an address follows: the sentence never ends here. */
export const alwaysGoesOn = setOf(`
акад англ арх бул гл гос греч гр д доп др-р зав заведующ им илл ил изд исп итал каб кв корп лат наб напр нем обл оз
пер пл пос преп приблиз прим просп проф разд разг рис род сб св сек см соч ср ст стр табл тов ул упр ул устар фам фр франц чл ш экз яп
adm al approx art assoc brig capt cf ch cmdr col cpl dept dr ed eds eq est fig figs gen gov hon lt maj messrs mr mrs ms mt no nos
pp pres prof pvt rep rev sen sgt sr st supt trans viz vol vols vs eg ie e.g i.e
`);

/** May close a sentence or stand inside it: the word that follows decides. */
export const mayEnd = setOf(`
в вв г гг гр н обр пп прибл с т э
am pm a.m p.m ave bldg blvd bros co corp dec feb ft inc jan jr ltd nov oct sept sep plc u.k u.s us uk oz in apr aug jul jun mar
`);

/** Units and "etc.": a capital letter after them begins a new sentence, a small one or a number does not. */
export const endsBeforeCapital = setOf(
  'км кг см мм м л мин сек ч шт чел экз руб коп тыс млн млрд трлн сут кн пр др etc hr hrs min sec lb lbs',
);
/** «и т. д.», «и т. п.»: as above, but only after «т.». */
export const endsAfterT = setOf('д п');
