import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { detailLevels, templates, type DetailLevel, type SynopsisEngine } from '../../../shared/domain/synopsis.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import { newestOf } from '../../state/synopsis-store.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import './make-again.css';

type LanguageChoice = 'auto' | 'ru' | 'en';

/** Options of a synopsis, in one small card. */
export function SynopsisOptions({ label, onMake }: { readonly label: string; readonly onMake: () => void }) {
  const { app, models, synopsis, view } = useServices();
  const actions = useActions();
  const { t } = useSpeech();
  const preferred = useStore(app, state => state.settings?.synopsisDetail ?? 'standard');
  const newest = useStore(synopsis, newestOf);
  const template = useStore(view, state => state.template) ?? newest?.template ?? 'auto';
  const requesting = useStore(synopsis, state => state.requesting);
  const [detail, setDetail] = useState<DetailLevel>(newest?.detail ?? preferred);
  const [language, setLanguage] = useState<LanguageChoice>('auto');
  const hasModel = useStore(
    models,
    state => state.view !== null && (state.view.answering.can || state.view.choices.synopsis !== undefined),
  );
  const [engine, setEngine] = useState<SynopsisEngine>('model');
  return (
    <div className="synopsis-options">
      <span className="synopsis-option-name">{t.synopsis.template}</span>
      <Segmented
        label={t.synopsis.template}
        value={template}
        onChange={value => view.setTemplate(value === 'auto' ? null : value)}
        options={[
          // A chat that has a synopsis has its kind.
          ...(newest === null ? [{ value: 'auto' as const, label: t.synopsis.templateAuto }] : []),
          ...templates.map(value => ({ value, label: t.synopsis.templateName[value] })),
        ]}
      />
      <span className="synopsis-option-hint">{template === 'auto' ? t.synopsis.templateAutoHint : t.synopsis.templateHint[template]}</span>
      <span className="synopsis-option-name">{t.synopsis.detail}</span>
      <Segmented
        label={t.synopsis.detail}
        value={detail}
        onChange={setDetail}
        options={detailLevels.map(value => ({ value, label: t.synopsis.detailLevel[value] }))}
      />
      <span className="synopsis-option-hint">{t.synopsis.detailHint[detail]}</span>
      <span className="synopsis-option-name">{t.synopsis.language}</span>
      <Segmented
        label={t.synopsis.language}
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'auto', label: t.synopsis.languageAuto },
          { value: 'ru', label: t.synopsis.languageName.ru },
          { value: 'en', label: t.synopsis.languageName.en },
        ]}
      />
      {hasModel && (
        <>
          <span className="synopsis-option-name">{t.audit.engine}</span>
          <Segmented
            label={t.audit.engine}
            value={engine}
            onChange={setEngine}
            options={(['model', 'builtin'] as const).map(value => ({ value, label: t.audit.engineName[value] }))}
          />
          <span className="synopsis-option-hint">{t.audit.engineHint[engine]}</span>
        </>
      )}
      <Button
        variant="accent"
        className="synopsis-make"
        disabled={requesting}
        onClick={() => {
          onMake();
          void actions.requestSynopsis({ detail, language: language === 'auto' ? null : language, engine: hasModel ? engine : null });
        }}
      >
        {label}
      </Button>
    </div>
  );
}

export function MakeAgain({ disabled }: { readonly disabled: boolean }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      title={t.synopsis.makeAgain}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t.synopsis.makeAgain} icon={<RefreshCw />} disabled={disabled} />}
    >
      <SynopsisOptions label={t.synopsis.makeAgain} onMake={() => setOpen(false)} />
    </Popover>
  );
}
