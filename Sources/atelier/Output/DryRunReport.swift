import Training

/// What a dry run says to programs.
struct DryRunReport: Encodable {
    /// The data.
    let found: String
    /// Parameters, memory, hours.
    let cost: DryRun
}
