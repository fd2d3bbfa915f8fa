// Package targetfile reads target files: it takes values from the environment, completes the default key, and checks the
// file by itself and against the profile that it is tested by.
//
// Nothing about it is promised to importers; package runner says what is.
package targetfile
