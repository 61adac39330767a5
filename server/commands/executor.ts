import type { AmiPort } from '../ami/types';
import {
  type CommandData,
  type CommandName,
  type CommandParams,
  type CommandResult,
  commands,
} from '../protocol/commands';
import type { Failure } from '../protocol/errors';
import { type Actor, keyOf } from './actor';
import { whyForbidden } from './authorise';
import { classify, fail, pbxAway } from './failures';
import type { Limiter } from './limiter';
import type { ModelPort } from './model-port';
import { type Need, type NeedContext, needsOf } from './needs';
import { numbersIn, type OutsideDoor, type Wanted } from './outside';
import { seenBy } from './sight';

/** One line of the audit log; `result` is `ok` or an error code, with a remark after a colon where there is one. */
export interface AuditLine {
  readonly at: number;
  readonly actor: string;
  /** Id of the session or token; the log keeps its beginning. */
  readonly session: string;
  readonly address: string;
  /** Name of the command. */
  readonly action: string;
  readonly target: string;
  readonly result: string;
}

export interface CommandLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a command works with that is the panel's own affair. */
export interface OwnContext {
  readonly actor: Actor;
  /** As the actor sees it. */
  readonly model: ModelPort;
  readonly now: () => number;
  readonly log: CommandLog;
}

export interface CommandContext extends OwnContext {
  readonly ami: AmiPort;
}

/** What a handler did: a remark for the audit log, and what the answer says beside `ok`. */
export interface Done {
  readonly remark: string | null;
  readonly data?: CommandData;
}

/** One command: whom it touches, whether this actor may touch it, and how. Every room of the catalogue adds one. */
export type Handler<N extends CommandName> = Judgement<N> & (OnPbx<N> | WithoutPbx<N>);

interface Judgement<N extends CommandName> {
  /** Written to the audit log. */
  target(params: CommandParams<N>): string;
  /** Instead of what the table says (needs.ts), where the handler alone knows whom it touches. */
  needs?(params: CommandParams<N>): readonly Need[];
  /** Refuses an unknown or forbidden target; null: go on. */
  authorise(params: CommandParams<N>, actor: Actor, model: ModelPort): Failure | null;
}

interface OnPbx<N extends CommandName> {
  readonly needsPbx?: true;
  /** Does it; throws AMI errors and CommandRefusedError. */
  act(params: CommandParams<N>, context: CommandContext): Promise<Done>;
}

/** Done in the panel alone: it is not refused while the PBX is away. */
interface WithoutPbx<N extends CommandName> {
  readonly needsPbx: false;
  act(params: CommandParams<N>, context: OwnContext): Promise<Done>;
}

export type Handlers = { readonly [N in CommandName]: Handler<N> };

export interface CommandsOptions {
  readonly model: ModelPort;
  readonly ami: () => AmiPort | null;
  readonly handlers: Handlers;
  readonly door: OutsideDoor;
  /** Never waited for; a failure is logged and changes nothing. */
  readonly audit: (line: AuditLine) => void | Promise<void>;
  readonly now: () => number;
  readonly log: CommandLog;
  readonly limiter: Limiter;
}

/** Runs a command of the catalogue; never rejects. */
export type RunCommand = (name: string, params: unknown, actor: Actor) => Promise<CommandResult>;

