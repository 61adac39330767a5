import type { z } from 'zod';
import type {
  ImportApplyBody,
  ImportExport,
  ImportInvitations,
  ImportPlanBody,
  ImportRow,
  ImportRun,
} from '../protocol/fop2-import';
import { breath } from '../store/breath';
import { ConflictError, NotFoundError } from '../store/errors';
import type { ImportSummary, StoredImport } from '../store/imports';
import { applyActions } from './apply';
import { ImportRefused, type SourceFile } from './bytes';
import { exportFop2 } from './export';
import { type Journal, journalOf, type RunReport, runBook, runReport, stepsOf } from './journal';
import type { Office } from './office';
import type { PlanAnswer } from './plan-answer';
import type { ImportPorts } from './ports';
import { undoJournal } from './undo';

/** Who asks, and what is to be written down of it when it is over: `ok`, or how it failed. */
export interface Asking {
  readonly by: string;
  readonly note: (about: { action: string; target: string }, result: string) => void;
}

interface Job {
  readonly id: string;
  readonly undoing: boolean;
  done: number;
  readonly total: number;
}

function stepper(job: Job): (count: number) => void {
  return (count) => {
    job.done += count;
  };
}

const shownRuns = 50;

/** The import of FOP2's files: what would be done, doing it in the background, and undoing it. One at a time. */
export class Fop2Importer {
  #job: Job | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly ports: ImportPorts) {}

