// Reads a literal of Go a line of input; prints what it is as JSON, a line each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text, err := strconv.Unquote(lines.Text())
		if err != nil {
			panic(err)
		}
		value, _ := json.Marshal(text)
		fmt.Println(string(value))
	}
}
