import JournalEngine
import Testing

@Suite("JSON objects")
struct JSONObjectTests {
  @Test("keep the order of their members and give them by name")
  func order() {
    let object: JSONObject = ["z": 1, "a": 2, "m": nil]
    #expect(object.names == ["z", "a", "m"])
    #expect(object.map(\.name) == object.names)
    #expect(object.map(\.value) == [1, 2, nil])
    #expect(object["a"] == .some(2))
    #expect(object["m"] == .some(.null), "a null member is a member")
    #expect(object["x"] == .none)
    #expect(object.count == 3 && !object.isEmpty && JSONObject().isEmpty)
  }

  @Test("replace in place, append what is new, and remove", arguments: [3, 16, 17, 18, 200])
  func changes(_ count: Int) {
    var object = JSONObject()
    for number in 0..<count { object["n\(number)"] = .number(JSONNumber(number)) }
    object["n1"] = "changed"
    #expect(object.names == (0..<count).map { "n\($0)" })
    #expect(object["n1"] == "changed")
    object["n0"] = .none
    object["absent"] = .none
    #expect(object.names == (1..<count).map { "n\($0)" })
    for number in 2..<count { #expect(object["n\(number)"]?.int == Int64(number)) }
    object["n\(count - 1)"] = .none
    #expect(object["n\(count - 1)"] == .none)
    object["n0"] = true
    #expect(object.names.last == "n0" && object["n0"] == true && object.count == count - 1)
    for name in object.names { object[name] = .none }
    #expect(object.isEmpty && object["n0"] == .none)
  }

  @Test("lose the members of many names at once", arguments: [3, 16, 17, 40, 100_000])
  func removal(_ count: Int) {
    var object = JSONObject((0..<count).map { ("n\($0)", .number(JSONNumber($0))) })
    let whole = object
    object.remove(["absent", "N1"])
    #expect(object == whole)
    // All but a few, an unknown one among them.
    object.remove(["absent"] + (2..<count).map { "n\($0)" })
    #expect(object.names == ["n0", "n1"] && object["n2"] == .none && object["n1"]?.int == 1)
    object["n2"] = true
    #expect(object.names == ["n0", "n1", "n2"])
    var half = whole
    half.remove(stride(from: 0, to: count, by: 2).map { "n\($0)" })
    #expect(half.names == stride(from: 1, to: count, by: 2).map { "n\($0)" })
    #expect(half.allSatisfy { half[$0.name] == $0.value } && half["n0"] == .none)
  }

  @Test("are equal whatever the order, and hash alike", arguments: [2, 17, 100])
  func equality(_ count: Int) {
    let members = (0..<count).map { ("n\($0)", JSON.number(JSONNumber($0))) }
    let object = JSONObject(members)
    let other = JSONObject(members.reversed())
    #expect(object == other)
    #expect(object.hashValue == other.hashValue)
    #expect(Set([JSON.object(object), JSON.object(other)]).count == 1)
    var changed = other
    changed["n1"] = nil
    #expect(object != changed)
    changed["x1"] = 1
    #expect(object != changed, "same count, other name")
    changed = other
    changed["n1"] = .null
    #expect(object != changed, "same names, other value")
  }

  @Test("tell apart names and strings that Swift's strings take for equal")
  func exactNames() {
    let composed = "\u{E9}"
    let decomposed = "e\u{301}"
    #expect(composed == decomposed)
    var object: JSONObject = [composed: 1]
    #expect(object[decomposed] == .none)
    object[decomposed] = 2
    #expect(object.count == 2)
    #expect(JSON.string(composed) != JSON.string(decomposed))
    #expect(Set([JSON.string(composed), JSON.string(decomposed)]).count == 2)
    for number in 0..<40 { object["n\(number)"] = 0 }
    #expect(object[composed] == 1 && object[decomposed] == 2, "also through the index")
  }

  @Test("of literals, take the last of values with one name")
  func literals() {
    let object: JSONObject = ["a": 1, "b": 2, "a": 3]
    #expect(object.names == ["a", "b"] && object["a"] == 3)
  }

  @Test("are filled and searched in much less than quadratic time")
  func size() {
    // Quadratic, this would be ten thousand million comparisons: hours in a debug build.
    let count = 100_000
    let text = "{" + (0..<count).map { "\"name\($0)\":\($0)" }.joined(separator: ",") + "}"
    let value = try? JSON(parsing: text, limits: JSONLimits(length: 1 << 24))
    #expect(value?.object?.count == count)
    #expect(value?["name\(count - 1)"]?.int == Int64(count - 1))
    #expect(value == value.map { JSON.object(JSONObject($0.object?.reversed() ?? [])) })
  }

  @Test("and other values give what they are and nil for what they are not")
  func accessors() {
    let values: [JSON] = [nil, true, 1, "s", [1], ["a": 1], 1.5]
    #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
    #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
    #expect(values.map(\.int) == [nil, nil, 1, nil, nil, nil, nil])
    #expect(values.map(\.double) == [nil, nil, 1, nil, nil, nil, 1.5])
    #expect(values.map(\.number?.text) == [nil, nil, "1", nil, nil, nil, "1.5"])
    #expect(values.map(\.string) == [nil, nil, nil, "s", nil, nil, nil])
    #expect(values.map(\.array?.count) == [nil, nil, nil, nil, 1, nil, nil])
    #expect(values.map(\.object?.names) == [nil, nil, nil, nil, nil, ["a"], nil])
    #expect(values.map { $0["a"]?.int } == [nil, nil, nil, nil, nil, 1, nil])
  }
}
