// Package observe is what rules read of an exchange: a [View], each of whose methods asks one question. So it is known of
// a verdict what it depends on, and a [Memo] repeats it of a captured [Record] that answers the same questions alike.
//
// No rule declares what it reads. One that asks for something that a record cannot answer, as for the body's bytes, is
// judged anew each time: at worst slow, and never wrong.
//
// Nothing about it is promised to importers; package runner says what is.
package observe
