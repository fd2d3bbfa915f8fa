// Package specs shows the book as Ginkgo specs: a container for each chapter and case, a spec for each planned case.
//
// It is the only package besides the command that knows Ginkgo and Gomega. It decides nothing: a spec waits for the
// verdict on its case and says it in Ginkgo's words. Sending and judging go on below, at their own pace.
package specs
