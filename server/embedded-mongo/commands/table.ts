import { refuseCollation } from '../engine/fields.ts';
import { CommandError } from '../errors.ts';
import type { Doc } from '../values/types.ts';
import { aggregate, count, distinct } from './aggregate.ts';
import * as collections from './collections.ts';
import type { Command, CommandContext } from './command.ts';
import { explain } from './explain.ts';
import { find, getMore, killCursors } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import * as server from './server.ts';
import { insert, remove, update } from './write.ts';

const reads = (run: Command['run']): Command => ({ run });
const writes = (run: Command['run']): Command => ({ run, writes: true });

/** Every command that is answered. */
const COMMANDS = new Map<string, Command>(
  Object.entries({
    hello: reads(server.hello),
    ismaster: reads(server.hello),
    isMaster: reads(server.hello),
    ping: reads(server.done),
    buildInfo: reads(server.buildInfo),
    buildinfo: reads(server.buildInfo),
    serverStatus: reads(server.serverStatus),
    connectionStatus: reads(server.connectionStatus),
    scanStats: reads(server.scanStats),
    startSession: reads(server.startSession),
    endSessions: reads(server.done),
    refreshSessions: reads(server.done),
    killSessions: reads(server.done),
    abortTransaction: reads(server.noTransactions),
    commitTransaction: reads(server.noTransactions),

    find: reads(find),
    getMore: reads(getMore),
    killCursors: reads(killCursors),
    aggregate: reads(aggregate),
    count: reads(count),
    distinct: reads(distinct),
    explain: reads(explain),

    insert: writes(insert),
    update: writes(update),
    delete: writes(remove),
    findAndModify: writes(findAndModify),
    findandmodify: writes(findAndModify),

    create: writes(collections.create),
    drop: writes(collections.drop),
    dropDatabase: writes(collections.dropDatabase),
    createIndexes: writes(collections.createIndexes),
    dropIndexes: writes(collections.dropIndexes),
    listIndexes: reads(collections.listIndexes),
    listCollections: reads(collections.listCollections),
    listDatabases: reads(collections.listDatabases),
    collStats: reads(collections.collStats),
  }),
);

const commandName = (command: Doc) => Object.keys(command)[0] ?? '';

export const isWrite = (command: Doc): boolean => COMMANDS.get(commandName(command))?.writes === true;

export function runCommand(context: Omit<CommandContext, 'db'>): Doc {
  const { command } = context;
  const name = commandName(command);
  const found = COMMANDS.get(name);
  if (!found) throw new CommandError(59, 'CommandNotFound', `no such command: '${name}'`);
  refuseCollation(command);
  if (command.autocommit === false || command.startTransaction) server.noTransactions();
  return found.run({ ...context, db: typeof command.$db === 'string' ? command.$db : 'admin' });
}
