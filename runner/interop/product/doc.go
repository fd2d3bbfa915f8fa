// Package product calls the mock of a whole product over TLS through the official SDKs, every operation by the method and the types
// that are generated for it. Its tests are all that there is of it.
package product
