// swift-tools-version: 6.2
import PackageDescription

/// Where the tree is guarded, warnings are errors; a newer compiler that warns of something new
/// still builds it for a user.
let isGuarded = Context.environment["CI"] != nil

/// What every target of ours is built with.
let features: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
]
let language = features + (isGuarded ? [.treatAllWarnings(as: .error)] : [])

/// Sources mark each unsafe use; tests do not, for `#expect` cannot.
let source: [SwiftSetting] = language + [.strictMemorySafety()]

let c: [CSetting] = isGuarded ? [.treatAllWarnings(as: .error)] : []

let package = Package(
  name: "daybook",
  products: [
    .library(name: "JournalEngine", targets: ["JournalEngine"]),
    .library(name: "Discovery", targets: ["Discovery"]),
    .library(name: "LegacyService", targets: ["LegacyService"]),
    .executable(name: "daybook", targets: ["daybook"]),
    .executable(name: "daybook-bench", targets: ["daybook-bench"]),
  ],
  targets: [
    .target(name: "CSHA256", cSettings: c),
    .target(name: "CQuotes", cSettings: c),
    .target(name: "CLinux", cSettings: c),
    .target(
      name: "JournalEngine", dependencies: ["CSHA256", "CQuotes", "CLinux"],
      swiftSettings: source),
    .target(name: "Discovery", dependencies: ["JournalEngine"], swiftSettings: source),
    .target(
      name: "LegacyProfiles", dependencies: ["Discovery", "JournalEngine"],
      swiftSettings: source),
    .target(
      name: "LegacyService", dependencies: ["Discovery", "JournalEngine", "LegacyProfiles"],
      swiftSettings: source),
    .target(
      name: "Command", dependencies: ["Discovery", "JournalEngine", "LegacyProfiles"],
      swiftSettings: source),
    .executableTarget(name: "daybook", dependencies: ["Command"], swiftSettings: source),
    .executableTarget(
      name: "daybook-bench",
      dependencies: ["CLinux", "CSHA256", "Command", "Discovery", "JournalEngine", "daybook"],
      path: "Sources/Benchmarks", swiftSettings: source),

    .target(
      name: "JournalTestSupport", dependencies: ["JournalEngine"],
      path: "Tests/JournalTestSupport", swiftSettings: language),
    .testTarget(
      name: "JournalEngineTests",
      dependencies: ["JournalEngine", "JournalTestSupport", "CSHA256", "CQuotes"],
      resources: [.copy("Golden"), .copy("Schemas")], swiftSettings: language),
    .testTarget(
      name: "DiscoveryTests", dependencies: ["Discovery", "JournalTestSupport"],
      resources: [.copy("Golden")], swiftSettings: language),
    .testTarget(
      name: "LegacyProfilesTests",
      dependencies: ["Discovery", "JournalEngine", "JournalTestSupport", "LegacyProfiles"],
      resources: [.copy("Samples")], swiftSettings: language),
    .testTarget(
      name: "LegacyServiceTests",
      dependencies: ["Discovery", "JournalEngine", "JournalTestSupport", "LegacyService"],
      swiftSettings: language),
    .testTarget(
      name: "CommandTests", dependencies: ["Command", "JournalTestSupport"],
      swiftSettings: language),
    .executableTarget(
      name: "torture-writer", dependencies: ["Discovery", "JournalEngine"],
      path: "Tests/TortureWriter", swiftSettings: language),
    .executableTarget(
      name: "fuzz", dependencies: ["JournalEngine", "JournalTestSupport"], path: "Tests/Fuzz",
      exclude: ["Corpus"], swiftSettings: language),
    .testTarget(
      name: "FuzzTests", dependencies: ["fuzz", "JournalTestSupport"], swiftSettings: language),
    .testTarget(
      name: "ProcessTests",
      dependencies: [
        "daybook", "daybook-bench", "torture-writer", "Discovery", "JournalEngine", "LegacyService",
      ],
      swiftSettings: language),
  ]
)
