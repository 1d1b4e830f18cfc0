package extract

import "strings"

// firstFrame returns file and line of the frame that panicked, from a stack as
// debug.Stack prints it; "" when there is none.
func firstFrame(stack []byte) string {
	_, after, found := strings.Cut(string(stack), "panic(")
	if !found {
		return ""
	}
	lines := strings.Split(after, "\n")
	if len(lines) < 4 {
		return ""
	}
	frame := strings.TrimSpace(lines[3])
	if i := strings.LastIndex(frame, "/"); i >= 0 {
		frame = frame[i+1:]
	}
	frame, _, _ = strings.Cut(frame, " ")
	return frame
}
