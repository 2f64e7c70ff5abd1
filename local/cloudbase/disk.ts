import { EJSON } from 'bson'
import Database from 'libsql'
import { type Doc, encode } from './wire'

/** One durable change; `doc` null deletes. */
export interface DiskWrite {
  collection: string
  id: string
  doc: Doc | null
}

/** Where commits become durable. `write` is all or nothing and returns when the change survives a crash of the process. */
export interface Disk {
  collections(): string[]
  load(collection: string): Doc[]
  addCollection(name: string): void
  write(changes: readonly DiskWrite[]): void
  close(): void
}

/**
 * Opens (or creates) the SQLite file, in WAL mode and for this process alone.
 * @param file a path, or ':memory:'
 * @throws Error in plain words when another process has it open or it is not a database.
 */
export function openDisk(file: string): Disk {
  let db: Database.Database
  try {
    db = new Database(file)
    // Exclusive: two stores over one file would each believe in their own memory.
    db.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
      CREATE TABLE IF NOT EXISTS collections(name TEXT PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS documents(
        position INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
        UNIQUE(collection, id));
      BEGIN IMMEDIATE; COMMIT;`)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    const reason = /locked|busy/i.test(cause) ? 'another process is using it' : cause
    throw new Error(`cannot open the database ${file}: ${reason}`)
  }
  const put = db.prepare<[string, string, string]>(
    `INSERT INTO documents(collection, id, body) VALUES(?, ?, ?)
     ON CONFLICT(collection, id) DO UPDATE SET body = excluded.body`,
  )
  const remove = db.prepare<[string, string]>('DELETE FROM documents WHERE collection = ? AND id = ?')
  const addCollection = db.prepare<[string]>('INSERT OR IGNORE INTO collections VALUES(?)')
  const list = db.prepare<[]>('SELECT name FROM collections')
  const read = db.prepare<[string]>('SELECT body FROM documents WHERE collection = ? ORDER BY position')
  const apply = ({ collection, id, doc }: DiskWrite) =>
    doc ? put.run(collection, id, encode(doc)) : remove.run(collection, id)
  return {
    collections: () => (list.all() as { name: string }[]).map((row) => row.name),
    load: (collection) => (read.all(collection) as { body: string }[]).map((row) => EJSON.parse(row.body) as Doc),
    addCollection: (name) => void addCollection.run(name),
    write(changes) {
      const [only] = changes
      if (only && changes.length === 1) {
        apply(only)
        return
      }
      db.exec('BEGIN')
      try {
        changes.forEach(apply)
        db.exec('COMMIT')
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      }
    },
    close() {
      // libsql keeps the file open until its statements are collected: let go of the lock by hand, which SQLite does at
      // the first read after leaving WAL.
      db.pragma('journal_mode=DELETE')
      db.pragma('locking_mode=NORMAL')
      list.all()
      db.close()
    },
  }
}
