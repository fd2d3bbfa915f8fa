// Package browser holds a test that opens report.html in a browser. It is a module of its own, so that nobody else
// inherits what drives the browser.
package browser
