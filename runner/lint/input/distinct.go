package input

import "os"

// A Repeated file is one that was named before, by this path or another one.
type Repeated struct{ Path, Before string }

// Distinct returns the paths of files that were not named before, in their order, and those that were: the same path, a link, or
// standard input ("-") where that comes from the file.
func Distinct(paths []string, stdin *os.File) (once []string, again []Repeated) {
	type named struct {
		path string
		info os.FileInfo // nil where it is not known
	}
	var before []named
paths:
	for _, path := range paths {
		n := named{path: path}
		var err error
		if path == "-" {
			n.info, err = stdin.Stat()
		} else {
			n.info, err = os.Stat(path)
		}
		if err != nil {
			n.info = nil
		}
		for _, b := range before {
			if same := n.info != nil && b.info != nil && n.info.Mode().IsRegular() && os.SameFile(b.info, n.info); same || path == "-" && b.path == "-" {
				again = append(again, Repeated{Path: path, Before: b.path})
				continue paths
			}
		}
		before, once = append(before, n), append(once, path)
	}
	return once, again
}
