import ArgumentParser
import Requests

/// Where pictures are put, by models that can move them.
struct PlacementOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How far to move pictures to the right and downwards, in their own sides; for stylegan3.",
            valueName: "x,y"
        )
    )
    var translate: String?

    @Option(
        parsing: .unconditional,
        help:
            "Degrees by which to turn pictures against the clock, before they are moved; for stylegan3."
    )
    var rotate: Double?

    func validate() throws {
        _ = try way()
        if let rotate, !Limits.rotation.contains(rotate) {
            throw ValidationError("--rotate expects -360 to 360, found \(rotate).")
        }
    }

    private func way() throws -> [Double]? {
        guard let translate else { return nil }
        let numbers = translate.split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0)
        }
        let way = numbers.compactMap { $0 }
        guard numbers.count == 2, way.count == 2, way.allSatisfy(Limits.translation.contains) else {
            throw ValidationError(
                "--translate expects two numbers from -1 to 1, such as 0.25,-0.1, found '\(translate)'."
            )
        }
        return way
    }

    /// Adds what is given to a request's changes.
    func add(to changes: inout SamplingChanges) {
        changes.translate = try? way()
        changes.rotate = rotate
    }
}
