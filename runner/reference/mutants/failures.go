package mutants

import (
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// failureMutants tell in their successes of a failure, each by members of its own.
func failureMutants() []vary.Variant {
	failing := []vary.Variant{
		vary.SuccessSays("success-false-in-lower-case", "says success false in its successes, in lower case", "success", false),
		vary.SuccessSays("is-success-false-in-words", "says isSuccess false in its successes, as a string", "isSuccess", "false"),
		vary.SuccessSays("error-code-in-a-success", "has an errorCode for a failure in its successes", "errorCode", "Quota.Exceeded", "errorMessage", "too many"),
		vary.SuccessSays("error-number-in-a-success", "has an error_code in its successes that is a number and not zero", "error_code", 1001),
		vary.SuccessSays("code-in-lower-case-in-a-success", "has a code for a failure in its successes, in lower case", "code", "InvalidParameter", "message", "bad"),
		vary.SuccessSays("error-object-in-a-success", "has the failure in an object of its own in its successes", "Error", []server.Member{{Name: "Kind", Value: "quota"}, {Name: "Text", Value: "The quota is used up."}}),
		vary.SuccessSays("error-message-in-a-success", "has an errorMsg in its successes", "errorMsg", "the backend did not answer"),
		vary.SuccessSays("status-member-in-a-success", "says in its successes that the status is 500", "HttpStatusCode", 500),
	}
	for i := range failing {
		failing[i].Clause, failing[i].Profiles = "CLIENT-3", []string{"gateway", "ecs"} // elsewhere some calls are served that should be refused
	}
	return failing
}
