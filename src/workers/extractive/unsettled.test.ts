import { describe, expect, test } from 'vitest';
import { isOwnIgnorance, isRhetorical, isUnsettled, wonders } from './unsettled.ts';

describe('what nobody knows or has settled', () => {
  test.each([
    'Не знаем пока, где ставить ёлку.',
    'Куда пропала вторая тетрадь, никто не знает.',
    'Кто повезёт детей, мы ещё не решили.',
    'Неизвестно, сколько рыбы осталось в озере.',
    'Остаётся непонятным, нужна ли вторая дверь.',
    'Причина пожара пока не установлена.',
    'Как назвать улицу, предстоит решить совету.',
    "We haven't worked out where to put the tree.",
    "I don't understand why the lamp flickers.",
    'What became of the second notebook remains a mystery.',
    'Nobody can say how many fish are left.',
    'The name of the street has yet to be chosen.',
    'The question of the second door was left open.',
    'Можно ли сушить доски быстрее, сказать трудно.',
    'Как развозить гостей, не продумано.',
    'Откуда взялась эта башня, краеведы гадают до сих пор.',
    'Где лежит ключ, никто из соседей сказать не смог.',
    'Писем о том, кто строил мост, не сохранилось, а документов о том, кто платил, нет.',
    'Не вполне ясно и то, почему треснула печь.',
    'Мы всё ещё ждём ответа, дадут ли нам сцену.',
    'Кто придумал этот узел, неизвестно.',
    'О возрасте дуба мнения расходятся.',
    'Лесничие всё ещё пытаются понять, куда ушли лоси.',
    'В отчёте не говорится, кто платил.',
    'How long it will last, we cannot say yet.',
    'Not clear yet whether the hall is heated.',
    'What happens in case of frost is not covered.',
    'They are still trying to work out how eels find the river.',
    'Whether it can be dried faster is anyone’s guess.',
    'Why the tower leans has puzzled masons ever since.',
    'How the guests will get home has not been thought through.',
    'No record survives of who built the bridge.',
    'We do not have a good explanation for the crack.',
    'We are still waiting to hear if the hall is free.',
    'No one present could say where the key was.',
    'The date of the move has not yet been fixed.',
  ])('is open: %s', text => {
    expect(isUnsettled(text)).toBe(true);
  });

  test.each([
    'Она не знала, что дом продан.',
    'Страховщик не знает, кто есть кто.',
    'Мы знаем, кто повезёт детей.',
    'Где ставить ёлку?',
    'She did not say a word.',
    'Everyone knows where the tree stands.',
    'The door was left open all night.',
    'What ruins a farmer is not the price but its leaps.',
    'Finished compost shows no trace of what it was made from.',
    'Если мост починят, поедем, а судить будем потом.',
    'Кто пришёл раньше, не ждал ни минуты.',
  ])('is not: %s', text => {
    expect(isUnsettled(text)).toBe(false);
  });

  test('one person’s ignorance is told from that of all', () => {
    expect(isOwnIgnorance('Не понимаю, почему лампа мигает.')).toBe(true);
    expect(isOwnIgnorance("I'm not sure how it works.")).toBe(true);
    expect(isOwnIgnorance('Не знаем, почему лампа мигает.')).toBe(false);
  });

  test('a wish to know asks a question', () => {
    expect(wonders('Одного не пойму: кто поведёт катер.')).toBe(true);
    expect(wonders('Хотелось бы понять, сколько осталось краски.')).toBe(true);
    expect(wonders("What I'd still like to know is how much paint is left.")).toBe(true);
    expect(wonders('Still not sure which door is open.')).toBe(true);
    expect(wonders('Не знаю, посмотрим.')).toBe(false);
    expect(wonders("I'm not sure.")).toBe(false);
  });

  test('a question asked for effect wants no answer', () => {
    expect(isRhetorical('Кому это надо?')).toBe(true);
    expect(isRhetorical('Кто же откажется от выходного?')).toBe(true);
    expect(isRhetorical('Разве не чудесно, как выросли дети?')).toBe(true);
    expect(isRhetorical("Isn't it wonderful how they have grown?")).toBe(true);
    expect(isRhetorical('Is there anything lonelier than a rock at sea?')).toBe(true);
    expect(isRhetorical('Кто же повезёт детей?')).toBe(false);
    expect(isRhetorical('Who cares?')).toBe(true);
    expect(isRhetorical('Who cares for the garden in winter?')).toBe(false);
    expect(isRhetorical('Кто повезёт детей?')).toBe(false);
  });
});