interface Outcome {
  readonly result: CommandResult;
  readonly target: string;
  readonly remark: string | null;
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function refused(result: Failure, target = ''): Outcome {
  return { result, target, remark: null };
}

/**
 * Order: rate limit, (authenticated before), validate, authorise the function and whom it touches, the target and its
 * state, PBX there, the door to the outside, act, audit.
 * Nothing is ever queued for an absent PBX.
 */
export function createCommands(options: CommandsOptions): RunCommand {
  const isOutside = (number: string): boolean => options.door.isOutside(number);
  const attempt = async <N extends CommandName>(name: N, params: unknown, actor: Actor): Promise<Outcome> => {
    const parsed = parse(name, params);
    if (!parsed.ok) return refused(parsed.failure);
    const handler: Handler<N> = options.handlers[name];
    const target = handler.target(parsed.params);
    const needs = handler.needs?.(parsed.params) ?? neededBy(name, parsed.params, { actor, isOutside });
    const { now, log } = options;
    const model = seenBy(actor, options.model);
    const forbidden = whyForbidden(needs, actor, model);
    if (forbidden !== null) return refused(forbidden, target);
    const objection = handler.authorise(parsed.params, actor, model);
    if (handler.needsPbx === false) {
      if (objection !== null) return refused(objection, target);
      return act(() => handler.act(parsed.params, { actor, model, now, log }), log, target);
    }
    const ami = options.ami();
    const away = ami === null || ami.status.state !== 'ready';
    if (objection !== null) {
      // What is not there yet may come with the first read, and what is there may have changed: say that instead.
      const unread = ['notFound', 'conflict'].includes(objection.error) && options.model.link() !== 'up';
      return refused(unread ? pbxAway : objection, target);
    }
    if (away) return refused(pbxAway, target);
    const wanted = numberIn(name, parsed.params);
    const closed = wanted && options.door.pass(actor, wanted);
    if (closed !== null) return refused(closed, target);
    return act(() => handler.act(parsed.params, { actor, ami, model, now, log }), log, target);
  };

  const audit = (name: string, actor: Actor, { result, target, remark }: Outcome): void => {
    const verdict = result.ok ? 'ok' : result.error;
    const words = result.ok ? remark : result.message;
    const line: AuditLine = {
      at: options.now(),
      actor: actor.name,
      session: actor.session,
      address: actor.address,
      action: name.slice(0, 64),
      target,
      result: words === null ? verdict : `${verdict}: ${words}`.slice(0, 500),
    };
    const failed = (error: unknown) => options.log.error({ err: error, action: line.action }, 'audit line not written');
    try {
      Promise.resolve(options.audit(line)).catch(failed);
    } catch (error) {
      failed(error);
    }
  };

  return async (name, params, actor) => {
    const verdict = options.limiter.take(keyOf(actor));
    if (!verdict.allowed) {
      const outcome = refused(fail('rateLimited', 'Too many commands at once; wait a moment.'));
      // One line per burst: the audit log must not be a way to fill the disk.
      if (verdict.first) audit(name, actor, outcome);
      return outcome.result;
    }
    const outcome = isCommand(name)
      ? await attempt(name, params, actor)
      : refused(fail('notFound', 'There is no such command.'));
    audit(name, actor, outcome);
    return outcome.result;
  };
}

function neededBy<N extends CommandName>(name: N, params: CommandParams<N>, context: NeedContext): readonly Need[] {
  return needsOf[name](params, context);
}

function numberIn<N extends CommandName>(name: N, params: CommandParams<N>): Wanted | null {
  return numbersIn[name]?.(params) ?? null;
}

async function act(work: () => Promise<Done>, log: CommandLog, target: string): Promise<Outcome> {
  try {
    const { remark, data } = await work();
    return { result: { ok: true, ...data }, target, remark };
  } catch (error) {
    const known = classify(error);
    if (known !== null) return refused(known, target);
    log.error({ err: error }, 'command failed');
    return refused(fail('internal', 'The panel failed to do this; see its log.'), target);
  }
}

type Parsed<N extends CommandName> =
  | { readonly ok: true; readonly params: CommandParams<N> }
  | { readonly ok: false; readonly failure: Failure };

function parse<N extends CommandName>(name: N, params: unknown): Parsed<N> {
  const parsed = commands[name].params.safeParse(params);
  if (parsed.success) return { ok: true, params: parsed.data as CommandParams<N> };
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : path;
  return {
    ok: false,
    failure: fail('invalid', issue?.message ?? 'The parameters are not valid.', field === '' ? undefined : field),
  };
}
