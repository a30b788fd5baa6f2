/** Suites that live in test files of their own: what each proves, and where. */
export interface FileSuite {
  readonly number: number;
  readonly name: string;
  readonly proves: string;
  readonly files: readonly string[];
}

/** The model test asks for as many sequences as its time allows; all others run once. */
export const modelFile = 'test/reliability/engine-model.test.ts';

export const fileSuites: readonly FileSuite[] = [
  {
    number: 1,
    name: 'The whole program killed in its main job',
    proves:
      'The program or its worker, killed at five points of making a synopsis, makes it whole: no section twice, no citation unverified.',
    files: ['test/reliability/synopsis-crash.test.ts'],
  },
  {
    number: 3,
    name: 'Storage that refuses',
    proves:
      'A full disk, a folder that takes no writes and a locked file pause the engine with a clear state; results wait in memory and nothing is deleted.',
    files: ['test/integration/engine/storage-refuses.test.ts', 'test/reliability/real-disk-full.test.ts', 'test/process/app-calls.test.ts'],
  },
  {
    number: 5,
    name: 'The engine against a model',
    proves:
      'Whatever sequence of requests, ends, clock jumps, storage failures and crashes: the engine does what a model of 180 lines says.',
    files: [modelFile],
  },
  {
    number: 6,
    name: 'Contract fuzz and hostile workers',
    proves: 'No request and no frame makes the program reject, hang or grow; a job settles once whatever its worker does.',
    files: [
      'test/contract/dispatch-fuzz.test.ts',
      'test/contract/worker-port-frames.test.ts',
      'test/contract/worker-frames-fuzz.test.ts',
      'test/process/hostile-worker.test.ts',
      'test/process/honest-worker.test.ts',
    ],
  },
  {
    number: 9,
    name: 'Two programs on one data folder',
    proves: 'One opens, the other hands over and leaves; when the first is killed the next one gets the folder.',
    files: ['test/reliability/two-programs.test.ts', 'test/integration/store/open-store.test.ts'],
  },
  {
    number: 12,
    name: 'Backup drill',
    proves: 'A backup made under load is a prefix of what was acknowledged, and the program goes on from it.',
    files: ['test/integration/store/recovery.test.ts'],
  },
  {
    number: 15,
    name: 'Switching chats',
    proves: 'Switching 100 times while two answers come in: each chat shows its own, as without switching.',
    files: ['test/reliability/switching-chats.test.ts'],
  },
];
