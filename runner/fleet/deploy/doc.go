// Package deploy holds the files with which fleets are run and watched, and the test of them.
package deploy
