//go:build unix

// Command torture disturbs "rapporteur read" in every way that a machine knows
// and proves that the record does not notice.
//
// In: the binary, and articles of ../shared/data or, where they are missing, of
// the sample. Out: a line for each ordeal. What always holds: after each ordeal
// the record is in order, and the export of the record that was read on is, byte
// for byte, that of a read which nobody disturbed; a read that cannot go on says
// why.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	var o options
	flag.StringVar(&o.binary, "binary", "bin/rapporteur", "the program")
	flag.IntVar(&o.kills, "kills", 100, "how often a read is killed")
	flag.IntVar(&o.articles, "articles", 600, "how many articles are read")
	flag.Uint64Var(&o.seed, "seed", 1, "of the moments")
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	o.tell = func(format string, args ...any) { fmt.Printf(format+"\n", args...) }
	begun := time.Now()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
	fmt.Printf("nothing was lost (%.0f s)\n", time.Since(begun).Seconds())
}
