// Package pipeline writes what was found in the forms that pipelines show beside the code: SARIF, the annotations of GitHub
// Actions and the code quality report of GitLab.
//
// All three show few things well, so that the findings of one clause that say the same of their answers are one issue.
// Nothing that came from a target can command what reads a form.
//
// Nothing about it is promised to importers; package runner says what is.
package pipeline
