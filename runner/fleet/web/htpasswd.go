package web

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"github.com/acsconform/acsconform/schemas/file"
)

const (
	leastCost = 10
	mostCost  = 14 // beyond it, a password takes seconds
)

// Users reads a file of names and passwords as htpasswd -B writes it.
func Users(path string) (map[string][]byte, error) {
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w (htpasswd -B -C 12 -c FILE NAME makes one)", path, err)
	}
	users, number := map[string][]byte{}, 0
	for line := range bytes.Lines(text) {
		number++
		word := strings.TrimSpace(string(line))
		if word == "" || strings.HasPrefix(word, "#") {
			continue
		}
		name, hash, ok := strings.Cut(word, ":")
		cost, err := bcrypt.Cost([]byte(hash))
		switch {
		case !ok || name == "" || err != nil:
			return nil, fmt.Errorf("%s:%d: want NAME:HASH with a hash of bcrypt (htpasswd -B makes it)", path, number)
		case cost < leastCost || cost > mostCost:
			return nil, fmt.Errorf("%s:%d: the hash has cost %d, want %d to %d (htpasswd -B -C 12 makes it)", path, number, cost, leastCost, mostCost)
		case users[name] != nil:
			return nil, fmt.Errorf("%s:%d: %s is there twice (keep one)", path, number, name)
		}
		users[name] = []byte(hash)
	}
	if len(users) == 0 {
		return nil, fmt.Errorf("%s has no names (htpasswd -B -C 12 -c FILE NAME makes one)", path)
	}
	return users, nil
}
