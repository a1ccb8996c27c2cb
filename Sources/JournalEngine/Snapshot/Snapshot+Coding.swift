/// How a snapshot stands in its file (Docs/Format.md, "Snapshots").
extension Snapshot {
  /// Why a file is no snapshot that can be used, as a clause.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private static let form = 1
  private static let check = Array(#","sha256":""#.utf8)
  /// What follows the bytes that are hashed: the member, the brace, the newline.
  private static let tail = check.count + 64 + 3

  /// The bytes of its file.
  package func encoded() -> [UInt8] {
    var object: JSONObject = [
      "snapshot": .number(JSONNumber(Self.form)),
      "journal": .string(journal.text),
      "format": .number(JSONNumber(LineFormat.version)),
      "seq": .number(JSONNumber(head.seq)),
      "head": .string(head.hash.description),
      "time": .string(time.description),
      "segment": .number(JSONNumber(place.segment)),
      "offset": .number(JSONNumber(place.end)),
      "length": .number(JSONNumber(place.length)),
      "projector": .string(projector),
      "version": .number(JSONNumber(version)),
    ]
    // By another name where others stand in tables: a program that does not know these must not take
    // them for all.
    object[keys.settledCount > 0 ? "newest_ids" : "ids"] = keys.json
    if keys.canSettle { object["id_lines"] = keys.lines }
    if !givenUp.ranges.isEmpty { object["given_up"] = givenUp.json }
    object["earlier_ids"] = keys.areNumbered ? .number(JSONNumber(keys.first)) : nil
    if settled > 0 {
      object["settled"] = .number(JSONNumber(settled))
      object["measures"] = middle?.json
    }
    object["state"] = state
    object["state_sha256"] = .string(stateDigest.description)
    var bytes = object.bytes
    bytes.removeLast()
    return bytes + Self.check(Digest(of: bytes))
  }

  /// What follows the bytes that have a hash.
  private static func check(_ digest: Digest) -> [UInt8] {
    var bytes = check
    digest.write(into: &bytes)
    return bytes + Array("\"}\n".utf8)
  }

  /// Reads the snapshot of a name, whatever is wrong with it.
  ///
  /// - Returns: nil where there is no such file.
  static func read(
    _ name: SnapshotName, of journal: JournalName, in folder: any JournalFolder
  ) -> Result<(snapshot: Snapshot, bytes: Int64), Fault>? {
    do {
      let read = try WholeFile.read(
        name.file, in: folder, ifLong: (tail, { $0.starts(with: check) && $0.last == 10 }))
      guard let bytes = read else { return nil }
      let snapshot = try Snapshot(bytes)
      if snapshot.journal != journal {
        return .failure(Fault(description: "it is of the journal \(snapshot.journal)"))
      }
      if snapshot.name != name {
        return .failure(Fault(description: "it covers something else than its name says"))
      }
      return .success((snapshot, Int64(bytes.count)))
    } catch {
      return .failure(Fault(description: (error as? JournalError)?.message ?? "\(error)"))
    }
  }

  /// Reads a file.
  ///
  /// - Throws: ``Fault`` for anything that ``encoded()`` does not write.
  package init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count > Self.tail, bytes.last == UInt8(ascii: "\n") else {
      throw Fault(description: "it is cut short")
    }
    let body = bytes.count - Self.tail
    // In place: it may be long.
    let digest = unsafe bytes.withUnsafeBytes {
      unsafe SHA256.digest(of: UnsafeRawBufferPointer(rebasing: $0[..<body]))
    }
    guard bytes[body...].elementsEqual(Self.check(digest)) else {
      throw Fault(description: "its SHA-256 does not hold")
    }
    let object: JSONObject
    do throws(JSONError) {
      // The state holds fields of entries some levels down.
      let limits = JSONLimits(depth: JSONLimits().depth + 32, length: bytes.count)
      object = try JSON(parsing: bytes, limits: limits).object ?? [:]
    } catch {
      throw Fault(description: "it is no JSON: \(error)")
    }
    guard object["snapshot"]?.int == Int64(Self.form),
      object["format"]?.int == Int64(LineFormat.version)
    else { throw Fault(description: "it is of another format") }
    try self.init(object)
  }

