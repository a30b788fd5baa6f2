import type { SecretState } from '../../../shared/domain/provider.ts';

export class SecretsRefused extends Error {
  override readonly name = 'SecretsRefused';
  readonly code: 'secrets_weak' | 'secrets_unavailable';
  constructor(code: SecretsRefused['code']) {
    super(
      code === 'secrets_weak'
        ? 'This system has no keyring; a key would be kept in a file that only its owner can read. Confirm that, or keep none.'
        : 'This system has no place where a key can be kept.',
    );
    this.code = code;
  }
}

/**
 * Port: where keys are kept, by the id of what they belong to.
 * SECURITY: a key leaves it only into a worker's frame; nothing else asks for `read`.
 */
export interface Secrets {
  /**
   * `strong`: the system's keyring keeps them, which opens for the person's session alone. `weak`: they are encrypted with a
   * key that lies beside them. `unavailable`: nothing can be kept.
   */
  state(): SecretState;
  has(id: string): boolean;
  /** Null when there is none or it cannot be opened here, as when another host's keyring sealed it. */
  read(id: string): string | null;
  /** Throws `SecretsRefused`; never falls back to weak protection that nobody has accepted. */
  write(id: string, value: string, options: { readonly acceptWeak: boolean }): void;
  remove(id: string): void;
  /** Forgets those that belong to nothing any more. */
  keepOnly(ids: ReadonlySet<string>): void;
}

/** One way of sealing a text. */
export interface Sealer {
  readonly name: 'keyring' | 'key_file';
  /** Whether it can seal now. */
  isThere(): boolean;
  seal(text: string): Buffer;
  /** Throws when it is not its own seal, or was touched. */
  open(sealed: Buffer): string;
}
