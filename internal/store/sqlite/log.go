package sqlite

import (
	"context"
	"os"
	"strconv"
)

// SQLite begins its log anew only at a moment when nobody reads from it. A desk that
// is asked all the time leaves no such moment, and the log would grow as long as the
// read goes on: then readers are waited for.
const (
	longLog   = 128 << 20 // bytes of a log that is not begun anew by itself; usual are 32 MB
	lookEvery = 32        // transactions
	logWait   = 2000      // milliseconds
)

// shortenLog carries the log into the file and begins it anew, when it has become
// long. It is no harm when readers do not let it: the next time will do.
func (db *DB) shortenLog(ctx context.Context) {
	if db.session.commits++; db.session.commits%lookEvery != 0 {
		return
	}
	if info, err := os.Stat(db.path + "-wal"); err != nil || info.Size() < db.longLog {
		return
	}
	for _, pragma := range []string{
		"busy_timeout = " + strconv.Itoa(logWait), "wal_checkpoint(TRUNCATE)", "busy_timeout = " + strconv.FormatInt(db.wait.Milliseconds(), 10),
	} {
		_, _ = db.session.conn.ExecContext(ctx, "PRAGMA "+pragma)
	}
}
