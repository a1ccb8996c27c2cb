import JournalEngine

/// The file of an opportunity that a session found, where it has the form of the layout's program.
struct OpportunityDocument {
  let members: JSONObject
  /// The file's name.
  let name: String

  /// - Returns: nil where it has the form of the other layout, or of neither.
  init?(_ opportunity: JSON, of profile: JournalName, in layout: LegacyLayout) {
    guard let members = opportunity.object else { return nil }
    self.members = members
    let opportunityID = members["opportunity_id"]?.string
    switch layout {
    case .folders:
      guard let opportunityID else { return nil }
      name = DocumentName.file("opportunity_\(DocumentName.safe(Self.plain(opportunityID)))")
    case .flat:
      guard opportunityID == nil, let lead = members["lead_id"]?.string else { return nil }
      let stage = members["pipeline_stage"]?.string ?? "discovery"
      name = DocumentName.file("\(DocumentName.safe(lead))_\(profile)_\(DocumentName.safe(stage))")
    }
  }

  /// The folder that holds them.
  static func folder(in layout: LegacyLayout) -> String {
    switch layout {
    case .flat: "leads"
    case .folders: "opportunities"
    }
  }

  /// An id as the program of the folders layout has it in a file's name: without its prefixes.
  private static func plain(_ id: String) -> String {
    id.replacing("opp_", with: "").replacing("lead_", with: "")
  }
}
