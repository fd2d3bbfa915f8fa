package observe

// Notes are the questions that were asked of one exchange, in their order, each once, with their answers.
type Notes struct {
	path   []noted
	beyond bool // something was read that no record answers
}

type noted struct {
	question
	answer
}

func (n *Notes) find(q question) (answer, bool) {
	if n == nil {
		return answer{}, false
	}
	for i := range n.path {
		if n.path[i].question == q {
			return n.path[i].answer, true
		}
	}
	return answer{}, false
}

func (n *Notes) add(q question, a answer) {
	if n != nil {
		n.path = append(n.path, noted{q, a})
	}
}

// A Memo keeps verdicts by what they depend on: a tree in which each node is a question, each edge an answer and each
// leaf a verdict. The rules ask what follows from the answers before, so what has the same answers along a path is judged
// alike. It is bounded, and for one goroutine.
type Memo[T any] struct {
	root *node[T]
	held int
}

type node[T any] struct {
	question question
	edges    []edge[T]
	index    map[answer]*node[T] // of the edges, where there are many
	leaf     *T
}

type edge[T any] struct {
	answer
	to *node[T]
}

// The bounds of a memo.
const (
	mostHeld  = 8 << 20 // bytes, about; then it begins anew
	sizeOf    = 160     // bytes of a node, about
	fewEdges  = 8
	longText  = 2 << 10  // a verdict that depends on longer text is not kept
	longKinds = 16 << 10 // the same of kinds
	sizeOfOne = 2 << 10  // bytes of a verdict, about
)

// Find returns the verdict of a record that answers as another one did; nil when there is none.
func (m *Memo[T]) Find(r *Record) *T {
	for n := m.root; n != nil; {
		if n.leaf != nil {
			return n.leaf
		}
		code, text, ok := r.answer(&n.question)
		if !ok {
			return nil
		}
		n = n.next(code, text)
	}
	return nil
}

func (n *node[T]) next(code int, text []byte) *node[T] {
	if n.index != nil {
		return n.index[answer{code, string(text)}]
	}
	for i := range n.edges {
		if e := &n.edges[i]; e.code == code && e.text == string(text) {
			return e.to
		}
	}
	return nil
}

// Keep keeps the verdict of a record, which was found by asking what the notes say. It is false where another record
// cannot be known to be judged alike; a record that answers otherwise than its exchange did is none that is known.
func (m *Memo[T]) Keep(r *Record, notes *Notes, verdict *T) bool {
	if notes.beyond || !r.agrees(notes) {
		return false
	}
	if m.held > mostHeld {
		m.root, m.held = nil, 0
	}
	if m.root == nil {
		m.root = &node[T]{}
	}
	n := m.root
	for _, step := range notes.path {
		switch {
		case n.leaf != nil:
			return false
		case n.edges == nil:
			n.question = step.question
		case n.question != step.question:
			return false // not the rules of before
		}
		to := n.next(step.code, []byte(step.text))
		if to == nil {
			to = &node[T]{}
			n.add(step.answer, to)
			m.held += sizeOf + len(step.text)
		}
		n = to
	}
	if n.edges != nil {
		return false
	}
	n.leaf = verdict
	m.held += sizeOfOne
	return true
}

func (n *node[T]) add(a answer, to *node[T]) {
	n.edges = append(n.edges, edge[T]{a, to})
	if len(n.edges) == fewEdges {
		n.index = map[answer]*node[T]{}
		for _, e := range n.edges {
			n.index[e.answer] = e.to
		}
	}
	if n.index != nil {
		n.index[a] = to
	}
}
