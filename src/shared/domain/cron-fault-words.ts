import type { CronFault, CronField } from './cron-fault.ts';
import type { Language } from './language.ts';

/** Genitive in Russian, as the sentences below need it. */
const fields: Readonly<Record<Language, Readonly<Record<CronField, string>>>> = {
  ru: { minute: 'минуты', hour: 'часа', monthDay: 'дня месяца', month: 'месяца', weekday: 'дня недели' },
  en: { minute: 'minute', hour: 'hour', monthDay: 'day of the month', month: 'month', weekday: 'day of the week' },
};

/** Where a cron expression is wrong and what to write there, for the window and the command line alike. */
export const cronFaultWords: Readonly<Record<Language, (fault: CronFault) => string>> = {
  ru: fault => {
    switch (fault.kind) {
      case 'field_count':
        return `Полей здесь ${fault.count}, а нужно пять: минута, час, день, месяц, день недели.`;
      case 'out_of_range':
        return `В поле ${fields.ru[fault.field]} стоит «${fault.value}», а числа там от ${fault.from} до ${fault.to}.`;
      case 'backwards':
        return `В поле ${fields.ru[fault.field]} стоит «${fault.value}»: конец раньше начала. Поменяйте числа местами или запишите два промежутка через запятую.`;
      case 'zero_step':
        return `В поле ${fields.ru[fault.field]} стоит «${fault.value}», а шаг после косой черты начинается с 1.`;
    }
  },
  en: fault => {
    switch (fault.kind) {
      case 'field_count':
        return `There ${fault.count === 1 ? 'is 1 field' : `are ${fault.count} fields`} here, and it takes five: minute, hour, day, month, day of the week.`;
      case 'out_of_range':
        return `The field of the ${fields.en[fault.field]} has "${fault.value}", and its numbers go from ${fault.from} to ${fault.to}.`;
      case 'backwards':
        return `The field of the ${fields.en[fault.field]} has "${fault.value}", which ends before it begins. Swap the numbers, or write two ranges with a comma between.`;
      case 'zero_step':
        return `The field of the ${fields.en[fault.field]} has "${fault.value}", and a step, after the slash, begins with 1.`;
    }
  },
};
