package reference_test

import (
	"fmt"
	"io"
	"net/http"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// A mock for the tests of a client: it answers as ECS documents it.
func Example() {
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		fmt.Println(err)
		return
	}
	server := reference.New(profile)
	listening, err := server.Start("127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer listening.Close()

	target := server.Target(listening.URL()) // the key and the action that the client under test would use
	fmt.Println(target.Request.Action, target.Credentials[schemas.DefaultKey].AccessKeyID)

	answer, err := http.Get(listening.URL() + "/?Format=JSON&Version=2014-05-26")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	fmt.Println(answer.Status, answer.Header.Get("Content-Type"))
	fmt.Println(len(body) > 0)
	// Output:
	// DescribeRegions reference-default
	// 400 Bad Request application/json;charset=utf-8
	// true
}
