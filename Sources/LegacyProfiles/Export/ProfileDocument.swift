package import Discovery
package import JournalEngine

/// The file of a profile as the earlier programs read it: its fields, and what they kept among them
/// about its status and its sessions.
///
/// What came by an import stands as it was written, until something newer is in the journal. Of
/// what that program cannot do without, what is missing is put in.
package struct ProfileDocument {
  package private(set) var members: JSONObject

  private let status: ProfileStatus
  private let changes: ChangesSinceImport
  private let layout: LegacyLayout

  /// - Parameter changes: what is newer than the imported file; of a profile that was never imported, all.
  package init(_ status: ProfileStatus, changes: ChangesSinceImport, in layout: LegacyLayout) {
    self.status = status
    self.changes = changes
    self.layout = layout
    members = ["profile_id": .string(status.profile.text)]
    for (name, value) in status.state.fields where !name.isExactly("profile_id") {
      members[name] = value
    }
    addRequired()
    // The old file's members stand alone as long as nothing was recorded here.
    if changes.isAny {
      addStatus()
      addDiscovery()
    }
  }

  /// Whether there is anything that a file could say: a journal that holds imported sessions only
  /// came from a folder in which the profile had no file.
  package static func isNeeded(_ state: Profile) -> Bool {
    state.isDeclared || state.imports.isEmpty || !state.fields.isEmpty
  }

  /// Without these the program of the layout does not read the file.
  private mutating func addRequired() {
    let profile = JSON.string(status.profile.text)
    switch layout {
    case .flat:
      add("name", members["organization_name"] ?? profile)
      add("organization_type", "nonprofit")
      add("focus_areas", ["general"])
    case .folders:
      add("organization_name", members["name"] ?? profile)
    }
  }

  private mutating func addStatus() {
    let state = status.state
    set("status", .string(state.status.rawValue), if: changes.hasStatus)
    set("created_at", time(state.createdAt), if: false)
    set("updated_at", time(state.updatedAt), if: changes.hasUpdate)
  }

  private mutating func addDiscovery() {
    set("discovery_status", .string(status.discovery.rawValue), if: changes.hasTransition)
    let last = time(status.state.lastTransition?.time)
    set(layout.lastDiscovery, last, if: changes.hasTransition)
    // A file of the other layout has the other name for it.
    for other in LegacyLayout.allCases where members[other.lastDiscovery] != nil {
      set(other.lastDiscovery, last, if: changes.hasTransition)
    }
    addCount()
  }

  /// What the old file counted, and the sessions that were started here.
  private mutating func addCount() {
    let count = members["discovery_count"]?.int
    if changes.wasImported, let count {
      let (sum, overflow) = count.addingReportingOverflow(changes.started)
      members["discovery_count"] = .number(JSONNumber(overflow ? count : sum))
    } else if layout == .flat {
      members["discovery_count"] = .number(JSONNumber(status.state.sessionCount))
    }
  }

  private func time(_ time: Timestamp?) -> JSON {
    time.map { .string(layout.text($0)) } ?? .null
  }

  /// Puts a value in where there is none.
  private mutating func add(_ name: String, _ value: JSON) {
    if members[name] == nil { members[name] = value }
  }

  /// Puts a value in where there is none, or in place of the old one.
  private mutating func set(_ name: String, _ value: JSON, if isNewer: Bool) {
    if isNewer || members[name] == nil { members[name] = value }
  }
}
