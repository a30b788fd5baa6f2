import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './shipped-packages.ts';

export const licencesFile = 'third-party-licences.txt';
/** A software bill of materials, CycloneDX 1.6 as JSON. */
export const sbomFile = 'sbom.cdx.json';

/** Writes what has to travel with the program: the licences of others, and what it is made of. */
export function writeNotices(
  folder: string,
  program: { readonly name: string; readonly version: string },
  packages: readonly ShippedPackage[],
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, licencesFile), packages.map(notice).join(`\n\n${'-'.repeat(80)}\n\n`) + '\n');
  writeFileSync(join(folder, sbomFile), JSON.stringify(sbom(program, packages), null, 2) + '\n');
}

function notice({ name, version, licence, licenceText }: ShippedPackage): string {
  return `${name} ${version}\n${licence}\n\n${licenceText ?? 'The package brings no text of its own; the licence named above holds.'}`;
}

/** After https://cyclonedx.org/docs/1.6/json/. Without a time or a number of its own: the same program has the same one. */
function sbom({ name, version }: { readonly name: string; readonly version: string }, packages: readonly ShippedPackage[]) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, 'bom-ref': `${name}@${version}` } },
    components: packages.map(each => ({
      type: 'library',
      name: each.name,
      version: each.version,
      'bom-ref': `${each.name}@${each.version}`,
      purl: `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`,
      // Some say a name that SPDX does not know; in an expression it would make the whole list invalid.
      licenses: [/\b(?:AND|OR)\b/u.test(each.licence) ? { expression: each.licence } : { license: { name: each.licence } }],
    })),
  };
}