  /** The plan (protocol/fop2-import.ts) as JSON; changes nothing. Throws ImportRefused. */
  async plan(body: ImportPlanBody): Promise<string> {
    return (await this.#plan(body)).answer.plan;
  }

  /**
   * Begins to do what the digest is of. Throws ConflictError when that is not what would be done any more, or another one
   * runs, and ImportRefused.
   */
  async apply(body: ImportApplyBody, asking: Asking): Promise<ImportRun> {
    return this.#alone(async () => {
      const { answer, office } = await this.#plan(body);
      const { actions, changes, files, tenant } = answer;
      if (answer.digest !== body.digest) throw new ConflictError(changedMeanwhile);
      if (Object.values(changes).every((count) => count === 0)) throw new ImportRefused('There is nothing to do.');
      const saved = actions.connection === null ? null : await this.ports.connection.saved();
      const undo = journalOf(actions, office, this.ports.pbxKey(), saved);
      const report: RunReport = { state: 'running', files: [...files], tenant, changes, problem: null, left: [] };
      const at = new Date(this.ports.now());
      const row = await this.ports.runs.add({
        at,
        by: asking.by,
        report: JSON.stringify(report),
        undo: `{"journal":${JSON.stringify(undo)},"rows":${answer.rows}}`,
      });
      const job: Job = { id: row.id, undoing: false, done: 0, total: stepsOf(undo) };
      const doing = { at, by: asking.by, step: stepper(job) };
      const work = async (): Promise<void> => {
        try {
          await applyActions(actions, office, this.ports, doing);
          await this.#write(row.id, { ...report, state: 'done' });
          asking.note({ action: 'admin.import.apply', target: inWords(report) }, 'ok');
        } catch (error) {
          await this.#takeBack(row.id, report, undo, doing, error);
          asking.note({ action: 'admin.import.apply', target: inWords(report) }, 'failed');
        }
      };
      return { job, work, row };
    });
  }

  /** Begins to take a run back. Throws NotFoundError, and ConflictError when it cannot be taken back now. */
  async undo(id: string, asking: Asking): Promise<ImportRun> {
    return this.#alone(async () => {
      const row = await this.#find(id);
      const { journal: done } = readBook(row);
      const report = readReport(row);
      if (row.undoneAt !== null || report.state === 'failed') throw new ConflictError('it was taken back before');
      if (done.edits.length + done.adds.length > 0 && done.pbx !== this.ports.pbxKey()) {
        throw new ConflictError('this was imported for another PBX: connect that one first');
      }
      const job: Job = { id, undoing: true, done: 0, total: stepsOf(done) };
      const doing = { at: row.at, by: asking.by, step: stepper(job) };
      const work = async (): Promise<void> => {
        const about = { action: 'admin.import.undo', target: inWords(report) };
        try {
          const left = await undoJournal(done, this.ports, doing);
          const undoneAt = new Date(this.ports.now());
          const text = JSON.stringify({ ...report, state: 'undone', left });
          await this.ports.runs.update(id, { report: text, undoneAt });
          asking.note(about, 'ok');
        } catch (error) {
          this.ports.log.error({ err: error, run: id }, 'an import could not be taken back');
          await this.#write(id, { ...report, state: 'done', problem: 'The undo failed. It can be tried again.' });
          asking.note(about, 'failed');
        }
      };
      return { job, work, row };
    });
  }

  async runs(): Promise<ImportRun[]> {
    return (await this.ports.runs.list(shownRuns)).map((row) => this.#shown(row));
  }

  /** Throws NotFoundError. */
  async run(id: string): Promise<ImportRun> {
    const row = await this.ports.runs.summary(id);
    if (row === null) throw new NotFoundError(noSuchRun);
    return this.#shown(row);
  }

  /** What became of every line. Throws NotFoundError. */
  async rows(id: string): Promise<readonly ImportRow[]> {
    return readBook(await this.#find(id)).rows;
  }

  /** Throws NotFoundError. */
  async invite(id: string, { by, note }: Asking): Promise<ImportInvitations> {
    const row = await this.#find(id);
    const {
      journal: { created },
    } = readBook(row);
    const links: ImportInvitations['links'] = [];
    for (const user of await this.ports.runs.invitable(created, row.at)) {
      const { token, expiresAt } = await this.ports.invitations.issue(user.id, by);
      const { username, name, extension, email } = user;
      links.push({
        username,
        name,
        extension,
        email,
        path: `/setup/#invite=${token}`,
        expiresAt: expiresAt.toISOString(),
      });
      await breath();
    }
    note({ action: 'admin.import.invite', target: `${links.length} users` }, 'ok');
    return { links };
  }

  async export(): Promise<ImportExport> {
    return exportFop2(await this.ports.office());
  }

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    await this.#ended;
  }

  async #plan({ files, choices }: ImportPlanBody): Promise<{ answer: PlanAnswer; office: Office }> {
    const office = await this.ports.office();
    return { answer: await this.ports.plan({ files: files.map(toSource), choices, office }), office };
  }

  async #alone(begin: () => Promise<{ job: Job; work: () => Promise<void>; row: StoredImport }>): Promise<ImportRun> {
    if (this.#job !== null) throw new ConflictError('another import runs: wait until it is over');
    this.#job = { id: '', undoing: false, done: 0, total: 1 };
    try {
      const { job, work, row } = await begin();
      this.#job = job;
      this.#ended = work()
        .catch((error: unknown) =>
          this.ports.log.error({ err: error, run: job.id }, 'an import could not be written down'),
        )
        .finally(() => {
          this.#job = null;
        });
      return this.#shown(row);
    } catch (error) {
      this.#job = null;
      throw error;
    }
  }

  /** All or nothing. */
  async #takeBack(
    id: string,
    report: RunReport,
    undo: Journal,
    doing: Parameters<typeof undoJournal>[2],
    cause: unknown,
  ): Promise<void> {
    this.ports.log.error({ err: cause, run: id }, 'an import failed and is taken back');
    const known =
      cause instanceof ConflictError ? `${cause.message.charAt(0).toUpperCase()}${cause.message.slice(1)}` : null;
    const why = (known ?? 'Something went wrong on the server; it has been logged').replace(/[.]?$/, '.');
    const left = await undoJournal(undo, this.ports, { ...doing, step: () => {} });
    await this.#write(id, { ...report, state: 'failed', problem: `${why} Nothing was imported.`, left });
  }

  async #write(id: string, report: RunReport): Promise<void> {
    await this.ports.runs.update(id, { report: JSON.stringify(report) });
  }

  async #find(id: string): Promise<StoredImport> {
    const row = await this.ports.runs.find(id);
    if (row === null) throw new NotFoundError(noSuchRun);
    return row;
  }

  #shown(row: ImportSummary): ImportRun {
    const { state, files, tenant, changes, problem, left } = readReport(row);
    const job = this.#job?.id === row.id ? this.#job : null;
    return {
      id: row.id,
      at: row.at.toISOString(),
      by: row.by,
      state: job !== null ? 'running' : state === 'running' ? 'stopped' : state,
      undoing: job?.undoing ?? false,
      done: job?.done ?? 0,
      total: job?.total ?? 0,
      files,
      tenant,
      changes,
      problem,
      undoneAt: row.undoneAt?.toISOString() ?? null,
      left,
    };
  }
}

const changedMeanwhile =
  'something was changed in the meantime, so that other things would be done than were shown: look at it again';

function toSource({ name, content }: ImportPlanBody['files'][number]): SourceFile {
  return { name, bytes: Buffer.from(content, 'base64') };
}

const unreadable: RunReport = {
  state: 'done',
  files: [],
  tenant: '',
  changes: { users: 0, groups: 0, roles: 0, buttons: 0, settings: 0 },
  problem: 'Its report cannot be read any more.',
  left: [],
};

function readReport({ report }: ImportSummary): RunReport {
  try {
    return runReport.safeParse(JSON.parse(report)).data ?? unreadable;
  } catch {
    return unreadable;
  }
}

const noSuchRun = 'there is no such import';

function readBook({ undo }: StoredImport): z.infer<typeof runBook> {
  return runBook.parse(JSON.parse(undo));
}

function inWords({ changes }: RunReport): string {
  const counts = Object.entries(changes).filter(([, count]) => count > 0);
  return counts.map(([what, count]) => `${count} ${count === 1 ? what.slice(0, -1) : what}`).join(', ');
}
