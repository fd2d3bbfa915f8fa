package filecheck

import (
	"fmt"

	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// fleet checks what the schema of fleet files says. What its targets name is known to conform-fleet.
func fleet(path string) error {
	text, err := read(path)
	if err != nil {
		return err
	}
	doc, err := file.ReadYAML(file.Fleet, path, text)
	if err != nil {
		return err
	}
	var f schemas.Fleet
	if err := doc.Decode(&f); err != nil {
		return err
	}
	if len(f.Targets)+len(f.Logs) == 0 {
		return doc.Errorf(nil, "has neither targets nor logs (add targets:)")
	}
	return nil
}

// answers checks a file of answers. Its names are held against the profiles with operations that are checked too; where there is
// none, they are taken for right.
func (c *checking) answers(path string) error {
	text, err := read(path)
	if err != nil {
		return err
	}
	var products []script.Product
	for _, p := range c.products {
		if p.Operations == nil {
			continue
		}
		one := script.Product{Profile: p}
		for _, op := range p.Operations.List {
			one.Operations = append(one.Operations, op.Name)
		}
		products = append(products, one)
	}
	_, err = script.Read(path, text, products)
	return err
}

func read(path string) ([]byte, error) {
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: the file cannot be read: %w (name an existing file)", path, err)
	}
	return text, nil
}
