import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@switchboard/embedded-mongo';
import { StartProblem } from '../errors/start-problem.ts';
import type { Log } from '../log/log.ts';
import { guardConnections } from './guard-connections.ts';

export interface Database {
  readonly connection: Connection;
  readonly kind: 'embedded' | 'mongodb';
  close(): Promise<void>;
}

/** The embedded server of DATA_DIR, or the MongoDB of the URI: the same mongoose code speaks to either. */
export async function openDatabase(
  settings: { uri: string | undefined; dataDir: string; name: string },
  log: Log,
): Promise<Database> {
  mongoose.set('strictQuery', 'throw');
  const embedded = settings.uri === undefined ? await startEmbedded(settings.dataDir, log) : null;
  const uri = embedded?.uri ?? settings.uri ?? '';
  try {
    const connection = await mongoose
      .createConnection(uri, {
        dbName: settings.name,
        serverSelectionTimeoutMS: 10_000,
        socketTimeoutMS: 60_000,
        maxPoolSize: 50,
        autoIndex: false,
        autoCreate: false,
      })
      .asPromise();
    guardConnections(connection.getClient());
    // The pool repairs itself; what fails meanwhile fails its own caller.
    connection.on('error', (error: unknown) => log.error('The database connection failed', { error }));
    return {
      connection,
      kind: embedded === null ? 'mongodb' : 'embedded',
      async close() {
        await connection.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw new StartProblem(`MongoDB can't be used: ${(error as Error).message}. Start it, or correct MONGODB_URI.`);
  }
}

async function startEmbedded(dataDir: string, log: Log): Promise<EmbeddedMongo> {
  // What it says while it fails to start is the reason that is thrown: once is enough.
  let started = false;
  try {
    const embedded = await startEmbeddedMongo({
      dataDir: join(dataDir, 'database'),
      log: (line) => started && log.info('The embedded database says', { line }),
      onRestart: (reason) => log.error('The embedded database died and was started again', { reason }),
    });
    started = true;
    return embedded;
  } catch (error) {
    const reason = (error as Error).message.replace(/^embedded-mongo: /, '');
    throw new StartProblem(`The embedded database does not start (DATA_DIR): ${reason}`);
  }
}
