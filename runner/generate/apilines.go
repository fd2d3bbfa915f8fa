package main

import (
	"fmt"
	"go/types"
)

// declared returns the lines of one exported thing.
func declared(o types.Object) []string {
	qualified := types.RelativeTo(o.Pkg())
	short := func(p *types.Package) string {
		if qualified(p) == "" {
			return ""
		}
		return p.Name()
	}
	switch o := o.(type) {
	case *types.Const:
		return []string{fmt.Sprintf("const %s %s = %s", o.Name(), types.TypeString(o.Type(), short), o.Val())}
	case *types.Var:
		return []string{fmt.Sprintf("var %s %s", o.Name(), types.TypeString(o.Type(), short))}
	case *types.Func:
		return []string{"func " + o.Name() + signature(o.Signature(), short)}
	case *types.TypeName:
		return typeLines(o, short)
	}
	return nil
}

// signature writes a signature without the names of its parameters, which nobody can rely on.
func signature(s *types.Signature, short types.Qualifier) string {
	if s.TypeParams().Len() > 0 {
		return types.TypeString(s, short)[len("func"):]
	}
	plain := types.NewSignatureType(nil, nil, nil, unnamed(s.Params()), unnamed(s.Results()), s.Variadic())
	return types.TypeString(plain, short)[len("func"):]
}

func unnamed(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewParam(0, nil, "", v.Type()))
	}
	return types.NewTuple(vars...)
}

func typeLines(o *types.TypeName, short types.Qualifier) []string {
	full := types.ObjectString(o, short)
	if o.IsAlias() {
		return []string{full}
	}
	named := o.Type().(*types.Named)
	lines := []string{full}
	if s, ok := named.Underlying().(*types.Struct); ok {
		lines = []string{"type " + o.Name() + " struct"}
		for f := range s.Fields() {
			if f.Exported() {
				lines = append(lines, fmt.Sprintf("type %s struct, %s %s", o.Name(), f.Name(), types.TypeString(f.Type(), short)))
			}
		}
	}
	if types.IsInterface(named) {
		return lines
	}
	methods := types.NewMethodSet(types.NewPointer(named))
	for m := range methods.Methods() {
		f := m.Obj().(*types.Func)
		if !f.Exported() {
			continue
		}
		by := "*" + o.Name()
		if types.NewMethodSet(named).Lookup(f.Pkg(), f.Name()) != nil {
			by = o.Name()
		}
		lines = append(lines, fmt.Sprintf("method (%s) %s%s", by, f.Name(), signature(f.Signature(), short)))
	}
	return lines
}