  private init(_ object: JSONObject) throws(Fault) {
    guard let name = object["journal"]?.string, let journal = try? JournalName(name),
      let seq = object["seq"]?.int, (1...LineFormat.highestJump).contains(seq),
      let hash = object["head"]?.string.flatMap({ Digest(hex: $0) }),
      let time = object["time"]?.string.flatMap({ Timestamp($0) }),
      let segment = object["segment"]?.int, (1...seq).contains(segment),
      let end = object["offset"]?.int,
      let length = object["length"]?.int, length >= 0, length < LineFormat.longestLine,
      end >= length + 1, end <= LineFormat.longestFile,
      let projector = object["projector"]?.string,
      let version = object["version"]?.int.flatMap({ Int(exactly: $0) }),
      let keys = IdempotencyKeys(in: object),
      let settled = (object["settled"] ?? 0).int.flatMap({ Int(exactly: $0) }), settled >= 0,
      let givenUp = GivenUp(object["given_up"] ?? []),
      let state = object["state"],
      let digest = object["state_sha256"]?.string.flatMap({ Digest(hex: $0) })
    else { throw Fault(description: "a member is missing or is not what it should be") }
    let middle = object["measures"].map(MiddleMeasures.init)
    if let middle, middle?.count ?? .max > settled {
      throw Fault(description: "the measures of its records are not what they should be")
    }
    self.journal = journal
    head = Head(seq: seq, hash: hash)
    self.time = time
    place = LinePlace(segment: segment, offset: end - length - 1, length: Int(length))
    self.projector = projector
    self.version = version
    self.keys = keys
    self.state = state
    self.settled = settled
    self.givenUp = givenUp
    self.middle = middle ?? nil
    stateDigest = digest
  }
}

extension IdempotencyKeys {
  /// An array for each key: the key, the first and the last `seq`, the type, the subject.
  fileprivate var json: JSON {
    .array(
      inOrder.map { key, record in
        [
          .string(key), .number(JSONNumber(record.first)), .number(JSONNumber(record.last)),
          .string(record.type), record.subject.map(JSON.string) ?? .null,
        ]
      })
  }

  /// An array for each line that carries one: the segment, the offset, the first 8 bytes of its hash.
  fileprivate var lines: JSON {
    .array(
      inOrder.compactMap { _, record in
        guard let line = record.line else { return nil }
        var check: [UInt8] = []
        Hex.append(line.check, to: &check)
        return [
          .number(JSONNumber(line.segment)), .number(JSONNumber(line.offset)),
          .string(String(decoding: check, as: UTF8.self)),
        ]
      })
  }

  /// Reads what a snapshot says of them; nil where that cannot be.
  fileprivate init?(in snapshot: JSONObject) {
    let newest = snapshot["newest_ids"]?.array
    let lines = snapshot["id_lines"]?.array
    guard let elements = newest ?? snapshot["ids"]?.array,
      elements.count <= LineFormat.rememberedIDs, lines?.count ?? elements.count == elements.count
    else { return nil }
    // Earlier versions did not keep how many there were before.
    let earlier = snapshot["earlier_ids"]
    guard let first = (earlier ?? 0).int.flatMap({ Int(exactly: $0) }),
      (0..<1 << 40).contains(first)
    else { return nil }
    self.init(after: first, areSettled: newest != nil, areNumbered: earlier != nil)
    for (place, element) in elements.enumerated() {
      guard let fields = element.array, fields.count == 5, let key = fields[0].string,
        let first = fields[1].int, let last = fields[2].int, let type = fields[3].string
      else { return nil }
      var record = Record(first: first, last: last, type: type, subject: fields[4].string)
      if let lines {
        guard let line = Line(lines[place]) else { return nil }
        record.line = line
      }
      remember(key, record)
    }
  }
}

extension IdempotencyKeys.Line {
  fileprivate init?(_ json: JSON) {
    guard let fields = json.array, fields.count == 3, let segment = fields[0].int, segment > 0,
      let offset = fields[1].int, offset >= 0,
      let check = fields[2].string.flatMap({ UInt64($0, radix: 16) })
    else { return nil }
    self.init(segment: segment, offset: offset, check: check)
  }
}
