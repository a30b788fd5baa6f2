import { whereFrom, type DocumentOrigin } from '../../../shared/domain/document.ts';
import type { JobMaterial, JobMaterialOf } from '../../../shared/domain/job-material.ts';
import { useSpeech } from '../../state/context.tsx';
import type { PartProps } from './inspector-tabs.tsx';
import { Fact } from './job-facts.tsx';

/** What a job was given. */
export function JobInput({ inspection: { material } }: PartProps) {
  const { t } = useSpeech();
  return material === undefined ? <p className="inspector-none">{t.material.gone}</p> : <Input material={material} />;
}

function Input({ material }: { readonly material: JobMaterial }) {
  const { t } = useSpeech();
  switch (material.kind) {
    case 'document.import':
      return <Origin origin={material.origin} />;
    case 'synopsis.make':
      return <Order material={material} />;
    case 'synopsis.audit':
      return <Claims material={material} />;
    case 'chat.answer':
      return <Question question={material.question} />;
    case 'agent.run':
      return <Question question={material.task} />;
    case 'browser.run':
      return <BrowserTask material={material} />;
    case 'passages.embed':
      return <p className="inspector-none">{t.material.meaningOf(material.model)}</p>;
    case 'synopses.export':
      return <Chosen material={material} />;
    case 'synopsis.autoexport':
      return <KeptFolder folder={material.folder} />;
  }
}

function Origin({ origin }: { readonly origin: DocumentOrigin }) {
  const { t } = useSpeech();
  const kind = { file: t.material.fromFile, url: t.material.fromAddress, text: t.material.fromPaste, page: t.material.fromAddress }[
    origin.kind
  ];
  return (
    <dl className="inspector-facts">
      <Fact name={t.material.from}>{kind}</Fact>
      <Fact name={t.material.document}>{whereFrom(origin)}</Fact>
    </dl>
  );
}

function Order({ material: { version, sources, sourceCount } }: { readonly material: JobMaterialOf<'synopsis.make'> }) {
  const { t } = useSpeech();
  const names: Readonly<Record<string, string>> = t.synopsis.sourceReason;
  return (
    <>
      <dl className="inspector-facts">
        <Fact name={t.synopsis.template}>{t.synopsis.templateName[version.template]}</Fact>
        <Fact name={t.synopsis.detail}>{t.synopsis.detailLevel[version.detail]}</Fact>
        <Fact name={t.synopsis.language}>{t.synopsis.languageName[version.language]}</Fact>
      </dl>
      <h3>{t.material.sources(sourceCount)}</h3>
      <ul className="inspector-list">
        {sources.map((line, at) => (
          <li key={at}>
            <span>{line.source.kind === 'chat' ? t.sources.chatSource : line.title}</span>
            <span className="inspector-none">
              {[t.synopsis.sourceState[line.state], line.reason !== null && Object.hasOwn(names, line.reason) ? names[line.reason] : null]
                .filter(part => part != null)
                .join(', ')}
            </span>
          </li>
        ))}
        {sourceCount > sources.length && <li className="inspector-none">{t.material.moreNames(sourceCount - sources.length)}</li>}
      </ul>
    </>
  );
}

function KeptFolder({ folder }: { readonly folder: string }) {
  const { t } = useSpeech();
  return (
    <dl className="inspector-facts">
      <Fact name={t.material.folder}>{folder}</Fact>
    </dl>
  );
}

function Claims({ material: { title, version, claims } }: { readonly material: JobMaterialOf<'synopsis.audit'> }) {
  const { t } = useSpeech();
  return (
    <dl className="inspector-facts">
      <Fact name={t.synopsis.title}>{title}</Fact>
      <Fact name={t.synopsis.versions}>{t.synopsis.version(version.number)}</Fact>
      <Fact name={t.audit.found}>{t.audit.claims(claims)}</Fact>
    </dl>
  );
}

function Question({ question }: { readonly question: string | null }) {
  const { t } = useSpeech();
  if (question === null) return <p className="inspector-none">{t.material.questionGone}</p>;
  return (
    <>
      <h3>{t.material.question}</h3>
      <p className="inspector-excerpt">{question}</p>
    </>
  );
}

function BrowserTask({ material: { task, isRecipe, sites } }: { readonly material: JobMaterialOf<'browser.run'> }) {
  const { t } = useSpeech();
  return (
    <>
      <h3>{isRecipe ? t.browser.recipe : t.browser.task}</h3>
      <p className="inspector-excerpt">{task}</p>
      {sites.length > 0 && (
        <dl className="inspector-facts">
          <Fact name={t.browser.sites}>{sites.join(', ')}</Fact>
        </dl>
      )}
    </>
  );
}

function Chosen({ material }: { readonly material: JobMaterialOf<'synopses.export'> }) {
  const { t } = useSpeech();
  const { folder, language, titles, count } = material;
  return (
    <>
      <dl className="inspector-facts">
        <Fact name={t.material.folder}>{folder}</Fact>
        {language !== null && <Fact name={t.synopsis.language}>{t.synopsis.languageName[language]}</Fact>}
      </dl>
      <h3>{t.material.synopses(count)}</h3>
      <ul className="inspector-list">
        {titles.map((title, at) => (
          <li key={at}>{title === '' ? <span className="inspector-none">{t.material.untitled}</span> : title}</li>
        ))}
        {count > titles.length && <li className="inspector-none">{t.material.moreNames(count - titles.length)}</li>}
      </ul>
    </>
  );
}
