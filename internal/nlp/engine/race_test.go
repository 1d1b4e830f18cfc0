//go:build race

package engine

// underRace shortens what the race detector makes slow.
const underRace = true
