import Foundation
import GRDB

extension StudioStore {
    /// Every step from an empty store to the present one, oldest first; steps are never changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 jobs, pictures, folders, models, events") { db in
            try db.execute(sql: first)
        }
        migrator.registerMigration("2 owners of pictures, folders and events") { db in
            try db.execute(sql: second)
        }
        migrator.registerMigration("3 requests name their task") { db in
            try db.execute(sql: third)
        }
        migrator.registerMigration("4 models that are fetched") { db in
            try db.execute(sql: fourth)
        }
        return migrator
    }

    private static let first = """
        CREATE TABLE job (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL,
            position REAL NOT NULL, request TEXT NOT NULL, created REAL NOT NULL, started REAL,
            finished REAL, message TEXT, code TEXT, categories TEXT, attempts INTEGER NOT NULL,
            owner TEXT NOT NULL, key TEXT
        );
        CREATE INDEX jobByState ON job (state, priority DESC, position);
        CREATE INDEX jobByKey ON job (owner, key) WHERE key IS NOT NULL;
        CREATE TABLE picture (
            id TEXT PRIMARY KEY, job TEXT, kind TEXT NOT NULL, number INTEGER NOT NULL,
            width INTEGER NOT NULL, height INTEGER NOT NULL, prompt TEXT NOT NULL, seed TEXT NOT NULL,
            model TEXT NOT NULL, digest TEXT NOT NULL, created REAL NOT NULL, liked INTEGER NOT NULL,
            rating INTEGER NOT NULL, folder TEXT, deleted REAL, seconds REAL NOT NULL,
            record TEXT NOT NULL
        );
        CREATE INDEX pictureByJob ON picture (job, number);
        CREATE INDEX pictureByFolder ON picture (folder, id) WHERE folder IS NOT NULL;
        CREATE INDEX pictureByLike ON picture (id) WHERE liked;
        CREATE INDEX pictureBySeed ON picture (seed);
        CREATE INDEX pictureByModel ON picture (model, id);
        CREATE INDEX pictureDeleted ON picture (id) WHERE deleted IS NOT NULL;
        CREATE INDEX pictureShown ON picture (id) WHERE deleted IS NULL AND kind <> 'mask';
        CREATE VIRTUAL TABLE pictureText USING fts5(
            prompt, content='picture', content_rowid='rowid', tokenize='trigram'
        );
        CREATE TRIGGER pictureTextInsert AFTER INSERT ON picture BEGIN
            INSERT INTO pictureText (rowid, prompt) VALUES (new.rowid, new.prompt);
        END;
        CREATE TRIGGER pictureTextDelete AFTER DELETE ON picture BEGIN
            INSERT INTO pictureText (pictureText, rowid, prompt)
            VALUES ('delete', old.rowid, old.prompt);
        END;
        CREATE TABLE descent (
            child TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (child, parent)
        ) WITHOUT ROWID;
        CREATE INDEX descentByParent ON descent (parent);
        CREATE TABLE folder (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, search TEXT, created REAL NOT NULL
        );
        CREATE TABLE model (
            id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, file TEXT, summary TEXT NOT NULL,
            isDefault INTEGER NOT NULL, created REAL NOT NULL
        );
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, data TEXT NOT NULL,
            created REAL NOT NULL
        );
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        """

    // What happened before had no owner, so it is forgotten: who was away begins anew.
    private static let second = """
        ALTER TABLE job ADD COLUMN body TEXT;
        ALTER TABLE picture ADD COLUMN owner TEXT NOT NULL DEFAULT '';
        UPDATE picture SET owner = job.owner FROM job WHERE job.id = picture.job;
        CREATE INDEX pictureByOwner ON picture (owner, id);
        ALTER TABLE folder ADD COLUMN owner TEXT NOT NULL DEFAULT '';
        ALTER TABLE event ADD COLUMN owner TEXT;
        DROP INDEX pictureShown;
        CREATE INDEX pictureShown ON picture (id, prompt) WHERE deleted IS NULL AND kind <> 'mask';
        DELETE FROM event;
        """

    private static let fourth = """
        CREATE TABLE fetch (
            id TEXT PRIMARY KEY, model TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
            done INTEGER NOT NULL, total INTEGER, message TEXT, created REAL NOT NULL, finished REAL
        );
        """

    private static let third = """
        UPDATE job SET request = json_set(request, '$.task', kind) WHERE json_valid(request);
        """
}
