import { useStore } from 'zustand';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { isForEmbeddings } from '../../state/models-store.ts';
import { valueOf } from './choice-value.ts';
import './chat-model.css';

/** Leads to everything else about models; no choice of a model looks like it. */
const more = 'more';

/** Who answers in the chats, and whoever else could: the choice at hand. Nothing where no model can answer. */
export function ChatModel() {
  const { models: store, view } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const all = useStore(store, state => state.view);
  const choice = all?.choices.chat;
  if (!all?.answering.can || choice === undefined) return null;
  const groups = all.providers.map(({ id: providerId, name, models }) => ({
    name,
    choices: models.filter(({ id }) => !isForEmbeddings(id)).map(({ id: modelId }) => ({ providerId, modelId })),
  }));
  const value = valueOf(choice);
  const known = groups.flatMap(({ choices }) => choices);

  function choose(next: string): void {
    if (next === more) return view.setDialog('models');
    const wanted = known.find(each => valueOf(each) === next);
    if (wanted !== undefined) void store.choose('chat', wanted).then(sayError);
  }
  return (
    <select
      className="chat-model"
      aria-label={t.models.chatModel}
      title={t.models.chatModelHint}
      value={value}
      onChange={event => choose(event.target.value)}
    >
      {/* One that the endpoint no longer lists stays chosen until the person chooses another. */}
      {known.every(each => valueOf(each) !== value) && <option value={value}>{choice.modelId}</option>}
      {groups.map(
        ({ name, choices }, at) =>
          choices.length > 0 && (
            <optgroup key={at} label={name}>
              {choices.map(each => (
                <option key={each.modelId} value={valueOf(each)}>
                  {each.modelId}
                </option>
              ))}
            </optgroup>
          ),
      )}
      <option value={more}>{t.models.chatModelMore}</option>
    </select>
  );
}
