// Package interop calls the reference server through the official SDKs, over HTTP, and writes down what each makes of
// its answers: the table of README.md. It is a module of its own, since the SDKs are large.
package interop

//go:generate go test -run TestTable -update .
