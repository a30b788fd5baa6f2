import { modelled, ModelledEmitter } from '../modelled.ts';
import { note, record } from '../record.ts';

const EVENTS = ['show', 'click', 'close', 'reply', 'action', 'failed'] as const;
type Options = Electron.NotificationConstructorOptions;

/** Nothing is drawn: `show` is answered at once, and a spec plays the person (`notification.emit('click', {})`). */
class NotificationClass
  extends ModelledEmitter
  implements Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body' | 'silent' | 'subtitle' | 'hasReply' | 'actions'>
{
  title: string;
  body: string;
  subtitle: string;
  silent: boolean;
  hasReply: boolean;
  actions: Electron.NotificationAction[];
  readonly options: Readonly<Options>;
  #shown = false;

  constructor(options: Options = {}) {
    super('Notification', EVENTS);
    this.options = options;
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.subtitle = options.subtitle ?? '';
    this.silent = options.silent ?? false;
    this.hasReply = options.hasReply ?? false;
    this.actions = options.actions ?? [];
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    note('Notification.show', this.options);
    record.notifications.push(this as unknown as Electron.Notification);
    this.#shown = true;
    queueMicrotask(() => this.emit('show', {}));
  }

  close(): void {
    if (!this.#shown) return;
    this.#shown = false;
    note('Notification.close', this.options);
    queueMicrotask(() => this.emit('close', {}));
  }
}

export const Notification = modelled('Notification', NotificationClass);
