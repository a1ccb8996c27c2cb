import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("The files of opportunities")
struct OpportunityDocumentTests {
  private let journal: ExportedJournal

  init() throws {
    journal = try ExportedJournal()
    try journal.record(.created())
    try journal.record(.started("s1"))
  }

  private static let lead: JSON = [
    "lead_id": "lead_1", "profile_id": "acme", "pipeline_stage": "pre_scoring",
    "compatibility_score": 0.60,
  ]
  private static let opportunity: JSON = [
    "opportunity_id": "opp_lead_1", "profile_id": "acme", "current_stage": "discovery",
    "legacy_lead_id": "lead_1",
  ]

  private func find(_ opportunities: JSON...) throws {
    try journal.record(
      .sessionFound(session: "s1", track: "t", count: nil, opportunities: opportunities))
  }

  private func written(_ layout: LegacyLayout) throws -> [String: JSON] {
    try journal.export(in: layout, to: "/\(layout)")
    return try journal.documents(in: "/\(layout)").filter {
      $0.key.hasPrefix("leads/") || $0.key.contains("/opportunities/")
    }
  }

  @Test("Those of the layout's form have the name that its program gave them")
  func names() throws {
    try find(Self.lead, Self.opportunity)
    #expect(try written(.flat) == ["leads/lead_1_acme_pre_scoring.json": Self.lead])
    #expect(
      try written(.folders) == ["acme/opportunities/opportunity_1.json": Self.opportunity])
  }

  @Test("The others are counted")
  func others() throws {
    try find(Self.lead, Self.opportunity, ["title": "a grant"], "text")
    #expect(try journal.export(in: .flat, to: "/a").otherOpportunities == 3)
    #expect(try journal.export(in: .folders, to: "/b").otherOpportunities == 3)
  }

  @Test("What was found more than once stands as it was found last, up to the point asked for")
  func last() throws {
    var newer = try #require(Self.opportunity.object)
    newer["current_stage"] = "targets"
    try find(Self.opportunity)
    try find(.object(newer), Self.lead)
    let name = "acme/opportunities/opportunity_1.json"
    #expect(try written(.folders) == [name: .object(newer)])
    try journal.export(to: "/early", at: .seq(4))
    #expect(try journal.documents(in: "/early")[name] == Self.opportunity)
  }

  @Test("An id leads nowhere else")
  func safe() throws {
    try find(["opportunity_id": "../../x"], ["lead_id": "a/b", "pipeline_stage": "../c"])
    #expect(
      try Array(written(.folders).keys) == ["acme/opportunities/opportunity_%2E.%2F..%2Fx.json"])
    #expect(try Array(written(.flat).keys) == ["leads/a%2Fb_acme_%2E.%2Fc.json"])
  }
}
