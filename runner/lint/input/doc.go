// Package input reads captured traffic: it opens files, pipes and files that grow, unpacks them, cuts them into blocks of
// records, and reads records of HAR files, of our own exchanges and of access logs. It also decides which records are no
// calls, or are filtered out. It judges nothing.
//
// Nothing about it is promised to importers; package runner says what is.
package input
