import Testing

@testable import Command

@Suite("daybook profile")
struct ProfileVerbsTests {
  let world = World()

  @Test("create prints the profile's status")
  func create() throws {
    #expect(
      try world.run("profile", "create", "acme", "name=Acme Relief", "size=1.50")
        == .init(
          .done,
          """
          profile          acme
          status           active
          discovery        never_run
          last discovery   never
          current session  none
          sessions         none
          created          2025-10-01T12:00:01.000000Z
          updated          2025-10-01T12:00:01.000000Z
          head             2:<acme 2>
          name             Acme Relief
          size             1.50

          """))
  }

  @Test("create, set, archive, restore and delete print the same as JSON")
  func json() throws {
    let fields = #"{"name":"Acme","states":["VA"]}"#
    #expect(
      try world.run("profile", "create", "acme", "name=Acme", #"states=["VA"]"#, "--json")
        == .init(.done, try restingStatus("acme", created: 1, updated: 1, fields: fields, seq: 2)))
    #expect(
      try world.run("profile", "set", "acme", "--unset", "states", "n=1e2", "--json")
        == .init(
          .done,
          try restingStatus(
            "acme", created: 1, updated: 2, fields: #"{"name":"Acme","n":1e2}"#, seq: 3)))
    for (verb, status, seq) in [
      ("archive", "archived", 4), ("restore", "active", 5), ("delete", "deleted", 6),
    ] {
      #expect(
        try world.run("profile", verb, "acme", "--reason", "r", "--json")
          == .init(
            .done,
            try restingStatus(
              "acme", status: status, created: 1, updated: seq - 1,
              fields: #"{"name":"Acme","n":1e2}"#, seq: seq)))
    }
    #expect(try world.lines().last?.contains(#""data":{"reason":"r"},"#) == true)
  }

  @Test(
    "A value is JSON if it parses as JSON, else a string",
    arguments: [
      ("x=1", "1"), ("x=1.50", "1.50"), ("x=true", "true"), ("x=null", "null"),
      (#"x="1""#, #""1""#), ("x=[1,2]", "[1,2]"), (#"x={"a":{}}"#, #"{"a":{}}"#),
      ("x=Acme", #""Acme""#), ("x=", #""""#), ("x=01", #""01""#), ("x=a=b", #""a=b""#),
      ("x=[1,", #""[1,""#), ("x=12345678901234567890.5", "12345678901234567890.5"),
      (#"x={"a":1,"a":2}"#, #""{\"a\":1,\"a\":2}""#), ("x=é\n", #""é\n""#),
    ])
  func values(argument: String, recorded: String) throws {
    try world.done("profile", "create", "acme", argument)
    #expect(try world.lines().last?.contains(#""data":{"fields":{"x":\#(recorded)}},"#) == true)
  }

  @Test("Fields come from a file too, and those on the command line win")
  func fromFile() throws {
    let file = try world.file("acme.json", #" {"name": "File", "size": 2.50, "deep": {"a": [1]}} "#)
    try world.done("profile", "create", "acme", "name=Operand", "--from", file)
    #expect(
      try world.lines().last?.contains(
        #""data":{"fields":{"name":"Operand","size":2.50,"deep":{"a":[1]}}},"#) == true)
  }

  @Test("Who, from where, and how sure: all of it is recorded")
  func origin() throws {
    try world.done("profile", "create", "acme", "x=1", "--source", "990", "--confidence", "0.90")
    try world.done(
      "profile", "set", "acme", "--unset", "x", "y=1", "--source=web", "--confidence=1",
      "--id", "k")
    let lines = try world.lines()
    #expect(
      lines[1].hasPrefix(
        #"{"seq":2,"time":"2025-10-01T12:00:01.000000Z","type":"profile.created","#
          + #""by":"tester","data":{"fields":{"x":1},"source":"990","confidence":0.90},"#))
    #expect(
      lines[2].hasPrefix(
        #"{"seq":3,"time":"2025-10-01T12:00:02.000000Z","type":"profile.updated","#
          + #""by":"tester","id":"k","#
          + #""data":{"set":{"y":1},"unset":["x"],"source":"web","confidence":1},"#))
  }

  @Test("A call that is repeated with its key changes nothing and prints the state as it is now")
  func repeated() throws {
    try world.done("profile", "create", "acme", "--id", "k")
    let set = try world.done("profile", "set", "acme", "a=1")
    let before = try world.tree()
    #expect(try world.done("profile", "create", "acme", "b=2", "--id", "k") == set)
    #expect(try world.tree() == before)
  }
}
