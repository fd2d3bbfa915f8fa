package work

import "strings"

func replace(statement, now, greatest string) string {
	return strings.NewReplacer("@NOW", now, "@GREATEST", greatest).Replace(statement)
}
