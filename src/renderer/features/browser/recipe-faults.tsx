import { useSpeech } from '../../state/context.tsx';

/** What is wrong with a recipe, as it is found out. */
export function RecipeFaults({ faults }: { readonly faults: readonly string[] }) {
  const { t } = useSpeech();
  return (
    <div role="status">
      {faults.length > 0 && (
        <div className="recipe-faults">
          <strong>{t.browser.faultsTitle}</strong>
          <ul>
            {faults.map(fault => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
