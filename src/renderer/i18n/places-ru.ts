import type { PlacesMessages } from './places-messages.ts';

export const placesRu: PlacesMessages = {
  places: {
    copyLink: 'Копировать ссылку',
    copyLinkTo: title => `Копировать ссылку: ${title}`,
    linkCopied: 'Ссылка скопирована; она открывается здесь, на этом компьютере',
    nothingThere: address => `По адресу «${address}» ничего нет: возможно, это удалено или ссылка оборвана.`,
    messageNotShown: 'Сообщения, на которое ведёт ссылка, в показанном чате нет: оно удалено или осталось в другой ветке.',
  },
};
