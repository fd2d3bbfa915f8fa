package schemas

// A FindingKind is the stable id of what is wrong with an answer, whatever words a finding has for it. Reports fold by it, and a
// program that reads report.json may rely on it: an id keeps its meaning, and further ids may come.
type FindingKind string

// The kinds of findings. The first seven concern the answer as a whole, and have its Status and Subject.
const (
	FoundNoAnswer   FindingKind = "no-answer"    // no complete answer came; the subject is the kind of fault
	FoundHTMLPage   FindingKind = "html-page"    // a page of HTML came in the place of an envelope
	FoundNoEnvelope FindingKind = "no-envelope"  // neither JSON nor XML came: nothing, plain text
	FoundServed     FindingKind = "served"       // a success came where a refusal is due; the subject is its root, if it has one
	FoundRefused    FindingKind = "refused"      // an error came where a success is due; the subject is its Code
	FoundWrongCode  FindingKind = "wrong-code"   // an error with another Code than is due; the subject is its Code
	FoundStatus     FindingKind = "wrong-status" // the status is not the one that the answer should have; the subject is its Code

	FoundMembers       FindingKind = "wrong-members"        // a member is missing, misspelt or of another type
	FoundShape         FindingKind = "wrong-shape"          // the root or the top of the body is another one
	FoundResultInError FindingKind = "result-in-error"      // an error carries what successes carry
	FoundValue         FindingKind = "wrong-value"          // a member or header holds another value
	FoundMessage       FindingKind = "wrong-message"        // the Message is not the one of the table
	FoundFormat        FindingKind = "wrong-format"         // JSON came for XML, or XML for JSON
	FoundContentType   FindingKind = "wrong-content-type"   // the subject is the value of Content-Type
	FoundSyntax        FindingKind = "broken-syntax"        // the body breaks the rules of its format
	FoundRequestID     FindingKind = "malformed-request-id" // the RequestId is no UUID
	FoundRepeatedID    FindingKind = "repeated-request-id"  // the RequestId came before
	FoundForeignID     FindingKind = "foreign-request-id"   // the RequestId is not one that the server made for this answer
	FoundLetterCase    FindingKind = "request-id-case"      // the letter case of the RequestId is another than that of most
	FoundDisagree      FindingKind = "answers-disagree"     // several answers, taken together, are not as they should be
	FoundMisread       FindingKind = "misread"              // official SDKs read another thing than the answer says
	FoundUnescaped     FindingKind = "unescaped"            // text of the request came back unescaped
	FoundDisclosure    FindingKind = "disclosure"           // the answer tells a secret, or of the inside of the service
	FoundTrailing      FindingKind = "trailing-bytes"       // bytes came behind the answer
)

// FindingKinds lists the kinds of findings, in their documented order.
func FindingKinds() []FindingKind {
	return []FindingKind{
		FoundNoAnswer, FoundHTMLPage, FoundNoEnvelope, FoundServed, FoundRefused, FoundWrongCode, FoundStatus,
		FoundMembers, FoundShape, FoundResultInError, FoundValue, FoundMessage, FoundFormat, FoundContentType, FoundSyntax,
		FoundRequestID, FoundRepeatedID, FoundForeignID, FoundLetterCase, FoundDisagree, FoundMisread, FoundUnescaped, FoundDisclosure, FoundTrailing,
	}
}

// OfAnswer reports whether the kind concerns the answer as a whole, so that a finding of it has a Status and a Subject.
func (k FindingKind) OfAnswer() bool {
	switch k {
	case FoundNoAnswer, FoundHTMLPage, FoundNoEnvelope, FoundServed, FoundRefused, FoundWrongCode, FoundStatus:
		return true
	}
	return false
}
