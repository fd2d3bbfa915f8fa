// Package proxy passes traffic on between clients and a service, and watches it. Every byte that comes is passed on as it came: what is
// passed on is the stream of a TCP connection, not requests, so that there is nothing to alter. Beside it goes a copy,
// out of which requests and answers are paired and written down as exchanges, to be judged.
//
// Watching never holds up what is passed on. A connection that cannot be understood, or is not understood fast enough, is
// watched no longer; an exchange that cannot be written down fast enough is dropped. Both are counted, with the reason.
//
// Nothing about it is promised to importers; package runner says what is.
package proxy
